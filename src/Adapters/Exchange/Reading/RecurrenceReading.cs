using HybridCalendar.Domain;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Understands how a series repeats.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/recurrence-recurrencetype"/>
internal static class RecurrenceReading
{
    private const int MostDays = 999;
    private const int MostWeeksOrMonths = 99;
    private const int MostOccurrences = 999;

    internal static readonly Dictionary<string, DayOfWeekToken> Tokens =
        Enum.GetValues<DayOfWeekToken>().ToDictionary(token => token.ToString(), StringComparer.Ordinal);

    private static readonly Dictionary<string, DayOfWeekIndex> Indexes =
        Enum.GetValues<DayOfWeekIndex>().ToDictionary(index => index.ToString(), StringComparer.Ordinal);

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ];

    internal static Understood<Recurrence> Read(RawRecurrence raw) => Pattern(raw) switch
    {
        Understood<RecurrencePattern>.Value pattern => Range(raw, pattern.Content),
        Understood<RecurrencePattern>.Wrong wrong => Wrong(wrong.Problem),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // When the first day of the week is not given it is Sunday, as for Outlook; it matters only above an
    // interval of one.
    private static Understood<RecurrencePattern> Pattern(RawRecurrence raw) =>
        raw.Names.FirstOrDefault(IsPattern) switch
        {
            "DailyRecurrence" => Number(raw, "Interval", MostDays) is { } days
                ? new RecurrencePattern.Daily(days) : Unclear("Interval"),
            "WeeklyRecurrence" => Weekly(raw),
            "AbsoluteMonthlyRecurrence" => Number(raw, "Interval", MostWeeksOrMonths) is not { } months
                ? Unclear("Interval")
                : DayOfMonth(raw) is { } day ? new RecurrencePattern.AbsoluteMonthly(months, day)
                : Unclear("DayOfMonth"),
            "RelativeMonthlyRecurrence" => Number(raw, "Interval", MostWeeksOrMonths) is not { } months
                ? Unclear("Interval")
                : Relative(raw) is var (index, day)
                    ? new RecurrencePattern.RelativeMonthly(months, index, day)
                : Unclear("DaysOfWeek or DayOfWeekIndex"),
            "AbsoluteYearlyRecurrence" => Month(raw) is not { } month ? Unclear("Month")
                : DayOfMonth(raw) is { } day ? new RecurrencePattern.AbsoluteYearly(day, month)
                : Unclear("DayOfMonth"),
            "RelativeYearlyRecurrence" => Month(raw) is not { } month ? Unclear("Month")
                : Relative(raw) is var (index, day) ? new RecurrencePattern.RelativeYearly(index, day, month)
                : Unclear("DaysOfWeek or DayOfWeekIndex"),
            null => new Understood<RecurrencePattern>.Wrong("Recurrence: no pattern"),
            _ => new Understood<RecurrencePattern>.Wrong("Recurrence: a pattern that is not known"),
        };

    private static Understood<RecurrencePattern> Weekly(RawRecurrence raw)
    {
        var days = new SortedSet<IsoDayOfWeek>();
        foreach (var name in raw.Of("DaysOfWeek").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Tokens.TryGetValue(name, out var token))
            {
                return Unclear("DaysOfWeek");
            }

            days.UnionWith(DaysOf(token));
        }

        return days.Count == 0 ? Unclear("DaysOfWeek")
            : Number(raw, "Interval", MostWeeksOrMonths) is not { } weeks ? Unclear("Interval")
            : FirstDayOfWeek(raw) is not { } first ? Unclear("FirstDayOfWeek")
            : new RecurrencePattern.Weekly(weeks, new ValueList<IsoDayOfWeek>(days), first);
    }

    private static IEnumerable<IsoDayOfWeek> DaysOf(DayOfWeekToken token) => token switch
    {
        DayOfWeekToken.Day => Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day),
        DayOfWeekToken.Weekday => Enumerable.Range(1, 5).Select(day => (IsoDayOfWeek)day),
        DayOfWeekToken.WeekendDay => [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday],
        _ => [(IsoDayOfWeek)token],
    };

    private static IsoDayOfWeek? FirstDayOfWeek(RawRecurrence raw) => raw.Of("FirstDayOfWeek") switch
    {
        "" => IsoDayOfWeek.Sunday,
        var name when Tokens.TryGetValue(name, out var token) && token <= DayOfWeekToken.Sunday =>
            (IsoDayOfWeek)token,
        _ => null,
    };

    private static (DayOfWeekIndex Index, DayOfWeekToken Day)? Relative(RawRecurrence raw) =>
        Tokens.TryGetValue(raw.Of("DaysOfWeek"), out var day)
        && Indexes.TryGetValue(raw.Of("DayOfWeekIndex"), out var index)
            ? (index, day)
            : null;

    private static int? Month(RawRecurrence raw) =>
        Array.IndexOf(Months, raw.Of("Month")) is var index and >= 0 ? index + 1 : null;

    private static int? DayOfMonth(RawRecurrence raw) => Number(raw, "DayOfMonth", 31);

    private static int? Number(RawRecurrence raw, string name, int most) =>
        RawValues.Number(raw.Of(name), 1, most);

    private static Understood<Recurrence> Range(RawRecurrence raw, RecurrencePattern pattern)
    {
        if (RawValues.Date(raw.Of("StartDate")) is not { } start || !SpanLimits.Holds(start))
        {
            return Wrong("Recurrence: StartDate is missing or unreadable");
        }

        switch (raw.Names.FirstOrDefault(IsRange))
        {
            case "NoEndRecurrence":
                return new Recurrence(pattern, start);
            case "EndDateRecurrence":
                return RawValues.Date(raw.Of("EndDate")) is { } end
                    ? new Recurrence(pattern, start, End: end)
                    : Wrong("Recurrence: EndDate is missing or unreadable");
            case "NumberedRecurrence":
                return RawValues.Number(raw.Of("NumberOfOccurrences"), 1, MostOccurrences) is { } count
                    ? new Recurrence(pattern, start, Count: count)
                    : Wrong("Recurrence: NumberOfOccurrences is missing or out of bounds");
            default:
                return Wrong("Recurrence: no range");
        }
    }

    private static bool IsPattern(string name) =>
        name.EndsWith("Recurrence", StringComparison.Ordinal) && !IsRange(name);

    private static bool IsRange(string name) =>
        name is "NoEndRecurrence" or "EndDateRecurrence" or "NumberedRecurrence";

    private static Understood<Recurrence> Wrong(string problem) => new Understood<Recurrence>.Wrong(problem);

    private static Understood<RecurrencePattern> Unclear(string element) =>
        new Understood<RecurrencePattern>.Wrong($"Recurrence: {element} is missing or out of bounds");
}
