using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Host.Keys;
using HybridCalendar.Projections;
using Marten;
using NodaTime;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>A mailbox, as readers see it.</summary>
/// <param name="Failure">Why it cannot be read; null unless its status is failed.</param>
/// <param name="Lead">How long before a meeting's start its Join button comes up.</param>
/// <param name="Tail">How long after a meeting's end its Join button goes.</param>
/// <param name="Stripped">What a room takes out of the invitations that it gets.</param>
/// <param name="Advice">What to do about that; null when there is nothing to do.</param>
public sealed record MailboxView(
    Guid Id,
    string Address,
    MailboxKind Kind,
    MailboxStatus Status,
    string? Failure,
    Duration Lead,
    Duration Tail,
    IReadOnlyList<StrippedText> Stripped,
    string? Advice);

/// <summary>HTTP: which mailboxes there are.</summary>
public static class GetMailboxes
{
    /// <summary>All mailboxes that are or were watched, by address.</summary>
    [WolverineGet("/v1/mailboxes")]
    public static async Task<IReadOnlyList<MailboxView>> Get(
        IQuerySession session, Keyring keyring, CancellationToken cancellation)
    {
        var listed = await session.Query<ListedMailbox>().ToListAsync(cancellation);
        var settings = await session.LoadAsync<OrganizationSettings>(Organization.Stream, cancellation);
        var organization = settings?.Organization ?? Organization.Default;
        var views = new List<MailboxView>(listed.Count);
        foreach (var (id, mailbox) in listed.Select(entry => (entry.Id, entry.Mailbox)))
        {
            var seal = await keyring.SealOf(new MailboxId(id), cancellation);
            var times = organization.JoinTimesOf(mailbox.Kind, mailbox.JoinTimes);
            views.Add(new MailboxView(
                id,
                seal.Open(mailbox.Address),
                mailbox.Kind,
                mailbox.Status,
                mailbox.FailureCode,
                times.Lead,
                times.Tail,
                mailbox.Stripped,
                Advice.On(mailbox.Stripped)));
        }

        return [.. views.OrderBy(view => view.Address, StringComparer.Ordinal)];
    }
}
