using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Projections;
using Marten;

namespace HybridCalendar.Host.Watch;

/// <summary>The record in PostgreSQL: what one session reads, and what it saves with its changes.</summary>
public sealed class MartenLedger(IDocumentSession session) : ILedger
{
    public Task<CalendarCursor?> LoadCursor(MailboxId mailbox, CancellationToken cancellation) =>
        session.LoadAsync<CalendarCursor>(mailbox.Value, cancellation);

    public void MoveOn(CalendarCursor next) => session.UpdateRevision(next, next.Version + 1);

    public Task<IReadOnlyList<KnownItem>> FindKnown(
        MailboxId mailbox, Guid[] keys, Guid[] meetings, CancellationToken cancellation) =>
        session.Query<KnownItem>()
            .Where(item => item.Mailbox == mailbox.Value
                && (keys.Contains(item.Id) || meetings.Contains(item.Meeting)))
            .ToListAsync(cancellation);

    public Task<IReadOnlyList<KnownItem>> FindKnownBefore(
        MailboxId mailbox, int pass, CancellationToken cancellation) =>
        session.Query<KnownItem>()
            .Where(item => item.Mailbox == mailbox.Value && item.Pass < pass)
            .ToListAsync(cancellation);

    public void Know(KnownItem item) => session.Store(item);

    public void Forget(KnownItem item) => session.Delete<KnownItem>(item.Id);

    public Task<IReadOnlyList<ParkedItem>> FindParked(MailboxId mailbox, CancellationToken cancellation) =>
        session.Query<ParkedItem>().Where(item => item.Mailbox == mailbox.Value).ToListAsync(cancellation);

    public Task<IReadOnlyList<ParkedItem>> FindParked(Guid[] keys, CancellationToken cancellation) =>
        session.LoadManyAsync<ParkedItem>(cancellation, keys);

    public void Park(ParkedItem item) => session.Store(item);

    public void Unpark(ParkedItem item) => session.Delete<ParkedItem>(item.Id);

    public async Task<Dictionary<Guid, TState>> Fold<TState, TEvent>(
        IReadOnlyCollection<Guid> streams,
        Func<TState?, TEvent, TState?> evolve,
        CancellationToken cancellation)
        where TState : class
    {
        var states = new Dictionary<Guid, TState>();
        if (streams.Count == 0)
        {
            return states;
        }

        var ids = streams.ToArray();
        var events = await session.Events.QueryAllRawEvents()
            .Where(e => ids.Contains(e.StreamId))
            .OrderBy(e => e.Version)
            .ToListAsync(cancellation);
        foreach (var e in events)
        {
            if (evolve(states.GetValueOrDefault(e.StreamId), (TEvent)e.Data) is { } state)
            {
                states[e.StreamId] = state;
            }
        }

        return states;
    }

    public void Append(Guid stream, IReadOnlyList<object> news)
    {
        if (news.Count > 0)
        {
            session.Events.Append(stream, news);
        }
    }

    public async Task Record(
        MailboxId mailbox,
        Func<Mailbox?, IReadOnlyList<MailboxEvent>> decide,
        CancellationToken cancellation)
    {
        var stream = await session.Events.FetchForWriting<ListedMailbox>(mailbox.Value, cancellation);
        stream.AppendMany(decide(stream.Aggregate?.Mailbox));
    }
}
