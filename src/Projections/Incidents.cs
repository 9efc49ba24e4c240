using System.Diagnostics;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using NodaTime;

namespace HybridCalendar.Projections;

/// <summary>
/// A time in which the calendar server showed something else of a window than what was recorded.
/// </summary>
/// <param name="From">The window in which it was seen last.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Missing">Occurrences that were recorded and are not shown.</param>
/// <param name="Surplus">Those that are shown and were not recorded.</param>
/// <param name="Since">When it was seen first.</param>
/// <param name="Until">When it was over; null while it is not.</param>
public sealed record Incident(
    Instant From, Instant To, int Missing, int Surplus, Instant Since, Instant? Until = null);

/// <summary>The incidents of one meeting, or of one mailbox: entries of no recorded meeting.</summary>
public sealed record Incidents
{
    /// <summary>Of those that are over, the newest are kept: this many with the one that is not.</summary>
    public const int Most = 20;

    /// <summary>The stream of the meeting or of the mailbox.</summary>
    public required Guid Id { get; init; }

    public required Guid Mailbox { get; init; }

    /// <summary>Whether the first one is not over.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>The newest first.</summary>
    public required ValueList<Incident> All { get; init; }

    /// <summary>
    /// Reads only the document and the event: no clock, no query, so a rebuild gives the same.
    /// </summary>
    public static Incidents? Fold(Incidents? incidents, Guid id, object happened) => happened switch
    {
        MeetingExpansionCorrected e => Open(incidents, id, e.Look.Mailbox, new Incident(
            e.From, e.To, e.Missing, e.Surplus, e.Look.At)),
        MeetingExpansionConfirmed or MeetingRescheduled or MeetingCancelled or MeetingLeftCalendar
            or MeetingReturned or OccurrenceChanged or OccurrenceDropped or OccurrenceRestored =>
            Close(incidents, ((MeetingEvent)happened).Look.At),
        UnknownEntriesSeen { Count: > 0 } e => Open(incidents, id, e.Mailbox, new Incident(
            e.From, e.To, Missing: 0, e.Count, e.At)),
        UnknownEntriesSeen or MailboxDisabled => Close(incidents, ((MailboxEvent)happened).At),
        MeetingAppeared or MeetingRetitled or MeetingRelocated or MeetingParticipantsChanged
            or MeetingResponseChanged or MeetingShownAsChanged or MeetingSensitivityChanged
            or MeetingJoinTargetsChanged => incidents,
        MailboxEnabled or MailboxLocated or MailboxActivated or MailboxFailed or AutomaticRepliesChanged
            or MailboxJoinTimesChanged or StrippedTextsChanged or JoinTimesChanged => incidents,
        _ => throw new UnreachableException(
            $"{happened.GetType().Name} is not folded into {nameof(Incidents)}"),
    };

    private static Incidents Open(Incidents? incidents, Guid id, MailboxId mailbox, Incident seen)
    {
        IEnumerable<Incident> older = incidents?.All ?? [];
        if (incidents is { IsOpen: true })
        {
            seen = seen with { Since = incidents.All[0].Since };
            older = older.Skip(1);
        }

        return new Incidents
        {
            Id = id,
            Mailbox = mailbox.Value,
            IsOpen = true,
            All = [.. older.Prepend(seen).Take(Most)],
        };
    }

    private static Incidents? Close(Incidents? incidents, Instant at) =>
        incidents is not { IsOpen: true }
            ? incidents
            : incidents with
            {
                IsOpen = false,
                All = [incidents.All[0] with { Until = at }, .. incidents.All.Skip(1)],
            };
}
