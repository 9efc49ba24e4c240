using System.Diagnostics;
using System.Globalization;
using HybridCalendar.Host.Rebuild;
using HybridCalendar.Projections;
using JasperFx.Events.Projections;
using Marten;
using Npgsql;

namespace HybridCalendar.Benchmarks.Rebuild;

/// <summary>
/// How fast the meeting list is folded afresh from an interleaved history: by Marten, by Marten at its
/// best, by the service, and against the floor, which only reads the same rows.
/// </summary>
internal sealed class RebuildMeasurement : IMeasurement
{
    private const int EventsUsual = 200_000;
    private const int EventsQuick = 10_000;
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    // After this long Marten's default is measured by what it has done until then.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public string Name => "rebuild";

    public string Question =>
        "a read model folded afresh from interleaved events: at what rate, how much memory?";

    private static ReadModel Model => Catalog.ReadModels[0];

    public async Task Run(Arguments arguments, CancellationToken cancellation)
    {
        var events = arguments.Events ?? (arguments.Quick ? EventsQuick : EventsUsual);
        await using var server = await Server.Start(cancellation);
        await using var database = await OwnDatabase.Create(server.Connection, cancellation);
        Console.WriteLine(await Machine.Describe(database, cancellation));
        var story = new Story(events);
        using (var store = Store(database, _ => { }))
        {
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        }

        await story.Tell(database, cancellation);
        var size = await database.Value(
            $"select pg_size_pretty(pg_total_relation_size('{Catalog.Schema}.mt_events'))", cancellation);
        Console.WriteLine($"{events} events of {story.Meetings} meetings, {size} with indexes");
        GC.Collect();

        var outcomes = new List<Outcome>();
        (string, Func<Stopwatch, Task<long>>)[] ways =
        [
            ("reading only", _ => Floor(database, cancellation)),
            ("the service", _ => Ours(database, [Model], events, cancellation)),
            ("the service, all", _ => Ours(database, Catalog.ReadModels, events, cancellation)),
            ("Marten, best", watch => Martens(database, Best, Limit, watch, cancellation)),
            ("Marten, default", watch => Martens(database, _ => { }, Patience, watch, cancellation)),
        ];
        await Steps.Take([.. ways.Select(way => (way.Item1, (Func<Task<string>>)Step))]);

        async Task<string> Step()
        {
            var (name, way) = ways[outcomes.Count];
            var outcome = await Measure(name, way);
            outcomes.Add(outcome);
            return $"{outcome.Events} events, {outcome.Rate:F0} events/s";
        }

        Console.WriteLine();
        Console.WriteLine(Figures(outcomes));
    }

    private static Table Figures(List<Outcome> outcomes)
    {
        var table = new Table(
            "rebuild", "events", "s", "events/s", "to reading only", "service is faster", "peak MB");
        foreach (var outcome in outcomes)
        {
            table.Add(
                outcome.Name,
                Number(outcome.Events, "F0"),
                Number(outcome.Seconds, "F1"),
                Number(outcome.Rate, "F0"),
                Number(outcomes[0].Rate / outcome.Rate, "F1"),
                Number(outcomes[1].Rate / outcome.Rate, "F1"),
                Number(outcome.PeakMegabytes, "F0"));
        }

        return table;
    }

    private static string Number(double number, string format) =>
        number.ToString(format, CultureInfo.InvariantCulture);

    private static async Task<Outcome> Measure(string name, Func<Stopwatch, Task<long>> way)
    {
        GC.Collect();
        var peak = 0L;
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
                await Task.Delay(TimeSpan.FromMilliseconds(50), stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        var watch = Stopwatch.StartNew();
        var events = await way(watch);
        watch.Stop();
        await stop.CancelAsync();
        await watching;
        return new Outcome(name, events, watch.Elapsed.TotalSeconds, peak / 1e6);
    }

    private static async Task<long> Floor(OwnDatabase database, CancellationToken cancellation)
    {
        var names = Domain.StoredNames.Events
            .Where(pair => Model.Events.Contains(pair.Key)).Select(pair => pair.Value).ToArray();
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            select seq_id, stream_id, version, type, data from {Catalog.Schema}.mt_events
            where type = any($1) order by seq_id
            """,
            connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter { Value = names });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = 0L;
        while (await reader.ReadAsync(cancellation))
        {
            rows++;
        }

        return rows;
    }

    private static async Task<long> Ours(
        OwnDatabase database, IReadOnlyList<ReadModel> models, long events, CancellationToken cancellation)
    {
        using var store = Store(database, _ => { });
        await new Rebuilder(store, database.Connection, new BuildProgress())
            .Rebuild(models, Rebuilder.StreamsPerPart, cancellation);
        return events;
    }

    private static async Task<long> Martens(
        OwnDatabase database,
        Action<StoreOptions> configure,
        TimeSpan patience,
        Stopwatch watch,
        CancellationToken cancellation)
    {
        using var store = Store(database, configure);
        using var daemon = await store.BuildProjectionDaemonAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var rebuild = daemon.RebuildProjectionAsync(Model.Name, Limit, stop.Token);
        await await Task.WhenAny(rebuild, Task.Delay(patience, cancellation));
        var done = await store.Advanced.ProjectionProgressFor(new ShardName(Model.Name), token: cancellation);

        // What is to be stopped goes on for minutes.
        watch.Stop();
        await stop.CancelAsync();
        await rebuild.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return done;
    }

    private static DocumentStore Store(OwnDatabase database, Action<StoreOptions> configure) =>
        DocumentStore.For(options =>
        {
            options.Connection(database.Connection);
            options.AddCalendar();
            options.Projections.AsyncMode = JasperFx.Events.Daemon.DaemonMode.ExternallyManaged;
            configure(options);
        });

    // As measured best: all documents in memory until the end, then COPY; large pages.
    private static void Best(StoreOptions options)
    {
        options.Projections.RebuildWithBulkCopy = true;
        foreach (var source in options.Projections.All)
        {
            source.Options.RebuildFlushThreshold = int.MaxValue;
            source.Options.BatchSize = 10_000;
            source.Options.MaximumHopperSize = 40_000;
        }
    }

    private sealed record Outcome(string Name, long Events, double Seconds, double PeakMegabytes)
    {
        public double Rate => Events / Seconds;
    }
}
