namespace HybridCalendar.Adapters.Exchange.Watching;

/// <summary>
/// What the mailboxes of one stream must share: the address of their service, and the word with which
/// Autodiscover says which of its servers can serve them together (GroupingInformation).
/// </summary>
/// <param name="Grouping">Empty when it says none, as on installations with one site.</param>
public sealed record AffinityKey(Uri Url, string Grouping);

/// <summary>Puts mailboxes into groups, each to be watched on one stream.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-maintain-affinity-between-group-of-subscriptions-and-mailbox-server"/>
public static class AffinityGroups
{
    /// <summary>
    /// As few groups as the keys and <see cref="Bounds.MailboxesPerStream"/> allow. The first mailbox of each
    /// by alphabet is its anchor. The same mailboxes in any order give the same groups.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<WatchedMailbox>> Of(
        IEnumerable<WatchedMailbox> mailboxes, Func<WatchedMailbox, AffinityKey> keyOf) =>
    [
        .. mailboxes
            .GroupBy(keyOf)
            .OrderBy(group => group.Key.Url.AbsoluteUri, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Grouping, StringComparer.Ordinal)
            .SelectMany(group => group
                .OrderBy(mailbox => mailbox.Address, StringComparer.OrdinalIgnoreCase)
                .Chunk(Bounds.MailboxesPerStream)),
    ];
}
