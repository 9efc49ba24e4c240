using HybridCalendar.Domain;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Specs.Time;

public class MeetingOccurrencesSpecs
{
    private static readonly Sealed Title = new("c2VhbGVk", "dGl0bGU=");
    private static readonly Sealed OtherTitle = new("c2VhbGVk", "b3RoZXI=");

    /// <summary>Every day of June 2025 at nine o'clock UTC, for an hour.</summary>
    private static readonly MeetingFacts Daily = new()
    {
        When = new When
        {
            Start = June(1, 9),
            End = June(1, 10),
            Zone = "UTC",
            Recurrence = new Recurrence(
                new RecurrencePattern.Daily(1), new LocalDate(2025, 6, 1), End: new LocalDate(2025, 6, 30)),
        },
        Title = Title,
        ShownAs = ShownAs.Busy,
    };

    [Fact]
    public void A_regular_occurrence_is_as_the_series_says() =>
        Daily.OccurrencesIn(June(5), June(6)).ShouldBe(
        [
            new MeetingOccurrence(
                June(5, 9), June(5, 9), June(5, 10), AllDay: false, Title, null, ShownAs.Busy, false, []),
        ]);

    [Fact]
    public void A_dropped_occurrence_is_not_among_them() =>
        Starts(Daily with { DroppedOccurrences = [June(5, 9)] }, June(4), June(7))
            .ShouldBe([June(4, 9), June(6, 9)]);

    [Fact]
    public void A_changed_occurrence_counts_where_it_was_moved_to()
    {
        var moved = Daily with { ChangedOccurrences = [Changed(June(5, 9), June(6, 8))] };
        Starts(moved, June(5), June(6)).ShouldBeEmpty();
        Starts(moved, June(6), June(7)).ShouldBe([June(6, 8), June(6, 9)]);
        moved.OccurrencesIn(June(6), June(7)).First().Title.ShouldBe(OtherTitle);
    }

    [Fact]
    public void An_exception_is_recognised_when_Exchange_has_other_rules_of_the_zone() =>
        Starts(Daily with { DroppedOccurrences = [June(5, 10)] }, June(5), June(6)).ShouldBeEmpty();

    [Fact]
    public void Occurrences_at_the_same_time_are_in_the_order_of_the_pattern()
    {
        var moved = Daily with { ChangedOccurrences = [Changed(June(7, 9), June(6, 9))] };
        moved.OccurrencesIn(June(6), June(8)).Select(o => o.OriginalStart).ShouldBe([June(6, 9), June(7, 9)]);
    }

    [Fact]
    public void A_cancelled_series_has_cancelled_occurrences_only()
    {
        var cancelled = Daily with
        {
            IsCancelled = true,
            ChangedOccurrences = [Changed(June(5, 9), June(5, 11))],
        };
        cancelled.OccurrencesIn(June(4), June(7)).ShouldAllBe(o => o.IsCancelled);
    }

    [Fact]
    public void A_single_meeting_has_no_original_start_and_needs_no_known_zone()
    {
        var when = Daily.When with { Recurrence = null, Zone = "Customized Time Zone" };
        var single = Daily with { When = when };
        single.OccurrencesIn(June(1), June(2)).Single().OriginalStart.ShouldBeNull();
        single.TimeBounds().ShouldBe((June(1, 9), (Instant?)June(1, 10)));
    }

    [Fact]
    public void A_series_in_an_unknown_zone_is_a_bug_and_says_so()
    {
        var series = Daily with { When = Daily.When with { Zone = "Customized Time Zone" } };
        Should.Throw<InvalidOperationException>(() => series.OccurrencesIn(June(1), June(2)))
            .Message.ShouldContain("Customized Time Zone");
    }

    [Fact]
    public void Time_bounds_reach_to_changed_occurrences()
    {
        var changed = Daily with
        {
            ChangedOccurrences = [Changed(June(1, 9), June(1, 7)), Changed(June(30, 9), June(30, 20))],
        };
        Daily.TimeBounds().ShouldBe((June(1, 9), (Instant?)June(30, 10)));
        changed.TimeBounds().ShouldBe((June(1, 7), (Instant?)June(30, 21)));
    }

    [Fact]
    public void A_series_without_end_has_no_last_end()
    {
        var recurrence = Daily.When.Recurrence! with { End = null };
        var endless = Daily with
        {
            When = Daily.When with { Recurrence = recurrence },
            ChangedOccurrences = [Changed(June(5, 9), June(5, 11))],
        };
        endless.TimeBounds().LastEnd.ShouldBeNull();
    }

    private static IEnumerable<Instant> Starts(MeetingFacts facts, Instant from, Instant to) =>
        facts.OccurrencesIn(from, to).Select(o => o.Start);

    private static ChangedOccurrence Changed(Instant original, Instant start) => new(
        original, start, start + Duration.FromHours(1), false, OtherTitle, null, ShownAs.Busy, false, []);

    private static Instant June(int day, int hour = 0) => Instant.FromUtc(2025, 6, day, hour, 0);
}
