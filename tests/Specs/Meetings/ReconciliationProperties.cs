using CsCheck;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Meetings;

/// <summary>
/// How: a server shows a meeting now and then as it is planned and now and then at random times, in windows
/// that move on, and people change the meeting in between.
/// </summary>
public class ReconciliationProperties
{
    private const int StepsMax = 8;

    private static readonly Gen<ValueList<ShownOccurrence>> GenShown =
        Gen.Select(Gen.Int[20, 29], Gen.Int[0, 22], Gen.Int[0, 30], Gen.Bool)
            .Select((day, hour, hours, cancelled) => new ShownOccurrence(
                November(day, hour), November(day, hour) + Duration.FromHours(hours), false, cancelled))
            .Array[0, 4].Select(list => new ValueList<ShownOccurrence>(list));

    /// <summary>What is shown (null: as planned), in how many days, and what a look shows before.</summary>
    private static readonly Gen<(ValueList<ShownOccurrence>?, int Days, MeetingFacts? Look)[]> GenSteps =
        Gen.Select(GenShown.Null(), Gen.Int[0, 3], LookGen.Facts.Null()).Array[1, StepsMax];

    [Fact]
    public void The_server_s_view_wins_in_its_window_and_once_more_adds_nothing() =>
        Gen.Select(LookGen.Facts, GenSteps).Sample((facts, steps) =>
        {
            var state = Fold(null, [Appeared(0, facts)]);
            var (minute, day) = (1, 14);
            foreach (var (random, days, look) in steps)
            {
                if (look is { })
                {
                    var seen = new MeetingLook.Seen(Example.Meeting, LookAt(minute++), Correlation, look);
                    state = Fold(state, MeetingDecider.Decide(state, seen));
                }

                day += days;
                var from = November(1) + Duration.FromDays(day);
                var window = new ReconciledWindow(from, from + Duration.FromDays(7));
                var shown = Within(window, random ?? AsPlanned(state.Facts, window));
                var news = Reconciliation.Decide(state, shown, window, Reconciled(minute));
                state = Fold(state, news);

                Spans(state.Facts, window).ShouldBe(InOrder(shown));
                Reconciliation.Decide(state, shown, window, Reconciled(minute++)).ShouldBeEmpty();
                if (random is null)
                {
                    (state.Facts.Correction?.To > window.From).ShouldBeFalse();
                }
            }
        });

    [Fact]
    public void Every_corrected_occurrence_is_within_the_time_index() =>
        Gen.Select(LookGen.Facts, GenShown).Sample((facts, shown) =>
        {
            var corrected = facts with { Correction = new Correction(November(20), November(30), shown) };
            var index = TimeIndex.Of(corrected);
            corrected.OccurrencesIn(November(1), November(30))
                .Where(o => o.Start.ToUnixTimeSeconds() < index.StartSecond
                    || o.End >= Instant.FromUnixTimeSeconds(index.EndSecond))
                .ShouldBeEmpty();
        });

    private static Meeting Fold(Meeting? state, IEnumerable<MeetingEvent> happened) =>
        happened.Aggregate(state, Domain.Meetings.Meeting.Evolve)!;

    private static ValueList<ShownOccurrence> Within(
        ReconciledWindow window, IEnumerable<ShownOccurrence> shown) =>
        [.. shown.Where(o => o.Overlaps(window.From, window.To))];

    private static IEnumerable<ShownOccurrence> AsPlanned(MeetingFacts facts, ReconciledWindow window) =>
        (facts with { Correction = null }).OccurrencesIn(window.From, window.To)
            .Select(o => new ShownOccurrence(o.Start, o.End, o.AllDay, o.IsCancelled));

    private static IEnumerable<(Instant, Instant, bool)> Spans(MeetingFacts facts, ReconciledWindow window) =>
        facts.OccurrencesIn(window.From, window.To)
            .Select(o => (o.Start, o.End, o.IsCancelled)).Order();

    private static IEnumerable<(Instant, Instant, bool)> InOrder(IEnumerable<ShownOccurrence> shown) =>
        shown.Select(o => (o.Start, o.End, o.IsCancelled)).Order();

    private static Look Reconciled(int minute) =>
        new(Mailbox, November(20, 0, minute), LookTrigger.Reconciliation);
}
