using HybridCalendar.Domain.Time;
using NodaTime;
using static HybridCalendar.Domain.Time.RecurrencePattern;

namespace HybridCalendar.Specs.Time;

public class SeriesSpecs
{
    private static readonly DateTimeZone Berlin = CalendarZones.Find("W. Europe Standard Time")!;

    [Fact]
    public void Day_31_is_the_last_day_of_every_month()
    {
        var starts = Days(Series(new(2025, 1, 31), new AbsoluteMonthly(1, 31)), count: 4);
        starts.ShouldBe([new(2025, 1, 31), new(2025, 2, 28), new(2025, 3, 31), new(2025, 4, 30)]);
    }

    [Fact]
    public void Leap_day_is_28_February_in_other_years()
    {
        var starts = Days(Series(new(2024, 2, 29), new AbsoluteYearly(29, 2)), count: 5);
        starts.Select(d => d.Day).ShouldBe([29, 28, 28, 28, 29]);
    }

    [Theory]
    [InlineData(DayOfWeekIndex.Last, DayOfWeekToken.Weekday, 29)]
    [InlineData(DayOfWeekIndex.Last, DayOfWeekToken.WeekendDay, 31)]
    [InlineData(DayOfWeekIndex.Last, DayOfWeekToken.Day, 31)]
    [InlineData(DayOfWeekIndex.Last, DayOfWeekToken.Monday, 25)]
    [InlineData(DayOfWeekIndex.First, DayOfWeekToken.Weekday, 1)]
    [InlineData(DayOfWeekIndex.Second, DayOfWeekToken.WeekendDay, 3)]
    [InlineData(DayOfWeekIndex.Third, DayOfWeekToken.Day, 3)]
    [InlineData(DayOfWeekIndex.Fourth, DayOfWeekToken.Friday, 22)]
    public void A_relative_day_of_March_2024_is(DayOfWeekIndex index, DayOfWeekToken token, int day)
    {
        var monthly = Series(new(2024, 3, 1), new RelativeMonthly(1, index, token));
        var yearly = Series(new(2024, 3, 1), new RelativeYearly(index, token, 3));
        Days(monthly, count: 1).ShouldBe([new(2024, 3, day)]);
        Days(yearly, count: 1).ShouldBe([new(2024, 3, day)]);
    }

    [Theory]
    [InlineData(IsoDayOfWeek.Monday, 5, 10, 19, 24)]
    [InlineData(IsoDayOfWeek.Sunday, 5, 17, 19, 31)]
    public void Every_second_week_depends_on_where_a_week_begins(IsoDayOfWeek firstDay, params int[] august)
    {
        var pattern = new Weekly(2, [IsoDayOfWeek.Tuesday, IsoDayOfWeek.Sunday], firstDay);
        Days(Series(new(1997, 8, 5), pattern), count: 4).Select(d => d.Day).ShouldBe(august);
    }

    [Fact]
    public void An_occurrence_keeps_its_local_time_when_clocks_change()
    {
        var starts = Series(new(2025, 3, 24), Workdays)
            .Occurrences(Berlin, Utc(2025, 3, 28), Utc(2025, 4, 1));
        starts.Select(o => o.OriginalStart).ShouldBe([Utc(2025, 3, 28, 8), Utc(2025, 3, 31, 7)]);
    }

    [Fact]
    public void A_start_that_clocks_skip_is_an_hour_later_and_never_after_its_end()
    {
        var nightly = Series(new(2025, 3, 29), new Daily(1), new LocalTime(2, 15), Duration.FromMinutes(30));
        var onTheDay = nightly.Occurrences(Berlin, Utc(2025, 3, 30), Utc(2025, 3, 31)).First();
        onTheDay.OriginalStart.ShouldBe(Utc(2025, 3, 30, 1, 15));
        onTheDay.End.ShouldBe(Utc(2025, 3, 30, 1, 45));

        var pastTheGap = Series(
            new(2025, 3, 29), new Daily(1), new LocalTime(2, 30), Duration.FromMinutes(45));
        var swapped = pastTheGap.Occurrences(Berlin, Utc(2025, 3, 30), Utc(2025, 3, 31)).First();
        (swapped.End - swapped.OriginalStart).ShouldBe(Duration.FromMinutes(45));
    }

    [Fact]
    public void A_start_that_clocks_show_twice_is_the_earlier()
    {
        var nightly = Series(new(2025, 10, 25), new Daily(1), new LocalTime(2, 30), Duration.FromHours(2));
        var onTheDay = nightly.Occurrences(Berlin, Utc(2025, 10, 25, 12), Utc(2025, 10, 26, 12)).Single();
        onTheDay.ShouldBe(new Occurrence(Utc(2025, 10, 26, 0, 30), Utc(2025, 10, 26, 3, 30)));
    }

    [Fact]
    public void A_whole_day_is_23_or_25_hours_long_when_clocks_change()
    {
        var daily = Series(new(2025, 3, 1), new Daily(1), LocalTime.Midnight, Duration.FromDays(1));
        Length(daily, new(2025, 3, 30)).ShouldBe(Duration.FromHours(23));
        Length(daily, new(2025, 10, 26)).ShouldBe(Duration.FromHours(25));
        Length(daily, new(2025, 6, 1)).ShouldBe(Duration.FromHours(24));
    }

