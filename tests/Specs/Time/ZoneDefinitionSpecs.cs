using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;
using static HybridCalendar.Domain.Time.RecurrencePattern;

namespace HybridCalendar.Specs.Time;

public class ZoneDefinitionSpecs
{
    private static readonly Offset Hour = Offset.FromHours(1);

    /// <summary>From the last Sunday of March to that of October, at two and at three.</summary>
    private static readonly ZoneDefinition Northern = Zone(
        1, (Relative(DayOfWeekIndex.Last, 3), 2, Hour), (Relative(DayOfWeekIndex.Last, 10), 3, Offset.Zero));

    /// <summary>From the first Sunday of October to that of April, at two and at three.</summary>
    private static readonly ZoneDefinition Southern = Zone(
        10,
        (Relative(DayOfWeekIndex.First, 4), 3, Offset.Zero),
        (Relative(DayOfWeekIndex.First, 10), 2, Hour));

    [Fact]
    public void Clocks_change_when_the_rules_say()
    {
        OffsetAt(Northern, Instant.FromUtc(2026, 3, 29, 0, 59)).ShouldBe(Offset.FromHours(1));
        OffsetAt(Northern, Instant.FromUtc(2026, 3, 29, 1, 0)).ShouldBe(Offset.FromHours(2));
        OffsetAt(Northern, Instant.FromUtc(2026, 10, 25, 0, 59)).ShouldBe(Offset.FromHours(2));
        OffsetAt(Northern, Instant.FromUtc(2026, 10, 25, 1, 0)).ShouldBe(Offset.FromHours(1));
    }

    [Fact]
    public void In_the_south_it_is_summer_when_the_year_begins()
    {
        OffsetAt(Southern, Instant.FromUtc(2026, 1, 1, 0, 0)).ShouldBe(Offset.FromHours(11));
        OffsetAt(Southern, Instant.FromUtc(2026, 4, 4, 15, 59)).ShouldBe(Offset.FromHours(11));
        OffsetAt(Southern, Instant.FromUtc(2026, 4, 4, 16, 0)).ShouldBe(Offset.FromHours(10));
        OffsetAt(Southern, Instant.FromUtc(2026, 12, 31, 23, 59)).ShouldBe(Offset.FromHours(11));
    }

    [Fact]
    public void A_time_that_clocks_skip_is_as_much_later_and_of_one_they_show_twice_the_earlier_is_meant()
    {
        At(Northern, new LocalDateTime(2026, 3, 29, 2, 30)).ShouldBe(Instant.FromUtc(2026, 3, 29, 1, 30));
        At(Northern, new LocalDateTime(2026, 10, 25, 2, 30)).ShouldBe(Instant.FromUtc(2026, 10, 25, 0, 30));
    }

    [Fact]
    public void A_change_at_24_hours_is_at_the_next_midnight() =>
        OffsetAt(
            Zone(0, (new AbsoluteYearly(31, 3), 24, Hour), (new AbsoluteYearly(30, 9), 24, Offset.Zero)),
            Instant.FromUtc(2026, 4, 1, 0, 0)).ShouldBe(Hour);

    [Fact]
    public void An_era_lasts_until_the_next_one_begins()
    {
        var begin = Instant.FromUtc(2026, 7, 1, 0, 0);
        var zone = new ZoneDefinition([.. Northern.Eras, new ZoneEra(Offset.FromHours(3), [], begin)]);
        OffsetAt(zone, begin - Duration.Epsilon).ShouldBe(Offset.FromHours(2));
        OffsetAt(zone, begin).ShouldBe(Offset.FromHours(3));
        OffsetAt(zone, Instant.FromUtc(2030, 1, 1, 0, 0)).ShouldBe(Offset.FromHours(3));
    }

    [Fact]
    public void The_same_rules_are_equal_and_others_are_not()
    {
        var same = new ZoneDefinition([.. Northern.Eras.Select(
            era => era with { Transitions = [.. era.Transitions] })]);
        same.ShouldBe(Northern);
        Northern.ShouldNotBe(Southern);
    }

    [Fact]
    public void Eras_out_of_order_are_no_zone()
    {
        var late = new ZoneEra(Hour, [], Instant.FromUtc(2026, 1, 1, 0, 0));
        Should.Throw<ArgumentException>(() => new ZoneDefinition([]).ToZone());
        Should.Throw<ArgumentException>(() => new ZoneDefinition([late, late]).ToZone());
    }

    [Fact]
    public void A_series_in_a_defined_zone_keeps_its_time_of_day()
    {
        var facts = new MeetingFacts
        {
            When = new When
            {
                Start = Instant.FromUtc(2026, 3, 27, 8, 0),
                End = Instant.FromUtc(2026, 3, 27, 9, 0),
                Zone = "Customized Time Zone",
                ZoneDefinition = Northern,
                Recurrence = new Recurrence(new Daily(2), new LocalDate(2026, 3, 27), Count: 3),
            },
        };
        facts.OccurrencesIn(Instant.MinValue, Instant.MaxValue).Select(o => o.Start).ShouldBe(
        [
            Instant.FromUtc(2026, 3, 27, 8, 0),
            Instant.FromUtc(2026, 3, 29, 7, 0),
            Instant.FromUtc(2026, 3, 31, 7, 0),
        ]);
        facts.TimeBounds().LastEnd.ShouldBe(Instant.FromUtc(2026, 3, 31, 8, 0));
    }

    private static ZoneDefinition Zone(
        int hours, params (Yearly Day, int At, Offset Savings)[] transitions) =>
        new([new ZoneEra(
            Offset.FromHours(hours),
            [.. transitions.Select(t => new ZoneTransition(t.Day, Duration.FromHours(t.At), t.Savings))])]);

    private static RelativeYearly Relative(DayOfWeekIndex index, int month) =>
        new(index, DayOfWeekToken.Sunday, month);

    private static Offset OffsetAt(ZoneDefinition definition, Instant instant) =>
        definition.ToZone().GetUtcOffset(instant);

    private static Instant At(ZoneDefinition definition, LocalDateTime local) =>
        local.InZoneLeniently(definition.ToZone()).ToInstant();
}
