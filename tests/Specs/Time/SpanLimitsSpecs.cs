using CsCheck;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Specs.Time;

/// <summary>
/// Whatever a calendar can hold, it can be expanded: a fold that threw would stop everybody's read model.
/// </summary>
public class SpanLimitsSpecs
{
    private const int MinutesOfCalendar = 1_500_000_000;
    private const int MinutesOfFiveYears = 5 * 366 * 24 * 60;
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Pacific/Apia", "UTC"];

    private static readonly Gen<RecurrencePattern> Patterns = Gen.OneOf<RecurrencePattern>(
        Gen.Int[1, 999].Select(RecurrencePattern (i) => new RecurrencePattern.Daily(i)),
        Gen.Select(Gen.Int[1, 99], Gen.Int[1, 7]).Select(RecurrencePattern (i, day) =>
            new RecurrencePattern.Weekly(i, [(IsoDayOfWeek)day], IsoDayOfWeek.Monday)),
        Gen.Select(Gen.Int[1, 99], Gen.Int[1, 31]).Select(RecurrencePattern (i, day) =>
            new RecurrencePattern.AbsoluteMonthly(i, day)),
        Gen.Int[1, 12].Select(RecurrencePattern (month) =>
            new RecurrencePattern.RelativeYearly(DayOfWeekIndex.Last, DayOfWeekToken.Weekday, month)));

    private static readonly Gen<When> Any = Gen.Select(
        Gen.Int[0, MinutesOfCalendar],
        Gen.Int[0, MinutesOfFiveYears],
        Gen.Int[0, Zones.Length - 1],
        Patterns,
        Gen.Int[1, 999],
        Gen.Bool)
        .Select((start, length, zone, pattern, count, counts) =>
        {
            var from = SpanLimits.Earliest + Duration.FromMinutes(start);
            var first = from.InZone(CalendarZones.Find(Zones[zone])!).Date;
            return new When
            {
                Start = from,
                End = from + Duration.FromMinutes(length),
                Zone = Zones[zone],
                Recurrence = new Recurrence(pattern, first, End: null, counts ? count : null),
            };
        })
        .Where(when => SpanLimits.Problem(when.Start, when.End) is null);

    [Fact]
    public void Every_series_that_a_calendar_can_hold_can_be_expanded_anywhere() =>
        Gen.Select(Any, Gen.Int[0, MinutesOfCalendar]).Sample((when, minute) =>
        {
            var zone = CalendarZones.Find(when.Zone)!;
            var (start, end) = when.Bounds(zone);
            (end is null || end >= start).ShouldBeTrue();
            var from = SpanLimits.Earliest + Duration.FromMinutes(minute);
            when.Occurrences(zone, from, from + Duration.FromDays(28)).Count().ShouldBeLessThan(10_000);
        });

    [Theory]
    [InlineData("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", "before")]
    [InlineData("1600-01-01T00:00:00Z", "1600-01-01T01:00:00Z", "1601")]
    [InlineData("4501-01-01T00:00:00Z", "4501-01-01T01:00:00Z", "4500")]
    [InlineData("2026-01-01T00:00:00Z", "2032-01-01T01:00:00Z", "five years")]
    public void What_no_calendar_can_hold_is_named(string start, string end, string word) =>
        SpanLimits.Problem(At(start), At(end)).ShouldNotBeNull().ShouldContain(word);

    [Fact]
    public void A_meeting_of_no_length_is_one() =>
        SpanLimits.Problem(At("2026-01-01T00:00:00Z"), At("2026-01-01T00:00:00Z")).ShouldBeNull();

    private static Instant At(string text) => NodaTime.Text.InstantPattern.General.Parse(text).Value;
}
