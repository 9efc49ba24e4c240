using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;
using static HybridCalendar.Specs.Meetings.TestSealer;

namespace HybridCalendar.Specs.Meetings;

/// <summary>One mailbox, one meeting in it, and looks at it: what the specs begin with and alter.</summary>
internal static class Example
{
    public const string GlobalId = "040000008200E00074C5B7101A82E008";

    public static readonly MailboxId Mailbox = new(new Guid("0c4e2f60-5ad1-8b7c-9d3e-6f1a2b3c4d5e"));

    public static readonly MeetingId Meeting = MeetingId.Of(Mailbox, GlobalId);

    public static readonly CorrelationId Correlation = CorrelationId.Of(GlobalId);

    public static readonly Person Ada = new(Seal("ada@example.com"), Seal("Ada"));

    public static readonly Person Ben = new(Seal("ben@example.com"), Seal("Ben"));

    /// <summary>A meeting of 23 November 2026 from nine to ten, that nobody else is invited to.</summary>
    public static MeetingFacts Once => new()
    {
        When = new When { Start = November(23, 9), End = November(23, 10), Zone = "UTC" },
        Title = Seal("Planning"),
        Location = Seal("Room 1"),
        Organizer = Ada,
        Response = Response.Organizer,
        ShownAs = ShownAs.Busy,
    };

    /// <summary>The same every day from 23 November on, five times.</summary>
    public static MeetingFacts Series => Once with
    {
        When = new When
        {
            Start = November(23, 9),
            End = November(23, 10),
            Zone = "UTC",
            Recurrence = new Recurrence(
                new RecurrencePattern.Daily(1), new LocalDate(2026, 11, 23), Count: 5),
        },
    };

    public static Instant November(int day, int hour = 0, int minute = 0) =>
        Instant.FromUtc(2026, 11, day, hour, minute);

    /// <summary>A look some minutes after midnight of 20 November.</summary>
    public static Look LookAt(int minute) =>
        new(Mailbox, November(20, 0, minute), LookTrigger.Hint, $"key {minute}");

    public static MeetingLook.Seen Seen(int minute, MeetingFacts facts) =>
        new(Meeting, LookAt(minute), Correlation, facts);

    public static MeetingLook.Gone Gone(int minute) => new(Meeting, LookAt(minute));

    public static MeetingAppeared Appeared(int minute, MeetingFacts facts) =>
        new(Correlation, facts) { Look = LookAt(minute) };

    public static MeetingReturned Returned(int minute, MeetingFacts facts) =>
        new(Correlation, facts) { Look = LookAt(minute) };

    public static MeetingLeftCalendar Left(int minute) => new() { Look = LookAt(minute) };

    public static Participant Invited(Person person, Response response = Response.Unknown) =>
        new(person, ParticipantRole.Required, response);

    public static JoinTarget Webex(string number) => new(
        JoinKind.Https,
        "webex",
        FoundIn.Body,
        "webex-meeting",
        Seal($"https://example.webex.com/m/{number}"));

    /// <summary>The occurrence of a day of November, put to another hour, for an hour.</summary>
    public static ChangedOccurrence Moved(int day, int hour) => new(
        November(day, 9),
        November(day, hour),
        November(day, hour + 1),
        AllDay: false,
        Seal("Planning"),
        Seal("Room 1"),
        ShownAs.Busy,
        IsCancelled: false,
        []);
}
