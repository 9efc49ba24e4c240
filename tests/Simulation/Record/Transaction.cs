using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Watch;
using HybridCalendar.Projections;
using JasperFx;

namespace HybridCalendar.Simulation.Record;

/// <summary>One transaction of <see cref="Store"/>.</summary>
internal sealed class Transaction(Store store) : ITransaction
{
    private readonly List<Action> changes = [];
    private readonly List<(Guid Stream, long? Expected, IReadOnlyList<object> News)> appends = [];
    private readonly List<StoredEvent> placed = [];
    private CalendarCursor? moved;

    public Task<CalendarCursor?> LoadCursor(MailboxId mailbox, CancellationToken cancellation) =>
        Task.FromResult(store.Cursors.TryGetValue(mailbox.Value, out var cursor) ? cursor with { } : null);

    public void MoveOn(CalendarCursor next) => moved = next;

    public Task<IReadOnlyList<KnownItem>> FindKnown(
        MailboxId mailbox, Guid[] keys, Guid[] meetings, CancellationToken cancellation) =>
        Task.FromResult(store.InAnyOrder(store.Known.Values.Where(item => item.Mailbox == mailbox.Value
            && (keys.Contains(item.Id) || meetings.Contains(item.Meeting)))));

    public Task<IReadOnlyList<KnownItem>> FindKnownBefore(
        MailboxId mailbox, int pass, CancellationToken cancellation) =>
        Task.FromResult(store.InAnyOrder(
            store.Known.Values.Where(item => item.Mailbox == mailbox.Value && item.Pass < pass)));

    public void Know(KnownItem item) => changes.Add(() => store.Known[item.Id] = item);

    public void Forget(KnownItem item) => changes.Add(() => store.Known.Remove(item.Id));

    public Task<IReadOnlyList<ParkedItem>> FindParked(MailboxId mailbox, CancellationToken cancellation) =>
        Task.FromResult(store.InAnyOrder(
            store.Parked.Values.Where(item => item.Mailbox == mailbox.Value)));

    public Task<IReadOnlyList<ParkedItem>> FindParked(Guid[] keys, CancellationToken cancellation) =>
        Task.FromResult(store.InAnyOrder(
            keys.Distinct().Where(store.Parked.ContainsKey).Select(key => store.Parked[key])));

    public void Park(ParkedItem item) => changes.Add(() => store.Parked[item.Id] = item);

    public void Unpark(ParkedItem item) => changes.Add(() => store.Parked.Remove(item.Id));

    public Task<Dictionary<Guid, TState>> Fold<TState, TEvent>(
        IReadOnlyCollection<Guid> streams,
        Func<TState?, TEvent, TState?> evolve,
        CancellationToken cancellation)
        where TState : class
    {
        var states = new Dictionary<Guid, TState>();
        foreach (var stream in streams.Distinct())
        {
            var state = store.StreamOf(stream).Select(e => (TEvent)e.Data).Aggregate((TState?)null, evolve);
            if (state is not null)
            {
                states[stream] = state;
            }
        }

        return Task.FromResult(states);
    }

    public void Append(Guid stream, IReadOnlyList<object> news)
    {
        if (news.Count > 0)
        {
            appends.Add((stream, null, news));
        }
    }

    public Task Record(
        MailboxId mailbox,
        Func<Mailbox?, IReadOnlyList<MailboxEvent>> decide,
        CancellationToken cancellation)
    {
        var stream = store.StreamOf(mailbox.Value);
        var listed = stream.Select(e => (MailboxEvent)e.Data).Aggregate(
            (ListedMailbox?)null, (known, e) => ListedMailbox.Fold(known, mailbox.Value, e));
        var news = decide(listed?.Mailbox);
        if (news.Count > 0)
        {
            appends.Add((mailbox.Value, stream.Count, news));
        }

        return Task.CompletedTask;
    }

    public Task Execute()
    {
        if (moved is { } next && store.Cursors.GetValueOrDefault(next.Id)?.Version > next.Version)
        {
            throw new ConcurrencyException(typeof(CalendarCursor), next.Id);
        }

        foreach (var (stream, expected, _) in appends)
        {
            if (expected is { } version && store.StreamOf(stream).Count != version)
            {
                throw new ConcurrencyException(typeof(ListedMailbox), stream);
            }
        }

        foreach (var append in appends.GroupBy(one => one.Stream))
        {
            var version = store.StreamOf(append.Key).Count;
            placed.AddRange(append.SelectMany(one => one.News)
                .Select(data => StoredEvent.Of(store.TakePlace(), append.Key, ++version, data)));
        }

        return Task.CompletedTask;
    }

    public Task Commit()
    {
        if (moved is { } next)
        {
            store.Cursors[next.Id] = next with { Version = next.Version + 1 };
        }

        changes.ForEach(change => change());
        placed.ForEach(store.Add);
        return Task.CompletedTask;
    }

    public Task RollBack()
    {
        placed.ForEach(e => store.GiveUp(e.Sequence));
        return Task.CompletedTask;
    }
}
