using HybridCalendar.Domain.Mailboxes;
using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>Why a calendar was looked at.</summary>
public enum LookTrigger
{
    /// <summary>The service started, or began to watch the mailbox.</summary>
    Start,

    /// <summary>Exchange notified a change.</summary>
    Hint,

    /// <summary>A stream of notifications was opened again: some may have been lost.</summary>
    Reconnect,

    /// <summary>Every mailbox is looked at now and then, because hints get lost.</summary>
    Sweep,

    /// <summary>The server's own expansion of a window was compared with what is recorded.</summary>
    Reconciliation,
}

/// <summary>One look at one meeting in one mailbox's calendar.</summary>
/// <param name="At">When the service looked: not when the meeting is, nor when it was changed.</param>
/// <param name="ChangeKey">Exchange's version of the item that was read; null when the item was gone.</param>
/// <param name="ChangedAt">When Exchange says the item was last changed; null when it did not say.</param>
public sealed record Look(
    MailboxId Mailbox, Instant At, LookTrigger Trigger, string? ChangeKey = null, Instant? ChangedAt = null);

/// <summary>What a look showed of a meeting: the input of <see cref="MeetingDecider"/>.</summary>
public abstract record MeetingLook(MeetingId Meeting, Look Look)
{
    /// <summary>The meeting stands in the calendar.</summary>
    public sealed record Seen(MeetingId Meeting, Look Look, CorrelationId Correlation, MeetingFacts Facts)
        : MeetingLook(Meeting, Look);

    /// <summary>The meeting stands in the calendar no more.</summary>
    public sealed record Gone(MeetingId Meeting, Look Look) : MeetingLook(Meeting, Look);
}
