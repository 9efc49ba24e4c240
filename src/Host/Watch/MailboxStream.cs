using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Projections;
using Marten;

namespace HybridCalendar.Host.Watch;

/// <summary>How a mailbox's own events are recorded.</summary>
public static class MailboxStream
{
    /// <summary>Adds to the session what a decision on the mailbox's state gives.</summary>
    /// <remarks>
    /// Committing fails when somebody else recorded something meanwhile; the message is then handled again.
    /// </remarks>
    public static async Task Record(
        this IDocumentSession session,
        MailboxId mailbox,
        Func<Mailbox?, IReadOnlyList<MailboxEvent>> decide,
        CancellationToken cancellation)
    {
        var stream = await session.Events.FetchForWriting<ListedMailbox>(mailbox.Value, cancellation);
        stream.AppendMany(decide(stream.Aggregate?.Mailbox));
    }
}
