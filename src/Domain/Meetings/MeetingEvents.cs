using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>One thing that happened to one meeting in one mailbox's calendar.</summary>
/// <remarks>
/// Stored for ever. A member may be added with a default; none is renamed, retyped or removed.
/// Each carries the look and with it the mailbox, because projections that group by mailbox must not look
/// it up.
/// </remarks>
public abstract record MeetingEvent
{
    private protected MeetingEvent() { }

    /// <summary>The look that showed it.</summary>
    public required Look Look { get; init; }
}

/// <summary>The meeting stands in the calendar for the first time.</summary>
public sealed record MeetingAppeared(CorrelationId Correlation, MeetingFacts Facts) : MeetingEvent;

public sealed record MeetingRescheduled(When When) : MeetingEvent;

public sealed record MeetingRetitled(Sealed? Title) : MeetingEvent;

public sealed record MeetingRelocated(Sealed? Location) : MeetingEvent;

public sealed record MeetingParticipantsChanged(Person? Organizer, ValueList<Participant> Participants)
    : MeetingEvent;

/// <summary>The calendar's owner answered the invitation.</summary>
public sealed record MeetingResponseChanged(Response Response) : MeetingEvent;

public sealed record MeetingShownAsChanged(ShownAs ShownAs) : MeetingEvent;

public sealed record MeetingSensitivityChanged(Sensitivity Sensitivity) : MeetingEvent;

public sealed record MeetingJoinTargetsChanged(ValueList<JoinTarget> JoinTargets) : MeetingEvent;

/// <summary>
/// One occurrence of the series differs from the rest, newly or in another way than before.
/// </summary>
public sealed record OccurrenceChanged(ChangedOccurrence Occurrence) : MeetingEvent;

/// <summary>One occurrence of the series does not take place.</summary>
public sealed record OccurrenceDropped(Instant OriginalStart) : MeetingEvent;

/// <summary>One occurrence, changed or dropped before, is again as the series says.</summary>
public sealed record OccurrenceRestored(Instant OriginalStart) : MeetingEvent;

/// <summary>The organizer called the meeting off. It still stands in the calendar, marked so.</summary>
public sealed record MeetingCancelled : MeetingEvent;

/// <summary>The meeting was deleted, or moved to another folder.</summary>
public sealed record MeetingLeftCalendar : MeetingEvent;

/// <summary>
/// The server shows the meeting at other times of a window than its pattern says, and the server's count.
/// </summary>
/// <param name="To">Exclusive.</param>
/// <param name="Occurrences">What the server shows in the window, by start.</param>
/// <param name="Missing">How many occurrences the pattern puts there that the server does not show.</param>
/// <param name="Surplus">How many the server shows that the pattern does not put there.</param>
public sealed record MeetingExpansionCorrected(
    Instant From, Instant To, ValueList<ShownOccurrence> Occurrences, int Missing, int Surplus)
    : MeetingEvent;

/// <summary>The server shows the meeting in a window as its pattern says, again.</summary>
/// <param name="To">Exclusive.</param>
public sealed record MeetingExpansionConfirmed(Instant From, Instant To) : MeetingEvent;

/// <summary>
/// The meeting stands in the calendar again, or is no longer cancelled; this is all that is now true of it.
/// </summary>
public sealed record MeetingReturned(CorrelationId Correlation, MeetingFacts Facts) : MeetingEvent;
