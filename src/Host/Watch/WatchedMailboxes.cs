using System.Collections.Concurrent;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Host.Watch;

/// <summary>
/// The mailboxes that this process watches, in memory: who they are and how their texts are sealed.
/// </summary>
public sealed class WatchedMailboxes
{
    private readonly ConcurrentDictionary<MailboxId, WatchedMailbox> mailboxes = new();

    /// <summary>All of them, in the order of their ids.</summary>
    public IReadOnlyList<WatchedMailbox> All => [.. mailboxes.Values.OrderBy(mailbox => mailbox.Id.Value)];

    public void Add(WatchedMailbox mailbox) => mailboxes[mailbox.Id] = mailbox;

    /// <summary>The mailbox; null when it is not watched.</summary>
    public WatchedMailbox? Find(MailboxId id) => mailboxes.GetValueOrDefault(id);
}
