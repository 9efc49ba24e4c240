using System.Diagnostics;
using HybridCalendar.Projections;
using Npgsql;

namespace HybridCalendar.Benchmarks.Lifecycle;

/// <summary>How long a look took, in milliseconds.</summary>
/// <param name="Commit">From its begin until its events are committed.</param>
/// <param name="Behind">From then until every read model has them.</param>
internal readonly record struct Delay(double Commit, double Behind)
{
    public double Total => Commit + Behind;
}

/// <summary>Sees when readers see what was committed, as the service's own feed of changes does.</summary>
/// <remarks>
/// The daemon stores progress in the transaction that stores documents, so progress tells what is visible. It
/// is asked for in every variant, also where nothing is behind, because asking costs something too.
/// </remarks>
internal sealed class Visibility(string connection, bool hasDaemon)
{
    private const string Progress = $"""
        select coalesce(min(last_seq_id), 0), count(*) from {Catalog.Schema}.mt_event_progression
        where name = any($1)
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);
    private readonly Lock gate = new();
    private readonly PriorityQueue<(long Began, long Committed), long> waiting = new();
    private readonly List<Delay> delays = [];

    /// <summary>What was seen since the last call.</summary>
    public IReadOnlyList<Delay> TakeDelays()
    {
        lock (gate)
        {
            Delay[] taken = [.. delays];
            delays.Clear();
            return taken;
        }
    }

    /// <summary>Whether all that was committed is visible.</summary>
    public bool IsCaughtUp
    {
        get
        {
            lock (gate)
            {
                return waiting.Count == 0;
            }
        }
    }

    /// <param name="sequence">Of the last event of the commit.</param>
    public void Committed(long sequence, long began, long committed)
    {
        lock (gate)
        {
            if (hasDaemon)
            {
                waiting.Enqueue((began, committed), sequence);
            }
            else
            {
                delays.Add(new Delay(Milliseconds(began, committed), 0));
            }
        }
    }

    /// <summary>Looks again and again until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await using var own = new NpgsqlConnection(connection);
        await own.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(Progress, own);
        var shards = Catalog.ReadModels.Select(model => model.Shard).ToArray();
        command.Parameters.Add(new NpgsqlParameter { Value = shards });
        while (!cancellation.IsCancellationRequested)
        {
            See(await Position(command, cancellation), Stopwatch.GetTimestamp());
            await Task.Delay(Pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<long> Position(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.GetInt64(1) < Catalog.ReadModels.Count ? 0 : reader.GetInt64(0);
    }

    private void See(long position, long at)
    {
        lock (gate)
        {
            while (waiting.TryPeek(out var look, out var sequence) && sequence <= position)
            {
                waiting.Dequeue();
                delays.Add(new Delay(
                    Milliseconds(look.Began, look.Committed),
                    Milliseconds(look.Committed, Math.Max(at, look.Committed))));
            }
        }
    }

    private static double Milliseconds(long from, long to) =>
        Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
