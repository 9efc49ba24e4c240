using HybridCalendar.Domain.Time;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.Extensions;
using static HybridCalendar.Domain.Time.RecurrencePattern;
using Rule = Ical.Net.DataTypes.RecurrencePattern;

namespace HybridCalendar.Specs.Time;

/// <summary>A series as Ical.Net has it: Exchange's semantics written as a rule of RFC 5545.</summary>
internal static class ICalendarSeries
{
    /// <summary>The last day that every month has: later ones are skipped by iCalendar.</summary>
    private const int DaysOfShortestMonth = 28;

    private static readonly DayOfWeek[] Workdays =
    [
        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday,
    ];

    /// <summary>The event whose occurrences start when those of the series do.</summary>
    public static CalendarEvent EventOf(When when, DateTimeZone zone) => EventOf(
        when, zone, RuleOf(when.Recurrence!.Pattern));

    /// <summary>The same with a rule of one's own; the range is that of the series.</summary>
    public static CalendarEvent EventOf(When when, DateTimeZone zone, Rule rule)
    {
        var series = when.Recurrence!;
        rule.Count = series.Count;
        rule.Until = series.End is { } last
            ? new CalDateTime((last + LocalTime.MaxValue).InZoneLeniently(zone).ToDateTimeUtc(), "UTC")
            : null;
        return new CalendarEvent
        {
            DtStart = Local(when.Start, zone),
            DtEnd = Local(when.End, zone),
            RecurrenceRule = rule,
        };
    }

    /// <summary>The starts from an instant on, in order.</summary>
    public static IEnumerable<Instant> Starts(this CalendarEvent series, Instant from, DateTimeZone zone) =>
        series.GetOccurrences(Local(from, zone))
            .Select(occurrence => Instant.FromDateTimeUtc(occurrence.Period.StartTime.AsUtc));

    private static Rule RuleOf(Domain.Time.RecurrencePattern pattern) => pattern switch
    {
        Daily p => new Rule(FrequencyType.Daily, p.Interval),
        Weekly p => new Rule(FrequencyType.Weekly, p.Interval)
        {
            ByDay = [.. p.Days.Distinct().Select(day => new WeekDay(day.ToDayOfWeek()))],
            FirstDayOfWeek = p.FirstDayOfWeek.ToDayOfWeek(),
        },
        AbsoluteMonthly p => OnDay(new Rule(FrequencyType.Monthly, p.Interval), p.DayOfMonth),
        AbsoluteYearly p => OnDay(new Rule(FrequencyType.Yearly, 1) { ByMonth = [p.Month] }, p.DayOfMonth),
        RelativeMonthly p => OnCounted(new Rule(FrequencyType.Monthly, p.Interval), p.Index, p.Day),
        RelativeYearly p =>
            OnCounted(new Rule(FrequencyType.Yearly, 1) { ByMonth = [p.Month] }, p.Index, p.Day),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // The last of the days from the 28th to the wanted one that the month has.
    private static Rule OnDay(Rule rule, int day)
    {
        rule.ByMonthDay = [.. Enumerable.Range(
            Math.Min(day, DaysOfShortestMonth), Math.Max(1, day - DaysOfShortestMonth + 1))];
        rule.BySetPosition = day > DaysOfShortestMonth ? [-1] : [];
        return rule;
    }

    private static Rule OnCounted(Rule rule, DayOfWeekIndex index, DayOfWeekToken token)
    {
        IEnumerable<DayOfWeek> days = token switch
        {
            DayOfWeekToken.Day => Enum.GetValues<DayOfWeek>(),
            DayOfWeekToken.Weekday => Workdays,
            DayOfWeekToken.WeekendDay => Enum.GetValues<DayOfWeek>().Except(Workdays),
            _ => [((IsoDayOfWeek)token).ToDayOfWeek()],
        };
        rule.ByDay = [.. days.Select(day => new WeekDay(day))];
        rule.BySetPosition = [index == DayOfWeekIndex.Last ? -1 : (int)index];
        return rule;
    }

    private static CalDateTime Local(Instant instant, DateTimeZone zone) =>
        zone.Id == "UTC"
            ? new CalDateTime(instant.ToDateTimeUtc(), "UTC")
            : new CalDateTime(instant.InZone(zone).LocalDateTime.ToDateTimeUnspecified(), zone.Id);
}
