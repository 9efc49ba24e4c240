using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Watch;
using HybridCalendar.Simulation.Record;
using Marten;
using Marten.Services;
using Npgsql;

namespace HybridCalendar.Simulation.Postgres;

/// <summary>
/// The service's own ledger, within a transaction that is held open between its statements and its commit.
/// </summary>
internal sealed class MartenTransaction : ITransaction, IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly IDocumentSession session;
    private readonly MartenLedger ledger;

    private MartenTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, DocumentStore store)
    {
        this.connection = connection;
        this.transaction = transaction;
        session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        ledger = new MartenLedger(session);
    }

    public static async Task<MartenTransaction> Begin(NpgsqlDataSource source, DocumentStore store)
    {
        var connection = await source.OpenConnectionAsync();
        return new MartenTransaction(connection, await connection.BeginTransactionAsync(), store);
    }

    public Task Execute() => AtOnce(() => session.SaveChangesAsync());

    public Task Commit() => AtOnce(async () =>
    {
        await transaction.CommitAsync();
        await DisposeAsync();
    });

    public Task RollBack() => AtOnce(() => DisposeAsync().AsTask());

    public Task<CalendarCursor?> LoadCursor(MailboxId mailbox, CancellationToken cancellation) =>
        AtOnce(() => ledger.LoadCursor(mailbox, cancellation));

    public void MoveOn(CalendarCursor next) => ledger.MoveOn(next);

    public Task<IReadOnlyList<KnownItem>> FindKnown(
        MailboxId mailbox, Guid[] keys, Guid[] meetings, CancellationToken cancellation) =>
        AtOnce(() => ledger.FindKnown(mailbox, keys, meetings, cancellation));

    public Task<IReadOnlyList<KnownItem>> FindKnownBefore(
        MailboxId mailbox, int pass, CancellationToken cancellation) =>
        AtOnce(() => ledger.FindKnownBefore(mailbox, pass, cancellation));

    public void Know(KnownItem item) => ledger.Know(item);

    public void Forget(KnownItem item) => ledger.Forget(item);

    public Task<IReadOnlyList<ParkedItem>> FindParked(MailboxId mailbox, CancellationToken cancellation) =>
        AtOnce(() => ledger.FindParked(mailbox, cancellation));

    public Task<IReadOnlyList<ParkedItem>> FindParked(Guid[] keys, CancellationToken cancellation) =>
        AtOnce(() => ledger.FindParked(keys, cancellation));

    public void Park(ParkedItem item) => ledger.Park(item);

    public void Unpark(ParkedItem item) => ledger.Unpark(item);

    public Task<Dictionary<Guid, TState>> Fold<TState, TEvent>(
        IReadOnlyCollection<Guid> streams,
        Func<TState?, TEvent, TState?> evolve,
        CancellationToken cancellation)
        where TState : class => AtOnce(() => ledger.Fold(streams, evolve, cancellation));

    public void Append(Guid stream, IReadOnlyList<object> news) => ledger.Append(stream, news);

    public Task Record(
        MailboxId mailbox,
        Func<Mailbox?, IReadOnlyList<MailboxEvent>> decide,
        CancellationToken cancellation) => AtOnce(() => ledger.Record(mailbox, decide, cancellation));

    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    // A step does not wait, whatever it does: others would go on meanwhile, and in no order.
    private static Task AtOnce(Func<Task> work)
    {
        Task.Run(work).GetAwaiter().GetResult();
        return Task.CompletedTask;
    }

    private static Task<T> AtOnce<T>(Func<Task<T>> work) =>
        Task.FromResult(Task.Run(work).GetAwaiter().GetResult());
}
