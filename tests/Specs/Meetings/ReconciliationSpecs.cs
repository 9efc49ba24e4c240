using HybridCalendar.Domain;
using HybridCalendar.Domain.Meetings;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Meetings;

/// <summary>
/// Given what is recorded, when the server shows this of a meeting in a window, then exactly that is
/// recorded.
/// </summary>
public class ReconciliationSpecs
{
    private static readonly ReconciledWindow Window = new(November(13), November(30));

    /// <summary>Every day of the series an hour later than its pattern says, but for the first.</summary>
    private static readonly ValueList<ShownOccurrence> Later =
        [Shown(23, 9), .. Enumerable.Range(24, 4).Select(day => Shown(day, 10))];

    private static readonly MeetingExpansionCorrected Corrected =
        new(Window.From, Window.To, Later, Missing: 4, Surplus: 4) { Look = Reconciled(1) };

    [Fact]
    public void What_the_pattern_says_too_is_no_news() =>
        Decide([Appeared(0, Series)], AsPlanned(Series)).ShouldBeEmpty();

    [Fact]
    public void Other_times_are_recorded_and_shown()
    {
        Decide([Appeared(0, Series)], Later).ShouldBe([Corrected]);
        Facts(Appeared(0, Series), Corrected).OccurrencesIn(Window.From, Window.To)
            .Select(o => o.Start).ShouldBe(Later.Select(o => o.Start));
    }

    [Fact]
    public void The_same_again_is_no_news() =>
        Decide([Appeared(0, Series), Corrected], Later).ShouldBeEmpty();

    [Fact]
    public void A_meeting_that_the_server_does_not_show_is_recorded_and_not_shown()
    {
        var corrected = Decide([Appeared(0, Once)], []).ShouldHaveSingleItem()
            .ShouldBeOfType<MeetingExpansionCorrected>();
        (corrected.Missing, corrected.Surplus, corrected.Occurrences.Count).ShouldBe((1, 0, 0));
        Facts(Appeared(0, Once), corrected).OccurrencesIn(Window.From, Window.To).ShouldBeEmpty();
    }

    [Fact]
    public void A_cancelled_occurrence_that_is_not_known_as_such_is_a_difference()
    {
        var shown = Shown(23, 9) with { IsCancelled = true };
        Facts(Appeared(0, Once), Decide([Appeared(0, Once)], [shown])[0])
            .OccurrencesIn(Window.From, Window.To).Single().IsCancelled.ShouldBeTrue();
    }

    [Fact]
    public void Twice_the_same_time_is_another_than_once() =>
        Decide([Appeared(0, Once)], [Shown(23, 9), Shown(23, 9)]).ShouldHaveSingleItem()
            .ShouldBeOfType<MeetingExpansionCorrected>().Surplus.ShouldBe(1);

    [Fact]
    public void A_correction_is_withdrawn_when_the_pattern_is_right_again()
    {
        var confirmed = new MeetingExpansionConfirmed(Window.From, Window.To) { Look = Reconciled(2) };
        Decide([Appeared(0, Series), Corrected], AsPlanned(Series), minute: 2).ShouldBe([confirmed]);
        Facts(Appeared(0, Series), Corrected, confirmed).ShouldBe(Series);
        Decide([Appeared(0, Series), Corrected, confirmed], AsPlanned(Series), minute: 3).ShouldBeEmpty();
    }

    [Fact]
    public void A_later_change_of_the_time_or_of_an_occurrence_drops_the_correction()
    {
        var look = LookAt(2);
        MeetingEvent[] changes =
        [
            new MeetingRescheduled(Once.When) { Look = look },
            new OccurrenceChanged(Moved(24, 12)) { Look = look },
            new OccurrenceDropped(November(24, 9)) { Look = look },
            new OccurrenceRestored(November(24, 9)) { Look = look },
            new MeetingCancelled { Look = look },
            Returned(2, Series),
        ];
        foreach (var change in changes)
        {
            Facts(Appeared(0, Series), Corrected, change).Correction.ShouldBeNull();
        }

        var retitled = new MeetingRetitled(null) { Look = look };
        Facts(Appeared(0, Series), Corrected, retitled).Correction.ShouldNotBeNull();
    }

