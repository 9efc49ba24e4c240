using HybridCalendar.Domain.Time;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using static HybridCalendar.Domain.Time.RecurrencePattern;
using Duration = NodaTime.Duration;
using Rule = Ical.Net.DataTypes.RecurrencePattern;

namespace HybridCalendar.Specs.Time;

/// <summary>
/// Where Exchange and iCalendar, as Ical.Net has it, mean different things by the same words.
/// </summary>
public class ICalendarDisagreementSpecs
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public void Day_31_is_the_last_day_of_a_month_and_iCalendar_skips_months_without_it()
    {
        var series = Series(new(2025, 1, 31), new AbsoluteMonthly(1, 31));
        Ours(series, 4).ShouldBe([new(2025, 1, 31), new(2025, 2, 28), new(2025, 3, 31), new(2025, 4, 30)]);
        Theirs(series, new Rule(FrequencyType.Monthly, 1) { ByMonthDay = [31] }, 3)
            .ShouldBe([new(2025, 1, 31), new(2025, 3, 31), new(2025, 5, 31)]);
    }

    [Fact]
    public void Leap_day_is_28_February_in_other_years_and_iCalendar_skips_them()
    {
        var series = Series(new(2024, 2, 29), new AbsoluteYearly(29, 2));
        Ours(series, 3).ShouldBe([new(2024, 2, 29), new(2025, 2, 28), new(2026, 2, 28)]);
        Theirs(series, new Rule(FrequencyType.Yearly, 1) { ByMonth = [2], ByMonthDay = [29] }, 2)
            .ShouldBe([new(2024, 2, 29), new(2028, 2, 29)]);
    }

    [Fact]
    public void A_week_begins_on_Sunday_where_nothing_is_said_and_in_iCalendar_on_Monday()
    {
        var days = new[] { IsoDayOfWeek.Tuesday, IsoDayOfWeek.Sunday };
        var series = Series(new(1997, 8, 5), new Weekly(2, [.. days], IsoDayOfWeek.Sunday));
        var rule = new Rule(FrequencyType.Weekly, 2)
        {
            ByDay = [new WeekDay(DayOfWeek.Tuesday), new WeekDay(DayOfWeek.Sunday)],
        };
        Ours(series, 3).ShouldBe([new(1997, 8, 5), new(1997, 8, 17), new(1997, 8, 19)]);
        Theirs(series, rule, 3).ShouldBe([new(1997, 8, 5), new(1997, 8, 10), new(1997, 8, 19)]);
    }

    [Fact]
    public void An_occurrence_is_as_long_on_the_clock_and_in_iCalendar_in_time_that_passes()
    {
        var nightly = Series(new(2025, 10, 24), new Daily(1), new LocalTime(22, 0), Duration.FromHours(10));
        var ours = nightly.Occurrences(Berlin, At(2025, 10, 25, 12), At(2025, 10, 26, 12)).Single();
        var theirs = Event(nightly, new Rule(FrequencyType.Daily, 1)).GetOccurrences().ElementAt(1).Period;

        (ours.End - ours.OriginalStart).ShouldBe(Duration.FromHours(11));
        Instant.FromDateTimeUtc(theirs.StartTime.AsUtc).ShouldBe(ours.OriginalStart);
        Instant.FromDateTimeUtc(theirs.EffectiveEndTime!.AsUtc).ShouldBe(ours.End - Duration.FromHours(1));
    }

    [Fact]
    public void A_series_without_end_ends_with_Exchanges_calendar_and_in_iCalendar_goes_on()
    {
        var series = Series(new(4499, 8, 31), new AbsoluteYearly(31, 8));
        Ours(series, 9).ShouldBe([new(4499, 8, 31), new(4500, 8, 31)]);
        Theirs(series, new Rule(FrequencyType.Yearly, 1), 3).ShouldBe(
            [new(4499, 8, 31), new(4500, 8, 31), new(4501, 8, 31)]);
    }

    [Fact]
    public void A_last_day_soon_after_the_last_occurrence_includes_it_and_Ical_Net_loses_it()
    {
        var pattern = new RelativeYearly(DayOfWeekIndex.First, DayOfWeekToken.Friday, 2);
        var endless = Series(new(2026, 1, 19), pattern);
        var series = endless with
        {
            Recurrence = endless.Recurrence! with { End = new LocalDate(2028, 2, 7) },
        };
        var rule = new Rule(FrequencyType.Yearly, 1)
        {
            ByMonth = [2], ByDay = [new WeekDay(DayOfWeek.Friday)], BySetPosition = [1],
        };
        Ours(series, 9).ShouldBe([new(2026, 2, 6), new(2027, 2, 5), new(2028, 2, 4)]);
        Theirs(series, rule, 9).ShouldBe([new(2026, 2, 6), new(2027, 2, 5)]);
    }

    private static LocalDate[] Ours(When series, int count) =>
    [
        .. series.Occurrences(Berlin, Instant.MinValue, Instant.MaxValue)
            .Take(count)
            .Select(o => o.OriginalStart.InZone(Berlin).Date),
    ];

    private static LocalDate[] Theirs(When series, Rule rule, int count) =>
    [
        .. Event(series, rule).Starts(series.Start, Berlin).Take(count).Select(s => s.InZone(Berlin).Date),
    ];

    private static CalendarEvent Event(When series, Rule rule) =>
        ICalendarSeries.EventOf(series, Berlin, rule);

    /// <summary>At nine in Berlin, for an hour, unless said otherwise.</summary>
    private static When Series(
        LocalDate start,
        Domain.Time.RecurrencePattern pattern,
        LocalTime? at = null,
        Duration? length = null)
    {
        var first = (start + (at ?? new LocalTime(9, 0))).InZoneLeniently(Berlin).ToInstant();
        return new When
        {
            Start = first,
            End = first + (length ?? Duration.FromHours(1)),
            Zone = Berlin.Id,
            Recurrence = new Recurrence(pattern, start),
        };
    }

    private static Instant At(int year, int month, int day, int hour) =>
        Instant.FromUtc(year, month, day, hour, 0);
}
