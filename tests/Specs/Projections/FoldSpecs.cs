using System.Diagnostics;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Projections;
using HybridCalendar.Specs.Meetings;
using HybridCalendar.Specs.Stored;

namespace HybridCalendar.Specs.Projections;

/// <summary>
/// No fold is silent about an event. How: an example of every type is folded onto a state that differs from
/// it in every member, and the state must change, except where it is said here that it does not.
/// </summary>
public class FoldSpecs
{
    private static readonly Guid Id = Example.Meeting.Value;

    /// <summary>Where an event says nothing that a document shows.</summary>
    private static readonly HashSet<(Type Document, Type Event)> NothingToShow =
    [
        (typeof(ScheduledJoin), typeof(MeetingRelocated)),
        (typeof(Presence), typeof(MailboxEnabled)),
        (typeof(Presence), typeof(MailboxActivated)),
        (typeof(Presence), typeof(MailboxLocated)),
        (typeof(Presence), typeof(MailboxFailed)),
        (typeof(Presence), typeof(MailboxJoinTimesChanged)),
        (typeof(Presence), typeof(StrippedTextsChanged)),
        (typeof(Presence), typeof(UnknownEntriesSeen)),
    ];

    private static readonly MeetingFacts Facts = Example.Series with
    {
        ChangedOccurrences = [Example.Moved(26, 11)],
        Correction = new Correction(Example.November(16), Example.November(27), []),
    };

    public static TheoryData<string> MeetingEvents => Names(typeof(MeetingEvent));

    public static TheoryData<string> MailboxEvents => Names(typeof(MailboxEvent));

    public static TheoryData<string> OrganizationEvents => Names(typeof(OrganizationEvent));

    [Theory]
    [MemberData(nameof(MeetingEvents))]
    public void A_meetings_state_follows_every_event(string name)
    {
        var happened = ExampleOf<MeetingEvent>(name);
        var before = Meeting.Evolve(null, Example.Appeared(0, Facts));

        Meeting.Evolve(before, happened).ShouldNotBe(before with { LookedAt = happened.Look.At });
    }

    [Theory]
    [MemberData(nameof(MeetingEvents))]
    public void The_meeting_list_follows_every_event(string name) =>
        Follows<ListedMeeting, MeetingEvent>(
            ListedMeeting.Fold, Example.Appeared(0, Facts), ExampleOf<MeetingEvent>(name));

    [Theory]
    [MemberData(nameof(MeetingEvents))]
    public void The_join_schedule_follows_every_event(string name) =>
        Follows<ScheduledJoin, MeetingEvent>(
            ScheduledJoin.Fold, Example.Appeared(0, Facts), ExampleOf<MeetingEvent>(name));

    [Theory]
    [MemberData(nameof(MailboxEvents))]
    public void Presence_follows_every_event(string name) =>
        Follows<Presence, MailboxEvent>(
            Presence.Fold, Enabled, ExampleOf<MailboxEvent>(name));

    [Theory]
    [MemberData(nameof(MailboxEvents))]
    public void The_mailbox_list_follows_every_event(string name) =>
        Follows<ListedMailbox, MailboxEvent>(ListedMailbox.Fold, Enabled, ExampleOf<MailboxEvent>(name));

    [Theory]
    [MemberData(nameof(OrganizationEvents))]
    public void The_organizations_settings_follow_every_event(string name) =>
        Follows<OrganizationSettings, OrganizationEvent>(
            OrganizationSettings.Fold,
            new JoinTimesChanged(JoinTimes.Default, JoinTimes.Default) { At = Example.November(20) },
            ExampleOf<OrganizationEvent>(name));

    [Theory]
    [MemberData(nameof(MeetingEvents))]
    public void A_meeting_that_is_not_in_the_calendar_can_only_come_or_go(string name)
    {
        var happened = ExampleOf<MeetingEvent>(name);
        if (happened is MeetingAppeared or MeetingReturned)
        {
            ListedMeeting.Fold(null, Id, happened).ShouldNotBeNull().Id.ShouldBe(Id);
            ScheduledJoin.Fold(null, Id, happened).ShouldNotBeNull().Id.ShouldBe(Id);
        }
        else if (happened is MeetingLeftCalendar)
        {
            ListedMeeting.Fold(null, Id, happened).ShouldBeNull();
            ScheduledJoin.Fold(null, Id, happened).ShouldBeNull();
        }
        else
        {
            Should.Throw<UnreachableException>(() => ListedMeeting.Fold(null, Id, happened));
            Should.Throw<UnreachableException>(() => ScheduledJoin.Fold(null, Id, happened));
        }
    }

    [Fact]
    public void Presence_is_gone_with_the_mailbox_and_begins_anew_with_it()
    {
        var away = new AutomaticReplies(AutomaticRepliesState.Enabled);
        var left = new AutomaticRepliesChanged(away) { Mailbox = Enabled.Mailbox, At = Enabled.At };
        var disabled = new MailboxDisabled { Mailbox = Enabled.Mailbox, At = Enabled.At };

        Folded(Enabled, left).ShouldBe(new Presence { Id = Id, Replies = away });
        Folded(Enabled, left, Enabled).ShouldBe(new Presence { Id = Id, Replies = away });
        Folded(Enabled, left, disabled).ShouldBeNull();
        Folded(Enabled, left, disabled, Enabled)
            .ShouldBe(new Presence { Id = Id, Replies = AutomaticReplies.Disabled });
    }

    private static MailboxEnabled Enabled { get; } = new(TestSealer.Seal("ada"), MailboxKind.User)
    {
        Mailbox = Example.Mailbox,
        At = Example.November(20),
    };

    private static void Follows<TDocument, TEvent>(
        Func<TDocument?, Guid, TEvent, TDocument?> fold, TEvent first, TEvent happened)
        where TDocument : class
        where TEvent : class
    {
        var before = fold(null, Id, first);
        var after = fold(before, Id, happened);

        Equals(before, after).ShouldBe(NothingToShow.Contains((typeof(TDocument), happened.GetType())));
    }

    private static Presence? Folded(params MailboxEvent[] happened) =>
        happened.Aggregate((Presence?)null, (presence, next) => Presence.Fold(presence, Id, next));

    private static T ExampleOf<T>(string name) => (T)EventExamples.All[name];

    private static TheoryData<string> Names(Type kind) =>
        [.. StoredNames.Events.Where(pair => kind.IsAssignableFrom(pair.Key)).Select(pair => pair.Value)];
}
