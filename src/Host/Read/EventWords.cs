using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Host.Read;

/// <summary>Says in words what an event records, for auditors and for people who watch.</summary>
internal static class EventWords
{
    private static readonly InstantPattern Minutes =
        InstantPattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm'Z'");

    /// <param name="isWithheld">Whether it is told without title, place and participants.</param>
    public static string Of(object happened, MailboxSeal seal, bool isWithheld = false) =>
        Of(happened, new Reader(seal, isWithheld));

    private static string Of(object happened, Reader reader) => happened switch
    {
        MeetingAppeared e => $"appeared in the calendar: {Of(e.Facts, reader)}",
        MeetingReturned e => $"stands in the calendar again: {Of(e.Facts, reader)}",
        MeetingRescheduled e => $"rescheduled to {Of(e.When)}",
        MeetingRetitled e => $"retitled to {Quote(e.Title, reader)}",
        MeetingRelocated e => $"location is now {Quote(e.Location, reader)}",
        MeetingParticipantsChanged e =>
            $"participants are now {e.Participants.Count}{Of(e.Participants, reader)}",
        MeetingResponseChanged e => $"the calendar's owner {Of(e.Response)}",
        MeetingShownAsChanged e => $"is now shown as {Of(e.ShownAs)}",
        MeetingSensitivityChanged e => $"is now {Of(e.Sensitivity)}",
        MeetingJoinTargetsChanged e => $"ways to join are now {Of(e.JoinTargets, reader)}",
        OccurrenceChanged e => $"the occurrence of {Minutes.Format(e.Occurrence.OriginalStart)} "
            + (e.Occurrence.IsCancelled
                ? "is cancelled"
                : $"is now {Span(e.Occurrence.Start, e.Occurrence.End)}")
            + $", titled {Quote(e.Occurrence.Title, reader)}, at {Quote(e.Occurrence.Location, reader)}",
        OccurrenceDropped e => $"the occurrence of {Minutes.Format(e.OriginalStart)} does not take place",
        OccurrenceRestored e =>
            $"the occurrence of {Minutes.Format(e.OriginalStart)} is again as the series says",
        MeetingExpansionCorrected e =>
            $"Exchange shows it otherwise than its pattern says, {Span(e.From, e.To)}: "
            + $"{e.Occurrences.Count} times, {e.Missing} missing, {e.Surplus} more",
        MeetingExpansionConfirmed e =>
            $"Exchange shows it as its pattern says, {Span(e.From, e.To)}",
        MeetingCancelled => "cancelled by the organizer",
        MeetingLeftCalendar => "left the calendar",
        MailboxEnabled e => $"the mailbox {reader.Seal.Open(e.Address)} (a {Of(e.Kind)}'s) is to be watched",
        MailboxLocated e => $"the mailbox was found at {e.Url}"
            + (e.Grouping.Length > 0 ? $", in group {e.Grouping}" : ""),
        MailboxActivated => "the calendar was read to its end",
        MailboxFailed e => $"the calendar cannot be read: {e.Code}",
        AutomaticRepliesChanged e => $"automatic replies are now {Of(e.Replies)}",
        MailboxJoinTimesChanged e => $"Join buttons of the mailbox {Of(e.Own)}",
        StrippedTextsChanged { Kinds.Count: 0 } => "the room takes no texts out of invitations any more",
        StrippedTextsChanged e =>
            $"the room takes out of invitations: {string.Join(", ", e.Kinds.Select(Of))}",
        UnknownEntriesSeen e =>
            $"Exchange shows {e.Count} entries that are not recorded, {Span(e.From, e.To)}",
        MailboxDisabled => "the mailbox is not to be watched any more",
        _ => throw new System.Diagnostics.UnreachableException($"{happened.GetType().Name} has no words"),
    };

    /// <summary>The same of what is about no mailbox, and holds nothing sealed.</summary>
    public static string Of(OrganizationEvent happened) => happened switch
    {
        JoinTimesChanged e => $"Join buttons of people {Of(e.People)}, of rooms {Of(e.Rooms)}",
        _ => throw new System.Diagnostics.UnreachableException($"{happened.GetType().Name} has no words"),
    };

