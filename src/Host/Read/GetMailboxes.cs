using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Keys;
using HybridCalendar.Projections;
using Marten;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>A mailbox, as readers see it.</summary>
/// <param name="Failure">Why it cannot be read; null unless its status is failed.</param>
public sealed record MailboxView(
    Guid Id, string Address, MailboxKind Kind, MailboxStatus Status, string? Failure);

/// <summary>HTTP: which mailboxes there are.</summary>
public static class GetMailboxes
{
    /// <summary>All mailboxes that are or were watched, by address.</summary>
    [WolverineGet("/v1/mailboxes")]
    public static async Task<IReadOnlyList<MailboxView>> Get(
        IQuerySession session, Keyring keyring, CancellationToken cancellation)
    {
        var listed = await session.Query<ListedMailbox>().ToListAsync(cancellation);
        var views = new List<MailboxView>(listed.Count);
        foreach (var (id, mailbox) in listed.Select(entry => (entry.Id, entry.Mailbox)))
        {
            var seal = await keyring.SealOf(new MailboxId(id), cancellation);
            views.Add(new MailboxView(
                id, seal.Open(mailbox.Address), mailbox.Kind, mailbox.Status, mailbox.FailureCode));
        }

        return [.. views.OrderBy(view => view.Address, StringComparer.Ordinal)];
    }
}
