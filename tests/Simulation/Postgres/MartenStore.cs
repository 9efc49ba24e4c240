using HybridCalendar.Adapters.Keys;
using HybridCalendar.Host.Keys;
using HybridCalendar.Host.Read;
using HybridCalendar.Host.Watch;
using HybridCalendar.Projections;
using HybridCalendar.Simulation.Record;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Events;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HybridCalendar.Simulation.Postgres;

/// <summary>The service's own store in a real PostgreSQL, with Marten's own daemon.</summary>
internal sealed class MartenStore : IStore, IAsyncDisposable
{
    private static readonly TimeSpan CatchUpTakesAtMost = TimeSpan.FromMinutes(2);

    private readonly NpgsqlDataSource source;
    private readonly DocumentStore store;
    private readonly Keyring keyring;
    private readonly List<MartenTransaction> opened = [];
    private IProjectionDaemon? daemon;

    private MartenStore(string connection)
    {
        source = NpgsqlDataSource.Create(connection);
        store = DocumentStore.For(options =>
        {
            options.Connection(connection);
            options.AddCalendar();
            options.AddBookkeeping();
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        });
        keyring = new Keyring(store, new NoKey());
    }

    public static async Task<MartenStore> Start(string connection)
    {
        var started = new MartenStore(connection);
        started.daemon = await started.store.BuildProjectionDaemonAsync();
        await started.daemon.StartAllAsync();
        return started;
    }

    // A step does not wait, whatever it does: others would go on meanwhile, and in no order.
    public ITransaction Open() => Task.Run(async () =>
    {
        var transaction = await MartenTransaction.Begin(source, store);
        opened.Add(transaction);
        return transaction;
    }).GetAwaiter().GetResult();

    /// <summary>The service's own feed. What it tells is not put into words, so no key is needed.</summary>
    public ChangeFeed Feed() => new(
        new ChangeLog(store, new History(store, keyring)),
        TimeProvider.System,
        NullLogger<ChangeFeed>.Instance);

    public Task CatchUp() => store.WaitForNonStaleProjectionDataAsync(CatchUpTakesAtMost);

    public async Task Rebuild()
    {
        foreach (var view in Catalog.ProjectionNames)
        {
            await daemon!.RebuildProjectionAsync(view, CancellationToken.None);
        }
    }

    /// <summary>All events, without those by which Marten fills the places of what failed.</summary>
    public async Task<IReadOnlyList<StoredEvent>> Events()
    {
        await using var command = source.CreateCommand(
            """
            select seq_id, stream_id, version, type, data::text from calendar.mt_events
            where type <> 'tombstone' order by seq_id
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync())
        {
            events.Add(new StoredEvent(
                reader.GetInt64(0),
                reader.GetGuid(1),
                reader.GetInt64(2),
                reader.GetString(3),
                reader.GetString(4)));
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var transaction in opened)
        {
            await transaction.DisposeAsync();
        }

        daemon?.Dispose();
        keyring.Dispose();
        await store.DisposeAsync();
        await source.DisposeAsync();
    }

    /// <summary>Nothing of a simulated world is wrapped with it.</summary>
    private sealed class NoKey : IKeyEncryptionKey
    {
        public Task<byte[]> Wrap(ReadOnlyMemory<byte> dataKey, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<byte[]> Unwrap(ReadOnlyMemory<byte> wrapped, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
