using HybridCalendar.Domain;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Specs.Stored;

/// <summary>One event of each type with every member filled: what the golden files hold.</summary>
/// <remarks>Never changed once a file holds it: a new member gets a new example and a new file.</remarks>
internal static class EventExamples
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 23, 9, 0);

    private static readonly MailboxId Mailbox = new(new Guid("0c4e2f60-5ad1-8b7c-9d3e-6f1a2b3c4d5e"));

    private static readonly Look Look = new(
        Mailbox,
        Start - Duration.FromMilliseconds(1500),
        LookTrigger.Hint,
        "DwAAABYAAAB/+w==",
        Start - Duration.FromMinutes(1));

    private static readonly CorrelationId Correlation = new(new Guid("2b7e1516-28ae-5d2a-abf7-158809cf4f3c"));

    private static readonly AutomaticReplies Week =
        new(AutomaticRepliesState.Scheduled, Start, Start + Duration.FromDays(5));

    private static readonly Person Organizer = new(Text("organizer"), Text("organizer's name"));

    private static readonly ValueList<Participant> Participants =
    [
        new(new Person(Text("ada"), Text("Ada")), ParticipantRole.Required, Response.Accepted),
        new(new Person(Text("ben"), null), ParticipantRole.Optional, Response.Unknown),
        new(new Person(Text("room"), Text("Room 1")), ParticipantRole.Resource, Response.None),
    ];

    private static readonly ValueList<JoinTarget> JoinTargets =
    [
        new(JoinKind.Https, "webex", FoundIn.Location, "webex-meeting", Text("link")),
        new(JoinKind.Sip, "sip", FoundIn.Body, "sip-written", Text("sip")),
    ];

    /// <summary>Every kind, place and member of ways to join.</summary>
    private static readonly ValueList<JoinTarget> AllJoinTargets =
    [
        new(JoinKind.Https, "teams", FoundIn.OnlineMeeting, "teams-meet", Text("link"))
        {
            MeetingId = Text("number"),
            Passcode = Text("passcode"),
            Ahead = RankedBy.Place,
        },
        new(JoinKind.H323, "zoom", FoundIn.Location, "h323-number", Text("h323"))
        {
            Ahead = RankedBy.NotByPhone,
        },
        new(JoinKind.Phone, "phone", FoundIn.Body, "phone-with-number", Text("phone")),
    ];

    private static readonly ChangedOccurrence Changed = new(
        Start + Duration.FromDays(7),
        Start + Duration.FromDays(8),
        Start + Duration.FromDays(8) + Duration.FromMinutes(30),
        AllDay: true,
        Text("changed title"),
        Text("changed place"),
        ShownAs.OutOfOffice,
        IsCancelled: true,
        JoinTargets);

    private static readonly Look Reconciled = new(Mailbox, Start, LookTrigger.Reconciliation);

    private static readonly ValueList<ShownOccurrence> Shown =
    [
        new(Start, Start + Duration.FromMinutes(45)),
        new(
            Start + Duration.FromDays(8),
            Start + Duration.FromDays(9),
            AllDay: true,
            IsCancelled: true,
            OriginalStart: Start + Duration.FromDays(7)),
    ];

    private static readonly MeetingFacts Facts = new()
    {
        When = Series(new RecurrencePattern.Weekly(
            2, [IsoDayOfWeek.Monday, IsoDayOfWeek.Thursday], IsoDayOfWeek.Sunday)),
        Title = Text("title"),
        Location = Text("place"),
        Organizer = Organizer,
        Participants = Participants,
        Response = Response.Tentative,
        ShownAs = ShownAs.WorkingElsewhere,
        Sensitivity = Sensitivity.Private,
        JoinTargets = JoinTargets,
        ChangedOccurrences = [Changed],
        DroppedOccurrences = [Start + Duration.FromDays(3), Start + Duration.FromDays(14)],
        IsCancelled = true,
    };

    /// <summary>By the name of the file, which begins with the stored name of the event.</summary>
    public static IReadOnlyDictionary<string, object> All { get; } =
        OrganizationEvents().Concat<object>(MailboxEvents()).Concat(MeetingEvents())
            .Select(e => (File: StoredNames.Events[e.GetType()], Event: e))
            .Concat(Patterns())
            .Append((File: "meeting_rescheduled.zone_definition", Event: (object)InDefinedZone()))
            .Append((File: "meeting_join_targets_changed.all", Event: AllTargets()))
            .Append((File: "mailbox_join_times_changed.least", Event: NoJoinTimes()))
            .ToDictionary(example => example.File, example => example.Event);

    private static IEnumerable<OrganizationEvent> OrganizationEvents() =>
    [
        new JoinTimesChanged(
            new JoinTimes(Duration.FromMinutes(10), Duration.FromSeconds(90)),
            new JoinTimes(Duration.FromHours(1), Duration.Zero)) { At = Start },
    ];

    private static IEnumerable<MailboxEvent> MailboxEvents() =>
    [
        new MailboxEnabled(Text("address"), MailboxKind.Room) { Mailbox = Mailbox, At = Start },
        new MailboxLocated("https://mail.example.org/EWS/Exchange.asmx", "group-1")
            { Mailbox = Mailbox, At = Start },
        new MailboxActivated { Mailbox = Mailbox, At = Start },
        new MailboxFailed("ErrorNonExistentMailbox") { Mailbox = Mailbox, At = Start },
        new AutomaticRepliesChanged(Week) { Mailbox = Mailbox, At = Start },
        new MailboxJoinTimesChanged(new OwnJoinTimes(Duration.FromMinutes(15), Duration.FromMinutes(3)))
            { Mailbox = Mailbox, At = Start },
        new StrippedTextsChanged([StrippedText.Body, StrippedText.Title, StrippedText.TitleForOrganizer])
            { Mailbox = Mailbox, At = Start },
        new UnknownEntriesSeen(2, Start, Start + Duration.FromDays(42)) { Mailbox = Mailbox, At = Start },
        new MailboxDisabled { Mailbox = Mailbox, At = Start },
    ];

    private static IEnumerable<MeetingEvent> MeetingEvents() =>
    [
        new MeetingAppeared(Correlation, Facts) { Look = Look },
        new MeetingRescheduled(Facts.When) { Look = Look },
        new MeetingRetitled(Text("new title")) { Look = Look },
        new MeetingRelocated(Text("new place")) { Look = Look },
        new MeetingParticipantsChanged(Organizer, Participants) { Look = Look },
        new MeetingResponseChanged(Response.Declined) { Look = Look },
        new MeetingShownAsChanged(ShownAs.OutOfOffice) { Look = Look },
        new MeetingSensitivityChanged(Sensitivity.Confidential) { Look = Look },
        new MeetingJoinTargetsChanged(JoinTargets) { Look = Look },
        new OccurrenceChanged(Changed) { Look = Look },
        new OccurrenceDropped(Start + Duration.FromDays(3)) { Look = Look },
        new OccurrenceRestored(Start + Duration.FromDays(3)) { Look = Look },
        new MeetingExpansionCorrected(
            Start - Duration.FromDays(7), Start + Duration.FromDays(35), Shown, Missing: 2, Surplus: 1)
            { Look = Reconciled },
        new MeetingExpansionConfirmed(Start - Duration.FromDays(7), Start + Duration.FromDays(35))
            { Look = Reconciled },
        new MeetingCancelled { Look = Look },
        new MeetingLeftCalendar { Look = Look with { ChangeKey = null, ChangedAt = null } },
        new MeetingReturned(Correlation, Facts) { Look = Look },
    ];

    private static object NoJoinTimes() =>
        new MailboxJoinTimesChanged(OwnJoinTimes.None) { Mailbox = Mailbox, At = Start };

    private static object AllTargets() => new MeetingJoinTargetsChanged(AllJoinTargets) { Look = Look };

    /// <summary>A rescheduling for each pattern of a recurrence.</summary>
    private static IEnumerable<(string File, object Event)> Patterns()
    {
        var sunday = IsoDayOfWeek.Sunday;
        return new (string Name, RecurrencePattern Pattern)[]
        {
            ("daily", new RecurrencePattern.Daily(3)),
            ("weekly", new RecurrencePattern.Weekly(2, [IsoDayOfWeek.Tuesday, sunday], IsoDayOfWeek.Monday)),
            ("absolute_monthly", new RecurrencePattern.AbsoluteMonthly(2, 31)),
            ("relative_monthly", new RecurrencePattern.RelativeMonthly(
                1, DayOfWeekIndex.Last, DayOfWeekToken.WeekendDay)),
            ("absolute_yearly", new RecurrencePattern.AbsoluteYearly(29, 2)),
            ("relative_yearly", new RecurrencePattern.RelativeYearly(
                DayOfWeekIndex.First, DayOfWeekToken.Monday, 11)),
        }.Select(example => (
            $"meeting_rescheduled.{example.Name}",
            (object)new MeetingRescheduled(Series(example.Pattern)) { Look = Look }));
    }

    private static MeetingRescheduled InDefinedZone()
    {
        var hour = Offset.FromHours(1);
        var date = new RecurrencePattern.AbsoluteYearly(15, 10);
        var sunday = new RecurrencePattern.RelativeYearly(DayOfWeekIndex.Last, DayOfWeekToken.Sunday, 3);
        var definition = new ZoneDefinition(
        [
            new ZoneEra(Offset.FromHoursAndMinutes(-3, -30), []),
            new ZoneEra(
                Offset.FromHours(-4),
                [
                    new ZoneTransition(date, Duration.FromHours(24), hour),
                    new ZoneTransition(sunday, Duration.FromMinutes(150), Offset.Zero),
                ],
                Instant.FromUtc(2007, 1, 1, 3, 30)),
        ]);
        var series = Series(new RecurrencePattern.Daily(1));
        return new MeetingRescheduled(
            series with { Zone = "Customized Time Zone", ZoneDefinition = definition }) { Look = Look };
    }

    private static When Series(RecurrencePattern pattern) => new()
    {
        Start = Start,
        End = Start + Duration.FromMinutes(45),
        Zone = "W. Europe Standard Time",
        AllDay = false,
        Recurrence = new Recurrence(pattern, new LocalDate(2026, 11, 23), End: new LocalDate(2027, 11, 23)),
    };

    /// <summary>What could be a sealed text, always the same.</summary>
    private static Sealed Text(string text) => new(Base64($"sealed {text}"), Base64($"digest {text}"));

    private static string Base64(string text) =>
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
