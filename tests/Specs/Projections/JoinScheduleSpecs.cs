using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;
using HybridCalendar.Specs.Meetings;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;
using static HybridCalendar.Specs.Projections.ScheduleExample;

namespace HybridCalendar.Specs.Projections;

/// <summary>When a Join button is up, which buttons there are, and when that changes next.</summary>
public class JoinScheduleSpecs
{
    private static readonly Duration Lead = Duration.FromMinutes(5);
    private static readonly Duration Tail = Duration.FromMinutes(10);
    private static readonly Duration Moment = Duration.Epsilon;

    private static readonly Instant Start = November(23, 9);
    private static readonly Instant End = November(23, 10);

    private static readonly MeetingFacts Joinable = Once with { JoinTargets = [Webex("1"), Webex("2")] };
    private static readonly MeetingFacts JoinableSeries = Series with { JoinTargets = [Webex("1")] };

    [Fact]
    public void A_button_says_which_meeting_when_what_and_where_to() =>
        At(Start, Joinable).Buttons.ShouldBe(
            [Button(Joinable, Start, End) with { OriginalStart = null }]);

    [Fact]
    public void A_button_comes_up_at_the_lead_time_and_not_before()
    {
        At(Start - Lead - Moment, Joinable).Buttons.ShouldBeEmpty();
        At(Start - Lead, Joinable).Buttons.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_button_is_up_until_the_end_and_not_at_it()
    {
        At(End - Moment, Joinable).Buttons.ShouldHaveSingleItem();
        At(End, Joinable).Buttons.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_lead_time_a_button_comes_up_at_the_start()
    {
        var times = new JoinTimes(Duration.Zero, Duration.Zero);
        ScheduleAt(Start - Moment, times, Joinable).Buttons.ShouldBeEmpty();
        ScheduleAt(Start, times, Joinable).Buttons.ShouldHaveSingleItem();
    }

    [Fact]
    public void With_a_tail_a_button_is_up_that_long_after_the_end_and_says_so()
    {
        var times = new JoinTimes(Lead, Tail);
        ScheduleAt(End, times, Joinable).Buttons.ShouldHaveSingleItem().Ends.ShouldBe(End + Tail);
        ScheduleAt(End + Tail - Moment, times, Joinable).Buttons.ShouldHaveSingleItem();
        ScheduleAt(End + Tail, times, Joinable).Buttons.ShouldBeEmpty();
        ScheduleAt(Start, times, Joinable).ChangesAt.ShouldBe(End + Tail);
    }

    [Fact]
    public void A_past_meeting_has_no_button_and_one_in_progress_has()
    {
        At(Start + Duration.FromMinutes(30), Joinable).Buttons.ShouldHaveSingleItem();
        ScheduleAt(End + Duration.FromDays(1), new JoinTimes(Lead, JoinTimes.Longest), Joinable)
            .Buttons.ShouldBeEmpty();
    }

    [Fact]
    public void In_a_room_a_private_meetings_button_has_no_title_and_says_who_booked_it()
    {
        var hidden = Joinable with { Sensitivity = Sensitivity.Private };
        var room = new Audience(MailboxKind.Room, JoinTimes.Default);

        var button = ScheduleAt(Start, room, hidden).Buttons.ShouldHaveSingleItem();

        button.ShouldBe(Button(hidden, Start, End) with
        {
            OriginalStart = null, IsWithheld = true, Title = null,
        });
        button.Organizer.ShouldBe(Ada);
        button.Targets.ShouldBe(hidden.JoinTargets);
    }

    [Fact]
    public void A_cancelled_meeting_has_no_button() => NeverUp(Joinable with { IsCancelled = true });

    [Fact]
    public void A_meeting_that_the_owner_declined_has_no_button() =>
        NeverUp(Joinable with { Response = Response.Declined });

    [Theory]
    [InlineData(Response.Unknown)]
    [InlineData(Response.Organizer)]
    [InlineData(Response.Tentative)]
    [InlineData(Response.Accepted)]
    [InlineData(Response.None)]
    public void Whatever_else_the_owner_answered_there_is_a_button(Response response) =>
        At(Start, Joinable with { Response = response }).Buttons.ShouldHaveSingleItem();

    [Fact]
    public void A_meeting_without_a_way_to_join_has_no_button() => NeverUp(Once);

    [Fact]
    public void Buttons_of_overlapping_meetings_are_in_the_order_of_their_starts_and_then_ids()
    {
        var earlier = Joinable with { When = Joinable.When with { Start = Start - Duration.FromHours(1) } };
        MeetingFacts[] meetings = [Joinable, earlier, Joinable];
        var expected = new[] { Id(0), Id(2) }.Order().Prepend(Id(1));

        At(Start, meetings).Buttons.Select(button => button.Meeting).ShouldBe(expected);
        At(Start, [.. meetings.Reverse()]).Buttons.Select(button => button.Start)
            .ShouldBe([earlier.When.Start, Start, Start]);
    }

    [Fact]
    public void Each_occurrence_of_a_series_has_a_button_of_its_own()
    {
        for (var day = 23; day <= 27; day++)
        {
            At(November(day, 9), JoinableSeries).Buttons.ShouldBe(
                [Button(JoinableSeries, November(day, 9), November(day, 10))]);
        }

        At(November(28, 9), JoinableSeries).Buttons.ShouldBeEmpty();
    }

    [Fact]
    public void A_dropped_occurrence_has_no_button() =>
        At(November(24, 9), JoinableSeries with { DroppedOccurrences = [November(24, 9)] })
            .Buttons.ShouldBeEmpty();

    [Fact]
    public void A_changed_occurrence_has_its_button_at_its_own_time_with_its_own_title_and_way_to_join()
    {
        var changed = Moved(24, 15) with { Title = TestSealer.Seal("Review"), JoinTargets = [Webex("3")] };
        var series = JoinableSeries with { ChangedOccurrences = [changed] };

        At(November(24, 9), series).Buttons.ShouldBeEmpty();
        At(November(24, 15), series).Buttons.ShouldBe(
        [
            Button(series, November(24, 15), November(24, 16)) with
            {
                OriginalStart = November(24, 9), Title = changed.Title, Targets = [Webex("3")],
            },
        ]);
    }

    [Fact]
    public void A_changed_occurrence_that_is_cancelled_or_has_no_way_to_join_has_no_button()
    {
        var cancelled = Moved(24, 15) with { JoinTargets = [Webex("3")], IsCancelled = true };
        var closed = Moved(24, 15);
        At(November(24, 15), JoinableSeries with { ChangedOccurrences = [cancelled] })
            .Buttons.ShouldBeEmpty();
        At(November(24, 15), JoinableSeries with { ChangedOccurrences = [closed] }).Buttons.ShouldBeEmpty();
    }

    [Fact]
    public void The_next_change_is_when_the_next_button_comes_up() =>
        At(Start - Duration.FromHours(2), Joinable).ChangesAt.ShouldBe(Start - Lead);

    [Fact]
    public void The_next_change_is_when_the_button_that_is_up_goes() =>
        At(Start - Lead, Joinable).ChangesAt.ShouldBe(End);

    [Fact]
    public void The_next_change_is_the_first_of_several()
    {
        var after = Joinable.When with { Start = End, End = End + Duration.FromHours(1) };
        var next = Joinable with { When = after };
        At(Start, Joinable, next).ChangesAt.ShouldBe(End - Lead);
        At(End - Lead, Joinable, next).ChangesAt.ShouldBe(End);
        At(End, Joinable, next).ChangesAt.ShouldBe(next.When.End);
    }

    [Fact]
    public void Nothing_changes_after_the_last_button_went() => At(End, Joinable).ChangesAt.ShouldBeNull();

    [Fact]
    public void A_change_further_away_than_the_horizon_is_not_said()
    {
        var border = Start - Lead - JoinSchedule.Horizon;
        At(border - Moment, Joinable).ChangesAt.ShouldBeNull();
        At(border + Moment, Joinable).ChangesAt.ShouldBe(Start - Lead);
    }

    [Fact]
    public void What_has_no_button_changes_nothing() =>
        At(Start - Lead, Joinable with { IsCancelled = true }).ChangesAt.ShouldBeNull();

    [Fact]
    public void A_meeting_of_no_length_without_lead_and_tail_changes_nothing() =>
        ScheduleAt(
            Start - Lead,
            new JoinTimes(Duration.Zero, Duration.Zero),
            Joinable with { When = Joinable.When with { End = Start } }).ChangesAt.ShouldBeNull();

    [Fact]
    public void Between_an_instant_and_the_next_change_the_buttons_stay_the_same()
    {
        var moved = Moved(24, 10) with { JoinTargets = [Webex("3")] };
        var series = JoinableSeries with { ChangedOccurrences = [moved] };
        var now = November(22, 12);
        var changes = new List<Instant>();
        while (At(now, series, Joinable) is { ChangesAt: { } next } schedule)
        {
            At(next - Moment, series, Joinable).Buttons.ShouldBe(schedule.Buttons);
            At(next, series, Joinable).Buttons.ShouldNotBe(schedule.Buttons);
            changes.Add(next);
            now = next;
        }

        changes.ShouldBe(
        [
            Start - Lead, End,
            November(24, 10) - Lead, November(24, 11),
            November(25, 9) - Lead, November(25, 10),
            November(26, 9) - Lead, November(26, 10),
            November(27, 9) - Lead, November(27, 10),
        ]);
    }

    private static void NeverUp(MeetingFacts facts)
    {
        At(Start - Lead, facts).Buttons.ShouldBeEmpty();
        At(Start, facts).Buttons.ShouldBeEmpty();
    }

    private static JoinButton Button(MeetingFacts facts, Instant start, Instant end) => new(
        Id(0), start, start, end, end, AllDay: false, IsWithheld: false,
        facts.Title, facts.Organizer, facts.JoinTargets);

    private static JoinSchedule At(Instant now, params MeetingFacts[] meetings) =>
        ScheduleAt(now, new JoinTimes(Lead, Duration.Zero), meetings);
}
