using CsCheck;
using HybridCalendar.Domain.Time;
using NodaTime;
using static HybridCalendar.Domain.Time.RecurrencePattern;

namespace HybridCalendar.Specs.Time;

/// <summary>
/// How: random series are compared with a walk over every day, which asks of each whether it is one.
/// </summary>
public class SeriesProperties
{
    private const int WalkedDays = 366 * 30;

    [Fact]
    public void A_far_window_has_what_a_walk_over_every_day_finds_there() =>
        Gen.Select(SeriesGen.Any, Gen.Int[-50, WalkedDays - 60], Gen.Int[1, 40])
            .Sample((when, offset, days) =>
            {
                var zone = CalendarZones.Find(when.Zone)!;
                var from = when.Start + Duration.FromDays(offset);
                var to = from + Duration.FromDays(days);
                when.Occurrences(zone, from, to).ShouldBe(
                    Walk(when, zone).Where(o => o.End > from && o.OriginalStart < to));
            });

    [Fact]
    public void A_window_is_what_overlaps_it_of_a_larger_one() =>
        Gen.Select(SeriesGen.Any, Gen.Int[0, 3000], Gen.Int[1, 300], Gen.Int[0, 300])
            .Sample((when, offset, days, more) =>
            {
                var zone = CalendarZones.Find(when.Zone)!;
                var from = when.Start + Duration.FromDays(offset);
                var to = from + Duration.FromDays(days);
                var larger = when.Occurrences(
                    zone, from - Duration.FromDays(more), to + Duration.FromDays(more));
                when.Occurrences(zone, from, to)
                    .ShouldBe(larger.Where(o => o.End > from && o.OriginalStart < to));
            });

    [Fact]
    public void Bounds_are_those_of_the_first_and_the_last_occurrence() =>
        SeriesGen.Any.Where(when => when.Recurrence is { End: not null } or { Count: < 100 }).Sample(when =>
        {
            var zone = CalendarZones.Find(when.Zone)!;
            var all = when.Occurrences(zone, Instant.MinValue, Instant.MaxValue).ToList();
            var expected = all.Count == 0 ? (when.Start, when.End) : (all[0].OriginalStart, all[^1].End);
            when.Bounds(zone).ShouldBe((expected.Item1, (Instant?)expected.Item2));
        });

    [Fact]
    public void A_day_of_the_year_can_be_spelled_as_one_of_every_twelfth_month() =>
        Gen.Select(
            SeriesGen.Any,
            Gen.Int[1, 31],
            Gen.Int[1, 12],
            Gen.Enum<DayOfWeekIndex>(),
            Gen.Enum<DayOfWeekToken>()).Sample((when, day, month, index, token) =>
            {
                var start = new LocalDate(when.Recurrence!.Start.Year, month, 1);
                var series = when.Recurrence with { Start = start, End = null };
                var zone = CalendarZones.Find(when.Zone)!;
                IEnumerable<Occurrence> Of(RecurrencePattern pattern) =>
                    (when with { Recurrence = series with { Pattern = pattern } })
                    .Occurrences(zone, Instant.MinValue, Instant.MaxValue).Take(20);
                Of(new AbsoluteMonthly(12, day)).ShouldBe(Of(new AbsoluteYearly(day, month)));
                Of(new RelativeMonthly(12, index, token))
                    .ShouldBe(Of(new RelativeYearly(index, token, month)));
            });

    private static IEnumerable<Occurrence> Walk(When when, DateTimeZone zone)
    {
        var series = when.Recurrence!;
        var local = when.Start.InZone(zone).LocalDateTime;
        var length = Period.Between(local, when.End.InZone(zone).LocalDateTime, PeriodUnits.Minutes);
        var elapsed = Period.FromMinutes((long)(when.End - when.Start).TotalMinutes);
        var isOnTheWall = length.Minutes > 0;
        return Enumerable.Range(0, WalkedDays)
            .Select(offset => series.Start.PlusDays(offset))
            .Where(day => IsOne(series.Pattern, series.Start, day))
            .TakeWhile(day => series.End is null || day <= series.End)
            .Take(series.Count ?? int.MaxValue)
            .Select(day =>
            {
                var start = (day + local.TimeOfDay).InZoneLeniently(zone).ToInstant();
                var planned = isOnTheWall ? length : elapsed;
                var end = (day + local.TimeOfDay + planned).InZoneLeniently(zone).ToInstant();
                return new Occurrence(
                    start, end > start ? end : start + Duration.FromMinutes(planned.Minutes));
            });
    }

    private static bool IsOne(RecurrencePattern pattern, LocalDate start, LocalDate day) => pattern switch
    {
        Daily p => Period.DaysBetween(start, day) % p.Interval == 0,
        Weekly p => p.Days.Contains(day.DayOfWeek)
            && Period.DaysBetween(Week(start, p), Week(day, p)) / 7 % p.Interval == 0,
        AbsoluteMonthly p => Months(start, day) % p.Interval == 0 && IsDay(day, p.DayOfMonth),
        RelativeMonthly p => Months(start, day) % p.Interval == 0 && IsCounted(day, p.Index, p.Day),
        AbsoluteYearly p => day.Month == p.Month && IsDay(day, p.DayOfMonth),
        RelativeYearly p => day.Month == p.Month && IsCounted(day, p.Index, p.Day),
        _ => throw new InvalidOperationException(),
    };

    private static LocalDate Week(LocalDate day, Weekly pattern)
    {
        while (day.DayOfWeek != pattern.FirstDayOfWeek)
        {
            day = day.PlusDays(-1);
        }

        return day;
    }

    private static int Months(LocalDate start, LocalDate day) =>
        ((day.Year - start.Year) * 12) + day.Month - start.Month;

    private static bool IsDay(LocalDate day, int dayOfMonth) =>
        day.Day == dayOfMonth || (day.Day < dayOfMonth && day.PlusDays(1).Day == 1);

    private static bool IsCounted(LocalDate day, DayOfWeekIndex index, DayOfWeekToken token)
    {
        var counted = Enumerable.Range(1, CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month))
            .Select(d => new LocalDate(day.Year, day.Month, d))
            .Where(d => token switch
            {
                DayOfWeekToken.Day => true,
                DayOfWeekToken.Weekday => d.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday),
                DayOfWeekToken.WeekendDay => d.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday,
                _ => d.DayOfWeek.ToString() == token.ToString(),
            })
            .ToList();
        return day == (index == DayOfWeekIndex.Last ? counted[^1] : counted[(int)index - 1]);
    }
}
