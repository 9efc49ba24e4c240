using System.Diagnostics;
using HybridCalendar.Projections;
using Marten;
using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>Builds read models anew from the events, beside those that are read, and swaps them.</summary>
/// <remarks>
/// Streams are folded in parts, so that memory is bounded: with one part, which is the usual case, the events
/// are read once. A part that is written is not folded again by whoever goes on after a kill.
/// </remarks>
internal sealed class Rebuilder(IDocumentStore store, string database, BuildProgress told)
{
    /// <summary>Streams of a part, whose documents are in memory at the same time.</summary>
    public const int StreamsPerPart = 100_000;

    // Nobody should be kept from reading by readers before it that never end.
    private static readonly TimeSpan SwapLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SwapPause = TimeSpan.FromMilliseconds(100);

    // Documents of more than 2 kB are compressed: by default that takes a quarter of the time of writing.
    private const string FastCompression = """
        select set_config(name, 'lz4', false) from pg_settings
        where name = 'default_toast_compression' and 'lz4' = any(enumvals)
        """;

    private const string PartBounds = $"""
        select id from (
            select id, row_number() over (order by id) as place from {Catalog.Schema}.mt_streams) as streams
        where place % $1 = 0 order by id
        """;

    private readonly ReadModelTables tables = new(store);
    private readonly string database =
        new NpgsqlConnectionStringBuilder(database) { CommandTimeout = 0 }.ConnectionString;

    /// <param name="streamsPerPart">Fewer than usual, to try how parts work.</param>
    /// <exception cref="BuildHeldException">Another process is at work with one of them.</exception>
    /// <exception cref="FoldException">An event cannot be folded; nothing has changed.</exception>
    public async Task Rebuild(
        IReadOnlyList<ReadModel> models, int streamsPerPart, CancellationToken cancellation)
    {
        await using var holds = await BuildHolds.Take(
            database, models.Select(model => model.Shard), cancellation);
        await using var connection = await Open(cancellation);
        Shadow[] shadows = [.. models.Select(model => new Shadow(model, tables.Of(model)))];
        var builds = await GoOn(connection, shadows, cancellation);
        Shadow[] fresh = [.. shadows.Where(shadow => !builds.ContainsKey(shadow))];
        foreach (var (shadow, build) in await Begin(connection, fresh, streamsPerPart, cancellation))
        {
            builds.Add(shadow, build);
        }

        // What is equally far is folded together, in one reading.
        foreach (var group in builds.GroupBy(
            pair => (pair.Value.Position, pair.Value.Bounds, pair.Value.Done)))
        {
            await WriteParts([.. group.Select(pair => (pair.Key, pair.Value))], connection, cancellation);
        }

        foreach (var (shadow, build) in builds)
        {
            told.Swaps(shadow.Model.Name);
            await shadow.AddIndexes(connection, cancellation);
            await CatchUpAndSwap(shadow, build.Position, connection, cancellation);
            told.Swapped(shadow.Model.Name);
        }
    }

    /// <summary>The last stream of each part; null: the last of all.</summary>
    public static async Task<Guid?[]> Bounds(
        NpgsqlConnection connection, int streamsPerPart, CancellationToken cancellation) =>
    [
        .. await connection.Rows(
            PartBounds, reader => (Guid?)reader.GetGuid(0), cancellation, streamsPerPart),
        null,
    ];

