using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;

namespace HybridCalendar.Host.Watch;

/// <summary>Mailboxes that share a stream of notifications.</summary>
public sealed class StreamGroup(MailboxLocation location, IReadOnlyList<WatchedMailbox> mailboxes)
{
    public MailboxLocation Location { get; } = location;

    /// <summary>At most <see cref="Bounds.MailboxesPerStream"/>.</summary>
    public IReadOnlyList<WatchedMailbox> Mailboxes { get; } = mailboxes;
}

/// <summary>Shares mailboxes out to streams: one stream leads to one place.</summary>
public static class StreamGroups
{
    /// <summary>Groups by place, changing as few groups as possible.</summary>
    /// <param name="before">The groups so far; those that stay as they are are the same objects.</param>
    /// <param name="places">Where each mailbox is; who is missing gets no stream.</param>
    public static IReadOnlyList<StreamGroup> Form(
        IReadOnlyList<StreamGroup> before, IReadOnlyDictionary<WatchedMailbox, MailboxLocation> places)
    {
        var left = new Dictionary<WatchedMailbox, MailboxLocation>(places);
        var kept = new List<StreamGroup>();
        foreach (var group in before)
        {
            var stay = group.Mailboxes
                .Where(mailbox => left.GetValueOrDefault(mailbox) == group.Location && left.Remove(mailbox))
                .ToList();
            if (stay.Count > 0)
            {
                kept.Add(stay.Count == group.Mailboxes.Count ? group : new StreamGroup(group.Location, stay));
            }
        }

        var newcomers = left.GroupBy(entry => entry.Value, entry => entry.Key)
            .ToDictionary(group => group.Key, InOrder);
        var filled = kept.Select(group => Fill(group, newcomers)).ToList();
        return
        [
            .. filled,
            .. newcomers.SelectMany(rest => rest.Value.Chunk(Bounds.MailboxesPerStream)
                .Select(mailboxes => new StreamGroup(rest.Key, mailboxes))),
        ];
    }

    private static StreamGroup Fill(
        StreamGroup group, Dictionary<MailboxLocation, Queue<WatchedMailbox>> newcomers)
    {
        if (!newcomers.TryGetValue(group.Location, out var waiting))
        {
            return group;
        }

        var mailboxes = group.Mailboxes.ToList();
        while (mailboxes.Count < Bounds.MailboxesPerStream && waiting.TryDequeue(out var next))
        {
            mailboxes.Add(next);
        }

        return mailboxes.Count == group.Mailboxes.Count ? group : new StreamGroup(group.Location, mailboxes);
    }

    private static Queue<WatchedMailbox> InOrder(IEnumerable<WatchedMailbox> mailboxes) =>
        new(mailboxes.OrderBy(mailbox => mailbox.Address, StringComparer.OrdinalIgnoreCase));
}
