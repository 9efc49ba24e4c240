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
            var expected = Expected(when, zone, when.Start).Take(MostStarts);
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
                var expected = Expected(when, zone, from)
                    .SkipWhile(start => start < from)
                    .TakeWhile(start => start < to);
                when.Occurrences(zone, from, to)
                    .Select(o => o.OriginalStart)
                    .Where(start => start >= from)
                    .ShouldBe(expected);
            },
            iter: 50);

    // A last day is applied here: of the rule's own, Ical.Net loses the last occurrence.
    private static IEnumerable<Instant> Expected(When when, DateTimeZone zone, Instant from)
    {
        var series = when.Recurrence!;
        var endless = when with { Recurrence = series with { End = null } };
        return ICalendarSeries.EventOf(endless, zone).Starts(from, zone)
            .TakeWhile(start => series.End is not { } last || start.InZone(zone).Date <= last);
    }
}