    private static string Of(JoinTimes times) =>
        $"come up {Span(times.Lead)} before the start and go {Span(times.Tail)} after the end";

    private static string Of(OwnJoinTimes own) => (own.Lead, own.Tail) switch
    {
        (null, null) => "are up as those of its kind",
        ({ } lead, null) => $"come up {Span(lead)} before the start",
        (null, { } tail) => $"go {Span(tail)} after the end",
        ({ } lead, { } tail) => Of(new JoinTimes(lead, tail)),
    };

    private static string Of(StrippedText text) => text switch
    {
        StrippedText.Body => "their text",
        StrippedText.Title => "their title",
        StrippedText.TitleForOrganizer => "their title, for the organizer's name",
        _ => throw new System.Diagnostics.UnreachableException($"{text} has no words"),
    };

    private static string Of(MeetingFacts facts, Reader reader) =>
        $"{Quote(facts.Title, reader)}, {Of(facts.When)}"
        + (facts.JoinTargets.Count > 0 ? $", join by {Of(facts.JoinTargets, reader)}" : "")
        + (facts.IsCancelled ? ", cancelled" : "");

    private static string Of(When when) =>
        Span(when.Start, when.End)
        + (when.AllDay ? $" (all day, {when.Zone})" : "")
        + (when.Recurrence is { } recurrence
            ? $", a {Of(recurrence.Pattern)} series from {recurrence.Start:R}"
            : "");

    private static string Of(ValueList<Participant> participants, Reader reader) =>
        reader.IsWithheld
            ? ""
            : $": {string.Join(", ", participants.Select(each => reader.Seal.Open(each.Person.Address)))}";

    private static string Of(ValueList<JoinTarget> targets, Reader reader) =>
        targets.Count == 0
            ? "none"
            : string.Join(", ", targets.Select(t => $"{t.Provider} {reader.Seal.Open(t.Address)}"));

    private static string Of(AutomaticReplies replies) => replies.State switch
    {
        AutomaticRepliesState.Scheduled => $"scheduled for {Span(replies.Start!.Value, replies.End!.Value)}",
        AutomaticRepliesState.Enabled => "on",
        _ => "off",
    };

    private static string Span(Duration span) => $"{span.TotalMinutes:0.##} minutes";

    private static string Span(Instant start, Instant end) =>
        $"{Minutes.Format(start)} to {Minutes.Format(end)}";

    private static string Quote(Sealed? text, Reader reader) =>
        text is null ? "nothing"
        : reader.IsWithheld ? "(withheld)"
        : $"“{reader.Seal.Open(text)}”";

    private static string Of(Response response) => response switch
    {
        Response.Accepted => "accepted",
        Response.Tentative => "accepted tentatively",
        Response.Declined => "declined",
        Response.Organizer => "is the organizer",
        _ => "has not answered",
    };

    private static string Of(ShownAs shownAs) => shownAs switch
    {
        ShownAs.OutOfOffice => "out of office",
        ShownAs.WorkingElsewhere => "working elsewhere",
        ShownAs.NoData => "unknown",
        _ => shownAs.ToString().ToLowerInvariant(),
    };

    private static string Of(Sensitivity sensitivity) =>
        sensitivity is Sensitivity.Normal ? "not private" : sensitivity.ToString().ToLowerInvariant();

    private static string Of(MailboxKind kind) => kind is MailboxKind.Room ? "room" : "person";

    private static string Of(RecurrencePattern pattern) => pattern switch
    {
        RecurrencePattern.Daily => "daily",
        RecurrencePattern.Weekly => "weekly",
        RecurrencePattern.AbsoluteMonthly or RecurrencePattern.RelativeMonthly => "monthly",
        _ => "yearly",
    };

    private readonly record struct Reader(MailboxSeal Seal, bool IsWithheld);
}