    private async Task<NpgsqlConnection> Open(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    // Where somebody was killed who folds the same, his work is taken over.
    private static async Task<Dictionary<Shadow, Build>> GoOn(
        NpgsqlConnection connection, IEnumerable<Shadow> shadows, CancellationToken cancellation)
    {
        var known = new Dictionary<string, Guid?[]>();
        var builds = new Dictionary<Shadow, Build>();
        foreach (var shadow in shadows)
        {
            var build = await Build.Read(connection, shadow.Model.Shard, cancellation);
            if (build?.Code == Build.ThisCode && await shadow.IsThere(connection, cancellation))
            {
                // The same bounds are one array, by which builds are known to belong together.
                var bounds = string.Join(' ', build.Bounds);
                builds.Add(shadow, build with { Bounds = known.GetValueOrDefault(bounds, build.Bounds) });
                known.TryAdd(bounds, build.Bounds);
            }
        }

        return builds;
    }

    private async Task<IEnumerable<(Shadow, Build)>> Begin(
        NpgsqlConnection connection,
        IReadOnlyList<Shadow> shadows,
        int streamsPerPart,
        CancellationToken cancellation)
    {
        if (shadows.Count == 0)
        {
            return [];
        }

        var ceiling = await HighWater();
        var bounds = await Bounds(connection, streamsPerPart, cancellation);
        (Shadow Shadow, Build Build)[] builds =
        [
            .. shadows.Select(shadow =>
                (shadow, new Build(shadow.Model.Shard, Build.ThisCode, ceiling, bounds, Done: 0))),
        ];

        // All at once, so that a kill does not part those that can be folded together.
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var (shadow, build) in builds)
        {
            await shadow.Create(connection, cancellation);
            await build.Write(connection, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return builds;
    }

    // Marten knows up to where no event is missing that somebody may still be about to commit.
    private async Task<long> HighWater()
    {
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.PrepareForRebuildsAsync();
        return daemon.Tracker.HighWaterMark;
    }

    private async Task WriteParts(
        IReadOnlyList<(Shadow Shadow, Build Build)> group,
        NpgsqlConnection connection,
        CancellationToken cancellation)
    {
        var first = group[0].Build;
        Aim[] aims = [.. group.Select(pair => new Aim(pair.Shadow.Model, pair.Build.Position))];
        var pass = new FoldPass(aims, told.Folded);
        for (var index = first.Done; index < first.Bounds.Length; index++)
        {
            var part = first.Part(index);
            told.Begins(index, first.Bounds.Length, first.Position);
            var folded = await pass.Run(connection, part, floor: 0, seeds: null, cancellation);
            told.Writes();
            foreach (var (shadow, _) in group)
            {
                // Whoever was killed may have written some of it.
                await connection.Execute(
                    $"delete from {shadow.Name} where {part.Condition("id")}", cancellation);
            }

            await Task.WhenAll(folded.Select(one => WriteAll(one, group, cancellation)));
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            foreach (var (_, build) in group)
            {
                await (build with { Done = index + 1 }).Write(connection, cancellation);
            }

            await transaction.CommitAsync(cancellation);
        }
    }

    private async Task WriteAll(
        FoldedPart part,
        IReadOnlyList<(Shadow Shadow, Build Build)> group,
        CancellationToken cancellation)
    {
        await using var connection = await Open(cancellation);
        await connection.Execute(FastCompression, cancellation);
        for (var model = 0; model < group.Count; model++)
        {
            await group[model].Shadow.Write(connection, part, model, cancellation);
        }
    }

    private static async Task CatchUpAndSwap(
        Shadow shadow, long position, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var swap = new Swap(shadow);
        var catchUp = new CatchUp(shadow);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            position = await Follow(shadow, catchUp, position, connection, cancellation);
            if (await swap.Try(connection, position, cancellation))
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(begun) > SwapLimit)
            {
                throw new TimeoutException(
                    $"{shadow.Table} was read or changed all the time for {SwapLimit.TotalMinutes} minutes: "
                    + "look for a long transaction. What was built is kept: a rebuild goes on there.");
            }

            await Task.Delay(SwapPause, cancellation);
        }
    }

    // To where the daemon is, or without it to where all events are known.
    private static async Task<long> Follow(
        Shadow shadow,
        CatchUp catchUp,
        long position,
        NpgsqlConnection connection,
        CancellationToken cancellation)
    {
        while (true)
        {
            var daemon = await Swap.Position(connection, shadow.Model.Shard, cancellation) ?? 0;
            var target = daemon >= position
                ? daemon
                : await Swap.Position(connection, "HighWaterMark", cancellation) ?? 0;
            if (target <= position)
            {
                return position;
            }

            var next = Math.Min(target, position + CatchUp.EventsAtOnce);
            var build = await Build.Read(connection, shadow.Model.Shard, cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await catchUp.Fold(connection, position, next, cancellation);
            await (build! with { Position = next }).Write(connection, cancellation);
            await transaction.CommitAsync(cancellation);
            position = next;
        }
    }
}
