using System.Globalization;
using System.Xml;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Turns the spellings of XML Schema into values; null for what is none.</summary>
internal static class RawValues
{
    private const int DateChars = 10;

    /// <summary>xs:dateTime with or without an offset; without one it is UTC.</summary>
    internal static Instant? Time(string? text) => Time(text, DateTimeZone.Utc);

    /// <summary>
    /// xs:dateTime with or without an offset; without one it is the time of that zone: as much later as
    /// clocks skip, and the earlier one of what they show twice.
    /// </summary>
    internal static Instant? Time(string? text, DateTimeZone zone) =>
        text is null ? null
        : OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } given
            ? Safe(given.Value.LocalDateTime) is { } ? given.Value.ToInstant() : null
        : LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true } local
            ? Safe(local.Value)?.InZoneLeniently(zone).ToInstant()
        : null;

    /// <summary>xs:duration; a year counts as 365 days and a month as 30.</summary>
    internal static Duration? Duration(string text)
    {
        try
        {
            return NodaTime.Duration.FromTimeSpan(XmlConvert.ToTimeSpan(text));
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            return null;
        }
    }

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
    private static LocalDateTime? Safe(LocalDateTime time) => time.Year is > -9998 and < 9999 ? time : null;
}
