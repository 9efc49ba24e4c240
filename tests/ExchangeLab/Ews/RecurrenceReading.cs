using System.Globalization;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>Reads the Recurrence element that a client writes.</summary>
internal static class RecurrenceReading
{
    private const string Suffix = "Recurrence";
    private const int DateChars = 10;

    public static Recurrence Read(XElement recurrence)
    {
        if (recurrence.Elements().ToList() is not [var pattern, var range]
            || !Enum.TryParse<RecurrencePattern>(KindOf(pattern), out var kind))
        {
            throw Invalid();
        }

        var start = Date(range.Need("StartDate"));
        return new Recurrence
        {
            Pattern = kind,
            Interval = Number(pattern, "Interval", 1),
            DaysOfWeek = [.. Words(pattern.Child("DaysOfWeek")).Select(day =>
                XmlReading.Word<DayToken>(day, "DaysOfWeek"))],
            FirstDayOfWeek = pattern.Child("FirstDayOfWeek") is { } first
                ? XmlReading.Word<IsoDayOfWeek>(first.Value, "FirstDayOfWeek")
                : IsoDayOfWeek.Sunday,
            DayOfMonth = Number(pattern, "DayOfMonth", start.Day),
            Index = pattern.Child("DayOfWeekIndex") is { } index
                ? XmlReading.Word<DayIndex>(index.Value, "DayOfWeekIndex")
                : DayIndex.First,
            Month = pattern.Child("Month") is { } month ? MonthOf(month.Value.Trim()) : start.Month,
            StartDate = start,
            EndDate = KindOf(range) == "EndDate" ? Date(range.Need("EndDate")) : null,
            Count = KindOf(range) == "Numbered"
                ? Number(range.Need("NumberOfOccurrences"))
                : null,
        };
    }

    private static string KindOf(XElement part) =>
        part.Name.LocalName.Replace(Suffix, "", StringComparison.Ordinal);

    private static string[] Words(XElement? list) =>
        list?.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static int Number(XElement pattern, string name, int otherwise) =>
        pattern.Child(name) is { } element ? Number(element) : otherwise;

    private static int Number(XElement element) =>
        int.TryParse(element.Value, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid();

    private static int MonthOf(string name)
    {
        var month = Array.IndexOf(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames, name) + 1;
        return month > 0 ? month : throw EwsFault.SchemaViolation(
            $"The 'Month' element is invalid: '{name}'.");
    }

    /// <summary>A date with or without an offset, which means nothing: it is the series' own.</summary>
    private static LocalDate Date(XElement element)
    {
        var text = element.Value.Trim();
        var date = LocalDatePattern.Iso.Parse(text[..Math.Min(DateChars, text.Length)]);
        return date.Success ? date.Value : throw EwsFault.SchemaViolation(
            $"The '{element.Name.LocalName}' element is invalid: '{text}'.");
    }

    private static EwsError Invalid() =>
        new("ErrorCalendarInvalidRecurrence", "The recurrence pattern is invalid.");
}
