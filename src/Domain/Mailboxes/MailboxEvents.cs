using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Domain.Mailboxes;

/// <summary>One thing that happened to one mailbox.</summary>
/// <remarks>
/// Stored for ever. A member may be added with a default; none is renamed, retyped or removed.
/// </remarks>
public abstract record MailboxEvent
{
    private protected MailboxEvent() { }

    public required MailboxId Mailbox { get; init; }

    /// <summary>When the service learned it.</summary>
    public required Instant At { get; init; }
}

/// <summary>The organization wants this mailbox's calendar to be watched.</summary>
public sealed record MailboxEnabled(Sealed Address, MailboxKind Kind) : MailboxEvent;

/// <summary>Autodiscover found the mailbox, or found it elsewhere than before.</summary>
/// <param name="Url">Address of Exchange Web Services for it.</param>
/// <param name="Grouping">Mailboxes of one address and grouping share streams; often empty.</param>
public sealed record MailboxLocated(string Url, string Grouping) : MailboxEvent;

/// <summary>The calendar was read to its end, for the first time since it was enabled or failed.</summary>
public sealed record MailboxActivated : MailboxEvent;

/// <summary>
/// The calendar cannot be read. Looks go on and end this with <see cref="MailboxActivated"/>.
/// </summary>
/// <param name="Code">Exchange's response code, or the adapter's own word where there was no reply.</param>
public sealed record MailboxFailed(string Code) : MailboxEvent;

/// <summary>The owner set, changed or ended automatic replies.</summary>
public sealed record AutomaticRepliesChanged(AutomaticReplies Replies) : MailboxEvent;

/// <summary>The organization's list says when this mailbox's Join buttons are up.</summary>
/// <param name="Own">Instead of what its kind of mailbox has; nothing, when it is as its kind again.</param>
public sealed record MailboxJoinTimesChanged(OwnJoinTimes Own) : MailboxEvent;

/// <summary>
/// A room turned out to take texts out of the invitations that it gets, or to do so no more.
/// </summary>
/// <param name="Kinds">What it takes out, in the order of <see cref="StrippedText"/>.</param>
public sealed record StrippedTextsChanged(ValueList<StrippedText> Kinds) : MailboxEvent;
/// <summary>
/// The server shows entries in a window of the calendar that are not recorded, more or fewer than before.
/// </summary>
/// <param name="Count">How many; zero when there are none any more.</param>
/// <param name="To">Exclusive.</param>
public sealed record UnknownEntriesSeen(int Count, Instant From, Instant To) : MailboxEvent;

/// <summary>The organization no longer wants this mailbox's calendar to be watched.</summary>
public sealed record MailboxDisabled : MailboxEvent;
