using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Keys;
using HybridCalendar.Projections;
using Marten;
using NodaTime;

namespace HybridCalendar.Host.Read;

/// <summary>What a mailbox shows at an instant.</summary>
/// <param name="ChangesAt">When to look again, should nothing be recorded before.</param>
public sealed record BoardState(
    Instant At, JoinSchedule Schedule, JoinScheduleView Joins, PresenceView? Presence, Instant ChangesAt);

/// <summary>Reads what a mailbox shows: its Join buttons, and whether its owner is away.</summary>
public sealed class Board(IDocumentStore store, Keyring keyring)
{
    /// <summary>Null when the mailbox is not watched.</summary>
    public async Task<BoardState?> Read(
        Guid mailbox, string? tentative, Instant now, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        if (await Viewer.Load(mailbox, tentative, session, cancellation) is not ({ } viewer, _))
        {
            return null;
        }

        var schedule = await GetJoinSchedule.ScheduleOf(mailbox, now, viewer, session, cancellation);
        var presence = await session.LoadAsync<Presence>(mailbox, cancellation);
        var seal = await keyring.SealOf(new MailboxId(mailbox), cancellation);
        Instant?[] borders =
            [schedule.ChangesAt, presence?.Replies.ChangesAt(now), now + JoinSchedule.Horizon];
        return new BoardState(
            now,
            schedule,
            GetJoinSchedule.ViewOf(mailbox, now, schedule, seal),
            presence is null ? null : GetPresence.ViewOf(presence, now),
            borders.Min()!.Value);
    }
}
