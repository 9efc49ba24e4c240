using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using static HybridCalendar.Specs.Meetings.Example;
using static HybridCalendar.Specs.Meetings.MeetingSpec;
using static HybridCalendar.Specs.Meetings.TestSealer;

namespace HybridCalendar.Specs.Meetings;

/// <summary>Each kind of change alone, then several at once, then changes to single occurrences.</summary>
public class MeetingChangeSpecs
{
    private static readonly Look Now = LookAt(2);

    private static readonly MeetingFacts Known = Once with { Participants = [Invited(Ada)] };

    private static readonly When Later = Known.When with { Start = November(23, 11), End = November(23, 12) };

    [Fact]
    public void Another_time_is_a_rescheduling() =>
        WhenSeen(Known with { When = Later }).Then(new MeetingRescheduled(Later) { Look = Now });

    [Fact]
    public void A_single_meeting_that_becomes_a_series_is_rescheduled() =>
        WhenSeen(Known with { When = Series.When }).Then(new MeetingRescheduled(Series.When) { Look = Now });

    [Fact]
    public void Another_zone_is_a_rescheduling_though_the_instants_stay()
    {
        var moved = Known.When with { Zone = "Europe/Berlin" };
        WhenSeen(Known with { When = moved }).Then(new MeetingRescheduled(moved) { Look = Now });
    }

    [Fact]
    public void Another_title_is_a_retitling()
    {
        var title = Seal("Review");
        WhenSeen(Known with { Title = title }).Then(new MeetingRetitled(title) { Look = Now });
    }

    [Fact]
    public void A_title_that_was_removed_is_a_retitling() =>
        WhenSeen(Known with { Title = null }).Then(new MeetingRetitled(null) { Look = Now });

    [Fact]
    public void Another_place_is_a_relocation()
    {
        var place = Seal("Room 2");
        WhenSeen(Known with { Location = place }).Then(new MeetingRelocated(place) { Look = Now });
    }

    [Fact]
    public void Another_participant_is_a_change_of_participants() =>
        WhenSeen(Known with { Participants = [Invited(Ada), Invited(Ben)] })
            .Then(new MeetingParticipantsChanged(Ada, [Invited(Ada), Invited(Ben)]) { Look = Now });

    [Fact]
    public void A_participants_answer_is_a_change_of_participants() =>
        WhenSeen(Known with { Participants = [Invited(Ada, Response.Accepted)] })
            .Then(new MeetingParticipantsChanged(Ada, [Invited(Ada, Response.Accepted)]) { Look = Now });

    [Fact]
    public void Another_organizer_is_a_change_of_participants() =>
        WhenSeen(Known with { Organizer = Ben })
            .Then(new MeetingParticipantsChanged(Ben, [Invited(Ada)]) { Look = Now });

    [Fact]
    public void The_owners_answer_is_a_change_of_the_response() =>
        WhenSeen(Known with { Response = Response.Declined })
            .Then(new MeetingResponseChanged(Response.Declined) { Look = Now });

    [Fact]
    public void Being_shown_otherwise_is_a_change() =>
        WhenSeen(Known with { ShownAs = ShownAs.OutOfOffice })
            .Then(new MeetingShownAsChanged(ShownAs.OutOfOffice) { Look = Now });

    [Fact]
    public void Being_made_private_is_a_change_of_sensitivity() =>
        WhenSeen(Known with { Sensitivity = Sensitivity.Private })
            .Then(new MeetingSensitivityChanged(Sensitivity.Private) { Look = Now });

    [Fact]
    public void Another_way_to_join_is_a_change() =>
        WhenSeen(Known with { JoinTargets = [Webex("1")] })
            .Then(new MeetingJoinTargetsChanged([Webex("1")]) { Look = Now });

    [Fact]
    public void Ways_to_join_in_another_order_are_a_change_because_the_best_is_first() =>
        Given(Appeared(1, Known with { JoinTargets = [Webex("1"), Webex("2")] }))
            .When(Seen(2, Known with { JoinTargets = [Webex("2"), Webex("1")] }))
            .Then(new MeetingJoinTargetsChanged([Webex("2"), Webex("1")]) { Look = Now });