    [Fact]
    public void A_whole_day_whose_midnight_clocks_skip_begins_with_its_first_hour_that_there_is()
    {
        var beirut = DateTimeZoneProviders.Tzdb["Asia/Beirut"];
        var first = new LocalDate(2025, 3, 28).AtStartOfDayInZone(beirut).ToInstant();
        var daily = new When
        {
            Start = first,
            End = first + Duration.FromDays(1),
            Zone = beirut.Id,
            AllDay = true,
            Recurrence = new Recurrence(new Daily(1), new LocalDate(2025, 3, 28), Count: 3),
        };
        daily.Occurrences(beirut, Instant.MinValue, Instant.MaxValue).ShouldBe(
        [
            new Occurrence(Utc(2025, 3, 27, 22), Utc(2025, 3, 28, 22)),
            new Occurrence(Utc(2025, 3, 28, 22), Utc(2025, 3, 29, 22)),
            new Occurrence(Utc(2025, 3, 29, 22), Utc(2025, 3, 30, 21)),
        ]);
    }

    [Fact]
    public void A_window_has_what_overlaps_it_and_not_what_touches_it()
    {
        var daily = Series(new(2025, 6, 2), new Daily(1));
        daily.Occurrences(Berlin, Utc(2025, 6, 3, 8), Utc(2025, 6, 4, 7)).ShouldBeEmpty();
        daily.Occurrences(Berlin, Utc(2025, 6, 3, 7, 59), Utc(2025, 6, 4, 7, 1)).Count().ShouldBe(2);
    }

    [Fact]
    public void A_count_is_exhausted_in_a_far_window_too()
    {
        var series = Series(new(2000, 1, 3), Workdays);
        var counted = series with { Recurrence = series.Recurrence! with { Count = 999 } };
        var (start, end) = counted.Bounds(Berlin);
        start.ShouldBe(Utc(2000, 1, 3, 8));
        end.ShouldBe(Utc(2003, 10, 30, 9));
        counted.Occurrences(Berlin, Utc(2003, 10, 29), Utc(2099, 1, 1)).Count().ShouldBe(2);
        counted.Occurrences(Berlin, Utc(2020, 1, 1), Utc(2099, 1, 1)).ShouldBeEmpty();
    }

    [Fact]
    public void The_last_day_of_a_range_belongs_to_it()
    {
        var series = Series(new(2025, 6, 2), new Daily(1));
        var ended = series with { Recurrence = series.Recurrence! with { End = new LocalDate(2025, 6, 4) } };
        Days(ended, count: 9).Length.ShouldBe(3);
        ended.Bounds(Berlin).End.ShouldBe(Utc(2025, 6, 4, 8));
    }

    [Fact]
    public void A_series_without_end_has_none_but_is_not_enumerated_for_ever()
    {
        var series = Series(new(2025, 6, 2), new AbsoluteYearly(2, 6));
        series.Bounds(Berlin).End.ShouldBeNull();
        series.Occurrences(Berlin, Instant.MinValue, Instant.MaxValue).Count().ShouldBe(4500 - 2025 + 1);
        series.Occurrences(Berlin, Utc(4501, 1, 1), Instant.MaxValue).ShouldBeEmpty();
    }

    [Fact]
    public void A_range_that_holds_no_day_of_its_pattern_has_no_occurrence_and_the_bounds_of_its_span()
    {
        var series = Series(new(2025, 6, 3), new AbsoluteMonthly(1, 2));
        var empty = series with { Recurrence = series.Recurrence! with { End = new LocalDate(2025, 6, 30) } };
        empty.Occurrences(Berlin, Instant.MinValue, Instant.MaxValue).ShouldBeEmpty();
        empty.Bounds(Berlin).ShouldBe((empty.Start, (Instant?)empty.End));
    }

    [Fact]
    public void A_single_meeting_is_its_span()
    {
        var single = Series(new(2025, 6, 2), new Daily(1)) with { Recurrence = null };
        single.Occurrences(Berlin, Utc(2025, 6, 2), Utc(2025, 6, 3)).Single()
            .ShouldBe(new Occurrence(single.Start, single.End));
        single.Occurrences(Berlin, Utc(2025, 6, 3), Utc(2025, 6, 4)).ShouldBeEmpty();
    }

    private static Weekly Workdays => new(
        1,
        [
            IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday,
            IsoDayOfWeek.Friday,
        ],
        IsoDayOfWeek.Monday);

    /// <summary>At nine in Berlin, for an hour, unless said otherwise.</summary>
    private static When Series(
        LocalDate start, RecurrencePattern pattern, LocalTime? at = null, Duration? length = null)
    {
        var first = (start + (at ?? new LocalTime(9, 0))).InZoneLeniently(Berlin).ToInstant();
        return new When
        {
            Start = first,
            End = first + (length ?? Duration.FromHours(1)),
            Zone = "W. Europe Standard Time",
            Recurrence = new Recurrence(pattern, start),
        };
    }

    private static LocalDate[] Days(When when, int count) =>
    [
        .. when.Occurrences(Berlin, Instant.MinValue, Instant.MaxValue)
            .Take(count)
            .Select(o => o.OriginalStart.InZone(Berlin).Date),
    ];

    private static Duration Length(When when, LocalDate day)
    {
        var start = day.AtStartOfDayInZone(Berlin).ToInstant();
        var occurrence = when.Occurrences(Berlin, start, start + Duration.FromHours(1)).Single();
        return occurrence.End - occurrence.OriginalStart;
    }

    private static Instant Utc(int year, int month, int day, int hour = 0, int minute = 0) =>
        Instant.FromUtc(year, month, day, hour, minute);
}
