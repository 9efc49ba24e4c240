using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;

namespace HybridCalendar.Specs.Meetings;

/// <summary>What is recorded of a meeting while looks at it are delivered, and every fold of that.</summary>
internal sealed class Recorded
{
    private readonly List<MeetingEvent> happened = [];

    public Meeting? State { get; private set; }

    public ListedMeeting? Listed { get; private set; }

    public ScheduledJoin? Scheduled { get; private set; }

    public IReadOnlyList<MeetingEvent> Happened => happened;

    public static Recorded Of(IEnumerable<MeetingLook> delivered)
    {
        var recorded = new Recorded();
        foreach (var look in delivered)
        {
            recorded.Deliver(look);
        }

        return recorded;
    }

    public void Deliver(MeetingLook look)
    {
        foreach (var news in MeetingDecider.Decide(State, look))
        {
            Append(news);
        }
    }

    public void Append(MeetingEvent news)
    {
        happened.Add(news);
        State = Meeting.Evolve(State, news);
        Listed = ListedMeeting.Fold(Listed, Example.Meeting.Value, news);
        Scheduled = ScheduledJoin.Fold(Scheduled, Example.Meeting.Value, news);
    }

    /// <summary>Holds the state and every document to what a look shows.</summary>
    public void ShouldBeAsShownBy(MeetingLook look)
    {
        if (look is not MeetingLook.Seen seen)
        {
            (State is null or { InCalendar: false }).ShouldBeTrue("the meeting is gone");
            Listed.ShouldBeNull();
            Scheduled.ShouldBeNull();
            return;
        }

        State.ShouldNotBeNull().InCalendar.ShouldBeTrue();
        State.Facts.ShouldBe(seen.Facts);
        Listed.ShouldBe(new ListedMeeting
        {
            Id = Example.Meeting.Value,
            Mailbox = Example.Mailbox.Value,
            Correlation = Example.Correlation,
            Facts = seen.Facts,
            Time = TimeIndex.Of(seen.Facts),
        });
        Scheduled.ShouldBe(new ScheduledJoin
        {
            Id = Example.Meeting.Value,
            Mailbox = Example.Mailbox.Value,
            Facts = NeededForButtons(seen.Facts),
            Time = TimeIndex.Of(seen.Facts),
        });
    }

    private static MeetingFacts NeededForButtons(MeetingFacts facts) => new()
    {
        When = facts.When,
        Title = facts.Title,
        Organizer = facts.Organizer,
        Response = facts.Response,
        ShownAs = facts.ShownAs,
        Sensitivity = facts.Sensitivity,
        JoinTargets = facts.JoinTargets,
        ChangedOccurrences = [.. facts.ChangedOccurrences.Select(o => o with { Location = null })],
        DroppedOccurrences = facts.DroppedOccurrences,
        IsCancelled = facts.IsCancelled,
    };
}
