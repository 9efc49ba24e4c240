using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Projections;

/// <summary>A mailbox that is or was watched, and how that goes: one document a mailbox.</summary>
public sealed record ListedMailbox
{
    /// <summary>The mailbox's stream.</summary>
    public required Guid Id { get; init; }

    public required Mailbox Mailbox { get; init; }

    /// <summary>Whether there is advice about it: a member of its own, so that it can be searched.</summary>
    public bool StripsTexts => Mailbox.Stripped.Count > 0;

    /// <summary>
    /// Reads only the document and the event: no clock, no query, so a rebuild gives the same.
    /// </summary>
    public static ListedMailbox? Fold(ListedMailbox? listed, Guid id, MailboxEvent happened) =>
        Mailbox.Evolve(listed?.Mailbox, happened) is { } mailbox
            ? new ListedMailbox { Id = id, Mailbox = mailbox }
            : null;
}
