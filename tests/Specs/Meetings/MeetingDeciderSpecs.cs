using HybridCalendar.Domain.Meetings;
using static HybridCalendar.Specs.Meetings.Example;
using static HybridCalendar.Specs.Meetings.MeetingSpec;
using static HybridCalendar.Specs.Meetings.TestSealer;

namespace HybridCalendar.Specs.Meetings;

/// <summary>Standing in the calendar, leaving it, and coming back; looks that are doubled or late.</summary>
public class MeetingDeciderSpecs
{
    private static readonly MeetingFacts Cancelled = Once with { IsCancelled = true };

    [Fact]
    public void A_meeting_seen_for_the_first_time_appears() =>
        Given().When(Seen(1, Series)).Then(Appeared(1, Series));

    [Fact]
    public void A_meeting_that_is_cancelled_when_first_seen_appears_cancelled() =>
        Given().When(Seen(1, Cancelled)).Then(Appeared(1, Cancelled));

    [Fact]
    public void A_meeting_that_was_gone_before_anybody_saw_it_is_no_news() =>
        Given().When(Gone(1)).ThenNothing();

    [Fact]
    public void The_same_look_twice_is_no_news() =>
        Given(Appeared(1, Once)).When(Seen(1, Once)).ThenNothing();

    [Fact]
    public void A_newer_look_that_shows_the_same_is_no_news() =>
        Given(Appeared(1, Once)).When(Seen(2, Once)).ThenNothing();

    [Fact]
    public void The_same_texts_sealed_again_are_no_news()
    {
        var before = Full();
        var again = Full();

        again.Title!.Ciphertext.ShouldNotBe(before.Title!.Ciphertext);
        Given(Appeared(1, before)).When(Seen(2, again)).ThenNothing();
    }

    [Fact]
    public void An_older_look_that_comes_late_is_no_news() =>
        Given(Appeared(1, Once), new MeetingRetitled(Seal("New")) { Look = LookAt(3) })
            .When(Seen(2, Once))
            .ThenNothing();

    [Fact]
    public void An_older_look_at_a_gap_that_comes_late_is_no_news() =>
        Given(Appeared(3, Once)).When(Gone(2)).ThenNothing();

    /// <remarks>Looks without news leave no mark: that none overtakes another is left to the queue.</remarks>
    [Fact]
    public void A_late_look_counts_if_only_looks_without_news_came_after_it_and_the_next_look_mends_it()
    {
        var recorded = Recorded.Of([Seen(1, Once), Seen(3, Once), Seen(2, Cancelled)]);
        recorded.ShouldBeAsShownBy(Seen(2, Cancelled));

        recorded.Deliver(Seen(3, Once));
        recorded.ShouldBeAsShownBy(Seen(3, Once));
    }

    [Fact]
    public void A_look_of_the_same_instant_is_not_late() =>
        Given(Appeared(3, Once)).When(Gone(3)).Then(Left(3));

    [Fact]
    public void A_meeting_that_is_gone_has_left_the_calendar() =>
        Given(Appeared(1, Once)).When(Gone(2)).Then(Left(2));

    [Fact]
    public void A_cancelled_meeting_that_is_gone_has_left_the_calendar() =>
        Given(Appeared(1, Cancelled)).When(Gone(2)).Then(Left(2));

    [Fact]
    public void A_meeting_leaves_the_calendar_once() =>
        Given(Appeared(1, Once), Left(2)).When(Gone(3)).ThenNothing();

    [Fact]
    public void A_meeting_that_is_seen_after_it_left_has_returned() =>
        Given(Appeared(1, Once), Left(2)).When(Seen(3, Once)).Then(Returned(3, Once));

    [Fact]
    public void A_meeting_returns_with_all_that_is_now_true_of_it() =>
        Given(Appeared(1, Once), Left(2)).When(Seen(3, Full())).Then(Returned(3, Full()));

    [Fact]
    public void A_meeting_may_return_cancelled() =>
        Given(Appeared(1, Once), Left(2)).When(Seen(3, Cancelled)).Then(Returned(3, Cancelled));

    [Fact]
    public void A_meeting_that_returned_can_leave_again() =>
        Given(Appeared(1, Once), Left(2), Returned(3, Once)).When(Gone(4)).Then(Left(4));

    [Fact]
    public void A_look_from_before_it_left_does_not_bring_it_back() =>
        Given(Appeared(1, Once), Left(3)).When(Seen(2, Once)).ThenNothing();

    [Fact]
    public void A_meeting_that_is_called_off_is_cancelled() =>
        Given(Appeared(1, Once)).When(Seen(2, Cancelled)).Then(new MeetingCancelled { Look = LookAt(2) });

    [Fact]
    public void A_meeting_is_cancelled_once() =>
        Given(Appeared(1, Cancelled)).When(Seen(2, Cancelled)).ThenNothing();

    [Fact]
    public void A_cancelled_meeting_that_is_retitled_stays_cancelled()
    {
        var retitled = Cancelled with { Title = Seal("Cancelled: Planning") };
        Given(Appeared(1, Cancelled)).When(Seen(2, retitled))
            .Then(new MeetingRetitled(retitled.Title) { Look = LookAt(2) });
    }

    [Fact]
    public void A_meeting_that_is_no_longer_cancelled_has_returned() =>
        Given(Appeared(1, Once), new MeetingCancelled { Look = LookAt(2) })
            .When(Seen(3, Once))
            .Then(Returned(3, Once));

    [Fact]
    public void A_meeting_cannot_begin_with_anything_but_its_appearance() =>
        Should.Throw<System.Diagnostics.UnreachableException>(() => Fold([Left(1)]))
            .Message.ShouldBe("MeetingLeftCalendar before MeetingAppeared");

    private static MeetingFacts Full() => Series with
    {
        Organizer = new Person(Seal("ada@example.com"), Seal("Ada")),
        Participants = [Invited(new Person(Seal("ben@example.com"), Seal("Ben")))],
        JoinTargets = [Webex("1")],
        ChangedOccurrences = [Moved(24, 11) with { JoinTargets = [Webex("2")] }],
        DroppedOccurrences = [November(25, 9)],
    };
}
