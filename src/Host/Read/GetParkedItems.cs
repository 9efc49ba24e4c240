using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Watch;
using HybridCalendar.Projections;
using Marten;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>An item that cannot be understood, as readers see it.</summary>
public sealed record ParkedItemView(string Reason, Instant Since);

/// <summary>HTTP: what cannot be understood.</summary>
public static class GetParkedItems
{
    public static async Task<ProblemDetails> ValidateAsync(
        Guid mailbox, IQuerySession session, CancellationToken cancellation) =>
        await session.LoadAsync<ListedMailbox>(mailbox, cancellation)
            is { Mailbox.Status: not MailboxStatus.Disabled }
            ? WolverineContinue.NoProblems
            : Problems.NoMailbox();

    /// <summary>The items of a mailbox's calendar that cannot be understood, and why, oldest first.</summary>
    [WolverineGet("/v1/mailboxes/{mailbox}/parked-items")]
    public static async Task<IReadOnlyList<ParkedItemView>> Get(
        Guid mailbox, IQuerySession session, CancellationToken cancellation)
    {
        var parked = await session.Query<ParkedItem>()
            .Where(item => item.Mailbox == mailbox)
            .ToListAsync(cancellation);
        return
        [
            .. parked.OrderBy(item => item.Since).Select(item => new ParkedItemView(item.Reason, item.Since)),
        ];
    }
}