    [Fact]
    public void What_is_shown_of_a_later_window_takes_the_place_of_what_was_shown_of_an_earlier_one()
    {
        var next = new ReconciledWindow(November(25), November(30));
        var corrected = new MeetingExpansionCorrected(
            next.From, next.To, [Shown(25, 11), Shown(26, 10)], 3, 2) { Look = Reconciled(2) };
        Facts(Appeared(0, Series), Corrected, corrected).OccurrencesIn(November(1), November(30))
            .Select(o => o.Start)
            .ShouldBe([November(23, 9), November(24, 9), November(25, 11), November(26, 10)]);
    }

    [Fact]
    public void A_meeting_that_left_and_a_look_that_is_late_add_nothing()
    {
        Decide([Appeared(0, Series), Left(1)], Later, minute: 2).ShouldBeEmpty();
        Decide([Appeared(5, Series)], Later, minute: 4).ShouldBeEmpty();
    }

    [Fact]
    public void A_corrected_occurrence_has_the_content_of_the_exception_of_that_name()
    {
        var facts = Series with { ChangedOccurrences = [Moved(24, 12) with { Title = null }] };
        var shown = Shown(24, 15) with { OriginalStart = November(24, 9) };
        var corrected = Facts(Appeared(0, facts), Decide([Appeared(0, facts)], [Shown(23, 9), shown])[0]);
        corrected.OccurrencesIn(Window.From, Window.To).Select(o => (o.Start, o.Title))
            .ShouldBe([(November(23, 9), Series.Title), (November(24, 15), (Sealed?)null)]);
    }

    [Fact]
    public void Entries_go_to_the_meeting_of_their_id_and_to_the_copy_that_is_at_their_time()
    {
        var copy = MeetingId.OfCopy(Mailbox, GlobalId, "copy");
        var recorded = new Dictionary<MeetingId, Meeting>
        {
            [Example.Meeting] = MeetingSpec.Fold([Appeared(0, Series)])!,
            [copy] = MeetingSpec.Fold([Appeared(0, Once)])!,
        };
        var entries = AsPlanned(Series).Append(Shown(23, 9)).Select(o => new ShownEntry(Correlation, o));
        var other = new ShownEntry(CorrelationId.Of("other"), Shown(24, 9));
        var outside = new ShownEntry(CorrelationId.Of("other"), Shown(30, 9));

        var compared = Reconciliation.Compare(recorded, [.. entries, other, outside], Window);

        compared.Unknown.ShouldBe(1);
        foreach (var (id, meeting) in recorded)
        {
            Reconciliation.Decide(meeting, compared.Shown[id], Window, Reconciled(1)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_window_is_the_same_for_all_of_a_day()
    {
        var window = ReconciledWindow.At(November(20, 23, 59));
        window.ShouldBe(ReconciledWindow.At(November(20)));
        window.ShouldBe(new ReconciledWindow(November(13), Instant.FromUtc(2026, 12, 25, 0, 0)));
    }

    private static IReadOnlyList<MeetingEvent> Decide(
        MeetingEvent[] happened, ValueList<ShownOccurrence> shown, int minute = 1) =>
        Reconciliation.Decide(MeetingSpec.Fold(happened)!, shown, Window, Reconciled(minute));

    private static MeetingFacts Facts(params MeetingEvent[] happened) => MeetingSpec.Fold(happened)!.Facts;

    private static ValueList<ShownOccurrence> AsPlanned(MeetingFacts facts) =>
        [.. facts.OccurrencesIn(Window.From, Window.To).Select(o => new ShownOccurrence(o.Start, o.End))];

    private static ShownOccurrence Shown(int day, int hour) =>
        new(November(day, hour), November(day, hour + 1));

    private static Look Reconciled(int minute) =>
        new(Mailbox, November(20, 0, minute), LookTrigger.Reconciliation);
}
