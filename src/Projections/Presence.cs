using System.Diagnostics;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Projections;

/// <summary>
/// Whether a mailbox's owner is out of office: one document a mailbox.
/// Who is away now, the reader asks with an instant.
/// </summary>
public sealed record Presence
{
    /// <summary>The mailbox.</summary>
    public required Guid Id { get; init; }

    public required AutomaticReplies Replies { get; init; }

    /// <summary>
    /// Reads only the document and the event: no clock, no query, so a rebuild gives the same.
    /// </summary>
    public static Presence? Fold(Presence? presence, Guid id, MailboxEvent happened) => happened switch
    {
        MailboxEnabled => presence ?? new Presence { Id = id, Replies = AutomaticReplies.Disabled },
        AutomaticRepliesChanged e => new Presence { Id = id, Replies = e.Replies },
        MailboxLocated or MailboxActivated or MailboxFailed => presence,
        MailboxJoinTimesChanged or StrippedTextsChanged or UnknownEntriesSeen => presence,
        MailboxDisabled => null,
        _ => throw new UnreachableException(
            $"{happened.GetType().Name} is not folded into {nameof(Presence)}"),
    };
}
