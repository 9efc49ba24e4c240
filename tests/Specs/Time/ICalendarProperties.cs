using CsCheck;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Specs.Time;

/// <summary>
/// How: random series are expanded by Ical.Net as well, where iCalendar means the same. Where it does not,
/// ICalendarDisagreementSpecs names the case.
/// </summary>
public class ICalendarProperties
{
    private const int MostStarts = 40;

    [Fact]
    public void A_series_starts_when_Ical_Net_says() =>
        SeriesGen.Any.Sample(when =>
        {
            var zone = CalendarZones.Find(when.Zone)!;
            var expected = ICalendarSeries.EventOf(when, zone).Starts(when.Start, zone).Take(MostStarts);
            when.Occurrences(zone, Instant.MinValue, Instant.MaxValue)
                .Select(o => o.OriginalStart)
                .Take(MostStarts)
                .ShouldBe(expected);
        });

    [Fact]
    public void A_far_window_starts_when_Ical_Net_says() =>
        Gen.Select(SeriesGen.Any, Gen.Int[0, 20 * 366]).Sample(
            (when, days) =>
            {
                var zone = CalendarZones.Find(when.Zone)!;
                var from = when.Start + Duration.FromDays(days);
                var to = from + Duration.FromDays(28);
                var expected = ICalendarSeries.EventOf(when, zone).Starts(from, zone)
                    .SkipWhile(start => start < from)
                    .TakeWhile(start => start < to);
                when.Occurrences(zone, from, to)
                    .Select(o => o.OriginalStart)
                    .Where(start => start >= from)
                    .ShouldBe(expected);
            },
            iter: 50);
}