    [Fact]
    public void Several_changes_are_recorded_in_one_order_always()
    {
        var seen = Series with
        {
            Title = Seal("Review"),
            Location = null,
            Participants = [Invited(Ben)],
            Response = Response.Tentative,
            ShownAs = ShownAs.Tentative,
            Sensitivity = Sensitivity.Confidential,
            JoinTargets = [Webex("1")],
            IsCancelled = true,
            ChangedOccurrences = [Moved(24, 11)],
            DroppedOccurrences = [November(25, 9)],
        };
        WhenSeen(seen).Then(
            new MeetingRescheduled(seen.When) { Look = Now },
            new MeetingRetitled(seen.Title) { Look = Now },
            new MeetingRelocated(null) { Look = Now },
            new MeetingParticipantsChanged(Ada, [Invited(Ben)]) { Look = Now },
            new MeetingResponseChanged(Response.Tentative) { Look = Now },
            new MeetingShownAsChanged(ShownAs.Tentative) { Look = Now },
            new MeetingSensitivityChanged(Sensitivity.Confidential) { Look = Now },
            new MeetingJoinTargetsChanged([Webex("1")]) { Look = Now },
            new MeetingCancelled { Look = Now },
            new OccurrenceDropped(November(25, 9)) { Look = Now },
            new OccurrenceChanged(Moved(24, 11)) { Look = Now });
    }

    [Fact]
    public void An_occurrence_that_differs_is_changed() =>
        Given(Appeared(1, Series))
            .When(Seen(2, Series with { ChangedOccurrences = [Moved(24, 11)] }))
            .Then(new OccurrenceChanged(Moved(24, 11)) { Look = Now });

    [Fact]
    public void An_occurrence_that_differs_in_another_way_than_before_is_changed_again() =>
        Given(Appeared(1, Series with { ChangedOccurrences = [Moved(24, 11), Moved(25, 11)] }))
            .When(Seen(2, Series with { ChangedOccurrences = [Moved(24, 12), Moved(25, 11)] }))
            .Then(new OccurrenceChanged(Moved(24, 12)) { Look = Now });

    [Fact]
    public void An_occurrence_that_is_deleted_is_dropped() =>
        Given(Appeared(1, Series))
            .When(Seen(2, Series with { DroppedOccurrences = [November(24, 9)] }))
            .Then(new OccurrenceDropped(November(24, 9)) { Look = Now });

    [Fact]
    public void A_changed_occurrence_that_is_deleted_is_dropped() =>
        Given(Appeared(1, Series with { ChangedOccurrences = [Moved(24, 11)] }))
            .When(Seen(2, Series with { DroppedOccurrences = [November(24, 9)] }))
            .Then(new OccurrenceDropped(November(24, 9)) { Look = Now });

    [Fact]
    public void A_dropped_occurrence_that_takes_place_otherwise_is_changed() =>
        Given(Appeared(1, Series with { DroppedOccurrences = [November(24, 9)] }))
            .When(Seen(2, Series with { ChangedOccurrences = [Moved(24, 11)] }))
            .Then(new OccurrenceChanged(Moved(24, 11)) { Look = Now });

    [Fact]
    public void Occurrences_that_are_as_the_series_says_again_are_restored_in_order() =>
        Given(Appeared(1, Series with
            {
                ChangedOccurrences = [Moved(25, 11)],
                DroppedOccurrences = [November(24, 9), November(26, 9)],
            }))
            .When(Seen(2, Series))
            .Then(
                new OccurrenceRestored(November(24, 9)) { Look = Now },
                new OccurrenceRestored(November(25, 9)) { Look = Now },
                new OccurrenceRestored(November(26, 9)) { Look = Now });

    [Fact]
    public void An_occurrence_that_is_both_changed_and_deleted_counts_as_changed_and_is_news_once()
    {
        var both = Series with
        {
            ChangedOccurrences = [Moved(24, 11)],
            DroppedOccurrences = [November(24, 9)],
        };
        Given(Appeared(1, Series))
            .When(Seen(2, both))
            .Then(new OccurrenceChanged(Moved(24, 11)) { Look = Now });
        Given(Appeared(1, Series), new OccurrenceChanged(Moved(24, 11)) { Look = Now })
            .When(Seen(3, both))
            .ThenNothing();
    }

    [Fact]
    public void Exceptions_that_stay_are_no_news()
    {
        var series = Series with
        {
            ChangedOccurrences = [Moved(25, 11)],
            DroppedOccurrences = [November(24, 9)],
        };
        Given(Appeared(1, series)).When(Seen(2, series)).ThenNothing();
    }

    private static News WhenSeen(MeetingFacts facts) => Given(Appeared(1, Known)).When(Seen(2, facts));
}
