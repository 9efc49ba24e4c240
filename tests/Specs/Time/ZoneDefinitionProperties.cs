using CsCheck;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Time;
using HybridCalendar.Specs.Stored;
using NodaTime;
using static HybridCalendar.Domain.Time.RecurrencePattern;

namespace HybridCalendar.Specs.Time;

/// <summary>
/// How: definitions are made of what NodaTime knows of a zone, or at random, and asked at random instants.
/// </summary>
public class ZoneDefinitionProperties
{
    private static readonly DateTimeZone[] Zones =
        [.. DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id])];

    private static readonly Gen<(DateTimeZone Zone, int Year)> GenYear =
        Gen.Select(Gen.Int[0, Zones.Length - 1], Gen.Int[1950, 2037], (zone, year) => (Zones[zone], year));

    private static readonly Gen<Yearly> GenDay = Gen.OneOf<Yearly>(
        Gen.Select(Gen.Int[1, 31], Gen.Int[1, 12], Yearly (day, month) => new AbsoluteYearly(day, month)),
        Gen.Select(
            Gen.Enum<DayOfWeekIndex>(),
            Gen.Enum<DayOfWeekToken>(),
            Gen.Int[1, 12],
            Yearly (index, day, month) => new RelativeYearly(index, day, month)));

    private static readonly Gen<ValueList<ZoneTransition>> GenTransitions = Gen.Select(
        GenDay,
        Gen.OneOf(Gen.Int[0, 86_400], Gen.Const(86_400), Gen.Const(0)),
        Gen.OneOf(Gen.Const(0), Gen.Const(3600), Gen.Int[0, 18_000]),
        (day, at, savings) =>
            new ZoneTransition(day, Duration.FromSeconds(at), Offset.FromSeconds(savings)))
        .Array[0, 3].Select(list => new ValueList<ZoneTransition>(list));

    private static readonly Gen<ZoneDefinition> GenDefinition = Gen.Select(
        Gen.Int[-43_200, 43_200], GenTransitions, Gen.Int[1, 2_000_000_000])
        .Array[1, 4].Select(eras => new ZoneDefinition(
        [
            .. eras.OrderBy(era => era.Item3).DistinctBy(era => era.Item3).Select((era, index) => new ZoneEra(
                Offset.FromSeconds(era.Item1),
                era.Item2,
                index == 0 ? null : Instant.FromUnixTimeSeconds(era.Item3))),
        ]));

    [Fact]
    public void The_rules_of_a_known_zone_in_a_year_give_the_instants_of_that_zone() =>
        Gen.Select(GenYear, Gen.Int[24 * 60, 363 * 24 * 60], Gen.Bool).Sample((of, minute, late) =>
        {
            if (YearlyRules(of.Zone, of.Year, late) is not { } definition)
            {
                return;
            }

            var local = new LocalDateTime(of.Year, 1, 1, 0, 0).PlusMinutes(minute);
            var zone = definition.ToZone();
            var expected = local.InZoneLeniently(of.Zone);
            local.InZoneLeniently(zone).ToInstant().ShouldBe(expected.ToInstant());
            zone.GetUtcOffset(expected.ToInstant()).ShouldBe(expected.Offset);
        });

    [Fact]
    public void Eras_that_follow_a_known_zone_give_its_instants_over_many_years() =>
        Gen.Select(GenYear, Gen.Int[0, 20 * 365 * 24 * 60]).Sample((of, minute) =>
        {
            var from = Instant.FromUtc(of.Year, 1, 1, 0, 0);
            var zone = Eras(of.Zone, from, from + Duration.FromDays(21 * 365)).ToZone();
            var local = (from + Duration.FromMinutes(minute)).InZone(of.Zone).LocalDateTime;
            local.InZoneLeniently(zone).ToInstant().ShouldBe(local.InZoneLeniently(of.Zone).ToInstant());
        });

    [Fact]
    public void A_series_is_expanded_as_in_the_known_zone_whose_rules_are_given() =>
        Gen.Select(GenYear, Gen.Int[1, 300], Gen.Int[0, (24 * 60) - 1], Gen.Int[1, 2000], Gen.Int[1, 9])
            .Sample((of, day, minute, length, interval) =>
            {
                var date = new LocalDate(of.Year, 1, 1).PlusDays(day);
                var start = (date + LocalTime.FromMinutesSinceMidnight(minute))
                    .InZoneLeniently(of.Zone).ToInstant();
                var known = new When
                {
                    Start = start,
                    End = start + Duration.FromMinutes(length),
                    Zone = of.Zone.Id,
                    Recurrence = new Recurrence(new Daily(interval), date, Count: 60),
                };
                var definition = Eras(
                    of.Zone, start - Duration.FromDays(400), start + Duration.FromDays(800));
                var defined = known with { Zone = "Customized Time Zone", ZoneDefinition = definition };
                Expanded(defined).ShouldBe(Expanded(known));
            });

    [Fact]
    public void Whatever_the_rules_are_an_instant_lies_in_the_interval_that_is_given_for_it() =>
        Gen.Select(GenDefinition, Gen.Long[-12_000_000_000, 80_000_000_000]).Sample((definition, second) =>
        {
            var zone = definition.ToZone();
            var instant = Instant.FromUnixTimeSeconds(second);
            var interval = zone.GetZoneInterval(instant);
            interval.Contains(instant).ShouldBeTrue();
            zone.MinOffset.ShouldBeLessThanOrEqualTo(interval.WallOffset);
            zone.MaxOffset.ShouldBeGreaterThanOrEqualTo(interval.WallOffset);
            if (interval.HasStart)
            {
                zone.GetZoneInterval(interval.Start).ShouldBe(interval);
                zone.GetZoneInterval(interval.Start - Duration.Epsilon).End.ShouldBe(interval.Start);
            }

            if (interval.HasEnd)
            {
                zone.GetZoneInterval(interval.End - Duration.Epsilon).ShouldBe(interval);
                zone.GetZoneInterval(interval.End).Start.ShouldBe(interval.End);
            }
        });

    [Fact]
    public void A_definition_is_read_as_it_was_stored() => GenDefinition.Sample(definition =>
    {
        var json = StoreSerializer.Write(definition);
        StoreSerializer.Read(typeof(ZoneDefinition), json).ShouldBe(definition);
        StoreSerializer.Read(typeof(ZoneDefinition), Jsonb.Reorder(json)).ShouldBe(definition);
    });

    private static List<Occurrence> Expanded(When when) =>
        [.. when.Occurrences(CalendarZones.Of(when)!, Instant.MinValue, Instant.MaxValue)];

    private static ZoneDefinition Eras(DateTimeZone zone, Instant from, Instant to) => new(
    [
        .. zone.GetZoneIntervals(from, to).Select((interval, index) =>
            new ZoneEra(interval.WallOffset, [], index == 0 ? null : interval.Start)),
    ]);

    /// <summary>Null for a year at whose end clocks are not as at its beginning.</summary>
    /// <param name="late">Whether a change at midnight is told as one at 24 hours.</param>
    private static ZoneDefinition? YearlyRules(DateTimeZone zone, int year, bool late)
    {
        var intervals = zone.GetZoneIntervals(
            new LocalDate(year, 1, 1).AtStartOfDayInZone(zone).ToInstant(),
            new LocalDate(year + 1, 1, 1).AtStartOfDayInZone(zone).ToInstant()).ToArray();
        var changes = intervals
            .Zip(intervals.Skip(1), (before, after) => (Local: before.IsoLocalEnd, after.WallOffset))
            .ToArray();
        var standard = intervals.Min(interval => interval.WallOffset);
        if (intervals[0].WallOffset != intervals[^1].WallOffset
            || changes.Any(change => change.Local.Year != year || change.Local.DayOfYear == 1))
        {
            return null;
        }

        return new ZoneDefinition([new ZoneEra(standard, [.. changes.Select(change =>
        {
            var at = Duration.FromTicks(change.Local.TickOfDay);
            var (date, time) = late && at == Duration.Zero
                ? (change.Local.Date.PlusDays(-1), Duration.FromHours(24))
                : (change.Local.Date, at);
            return new ZoneTransition(
                new AbsoluteYearly(date.Day, date.Month), time, change.WallOffset - standard);
        })])]);
    }
}
