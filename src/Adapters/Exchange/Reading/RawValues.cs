using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Turns the spellings of XML Schema into values; null for what is none.</summary>
internal static class RawValues
{
    private const int DateChars = 10;

    /// <summary>xs:dateTime with or without a zone; without one it is UTC.</summary>
    internal static Instant? Time(string? text) =>
        text is null ? null
        : OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } given ? Safely(given.Value)
        : LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true } utc
            ? Safely(utc.Value.WithOffset(Offset.Zero))
        : null;

    /// <summary>
    /// xs:date; Exchange appends Z or an offset, which means nothing: the date is the series' own.
    /// </summary>
    internal static LocalDate? Date(string text) =>
        text.Length >= DateChars && LocalDatePattern.Iso.Parse(text[..DateChars]) is { Success: true } date
            ? date.Value
            : null;

    /// <summary>xs:boolean.</summary>
    internal static bool? Flag(string? text) => text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    internal static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : null;

    /// <summary>xs:base64Binary as upper-case hex.</summary>
    internal static string? Hex(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var length) && length > 0
            ? Convert.ToHexString(bytes, 0, length)
            : null;
    }

    // With its offset taken away, a time at the edge of the calendar may lie outside it.
    private static Instant? Safely(OffsetDateTime time) =>
        time.Year is > -9998 and < 9999 ? time.ToInstant() : null;
}
