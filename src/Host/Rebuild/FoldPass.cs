using System.Text.Json;
using System.Threading.Channels;
using HybridCalendar.Projections;
using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>
/// An event that cannot be folded. The message names the event and says nothing of what is in it.
/// </summary>
internal sealed class FoldException(long sequence, string type, string model, Exception cause)
    : Exception($"Event {sequence} ({type}) cannot be folded into {model}: {cause.GetType().Name}.", cause);

/// <summary>A read model, and the last event that is to be folded into it.</summary>
internal sealed record Aim(ReadModel Model, long Ceiling);

/// <summary>
/// Reads events once, in the order in which they were recorded, and folds them into all read models on all
/// cores: each stream by one worker, so that its events stay in order.
/// </summary>
/// <remarks>
/// In memory are the documents of the streams that are folded, and at most <see cref="BatchesWaiting"/>
/// batches a worker. Each event is read from JSON once, whatever it is folded into.
/// </remarks>
internal sealed class FoldPass(IReadOnlyList<Aim> aims, Action<long, int> progress)
{
    private const int BatchesWaiting = 4;

    // By the order of the primary key: sorting would put all events into temporary files first.
    private const string NoSorting = "set enable_sort = off; set enable_seqscan = off";

    private readonly EventTypes types = new([.. aims.Select(aim => aim.Model)]);

    /// <summary>The documents at their ceilings of the streams of a range; events up to the floor are not
    /// read.</summary>
    /// <param name="seeds">What is known of the streams at the floor; null for none.</param>
    public async Task<FoldedPart[]> Run(
        NpgsqlConnection connection,
        StreamRange range,
        long floor,
        FoldedPart[]? seeds,
        CancellationToken cancellation)
    {
        var parts = seeds ?? [.. NewParts()];
        var channels = parts
            .Select(_ => Channel.CreateBounded<EventBatch>(BatchesWaiting))
            .ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] tasks =
        [
            .. parts.Zip(channels, (part, channel) =>
                Task.Run(() => Work(part, channel.Reader, stop), CancellationToken.None)),
            Read(connection, range, floor, channels, stop),
        ];
        await Task.WhenAll(tasks);
        return parts;
    }

    /// <summary>Parts for the workers, without streams.</summary>
    public static IEnumerable<FoldedPart> NewParts() =>
        Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new FoldedPart());

    /// <summary>Which worker folds a stream.</summary>
    public static int WorkerOf(Guid stream, int workers) =>
        (int)(unchecked((uint)stream.GetHashCode()) % (uint)workers);

    private async Task Read(
        NpgsqlConnection connection,
        StreamRange range,
        long floor,
        Channel<EventBatch>[] channels,
        CancellationTokenSource stop)
    {
        var batches = channels.Select(_ => new EventBatch()).ToArray();
        try
        {
            await using (var settings = new NpgsqlCommand(NoSorting, connection))
            {
                await settings.ExecuteNonQueryAsync(stop.Token);
            }

            var last = floor;
            await using var rows = await BinaryRows.Open(connection, Query(range, floor), stop.Token);
            while (await rows.Next(stop.Token))
            {
                var stream = rows.Id(1);
                var worker = WorkerOf(stream, channels.Length);
                if (!batches[worker].Fits(rows.Json(4).Length))
                {
                    progress(rows.Number(0), 0);
                    await channels[worker].Writer.WriteAsync(batches[worker], stop.Token);
                    batches[worker] = new EventBatch();
                }

                var type = types.IndexOf(rows.Field(3));
                batches[worker].Add(rows.Number(0), stream, rows.Number(2), type, rows.Json(4));
            }

            for (var worker = 0; worker < channels.Length; worker++)
            {
                await channels[worker].Writer.WriteAsync(batches[worker], stop.Token);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            foreach (var channel in channels)
            {
                channel.Writer.TryComplete();
            }
        }
    }

    private string Query(StreamRange range, long floor) =>
        $"""
        select seq_id, stream_id, version, type, data from {Catalog.Schema}.mt_events
        where seq_id > {floor} and seq_id <= {aims.Max(aim => aim.Ceiling)}
            and {range.Condition("stream_id")} and {types.Condition}
        order by seq_id
        """;

    private async Task Work(FoldedPart part, ChannelReader<EventBatch> batches, CancellationTokenSource stop)
    {
        try
        {
            await foreach (var batch in batches.ReadAllAsync(stop.Token))
            {
                using (batch)
                {
                    Fold(part, batch);
                }

                progress(0, batch.Events.Count);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private void Fold(FoldedPart part, EventBatch batch)
    {
        foreach (var e in batch.Events)
        {
            if (!part.TryGetValue(e.Stream, out var stream))
            {
                part.Add(e.Stream, stream = new FoldedStream(aims.Count));
            }

            var model = -1;
            try
            {
                var happened = JsonSerializer.Deserialize(batch.Json(e), types.Shape(e.Type))!;
                foreach (var index in types.ModelsOf(e.Type))
                {
                    model = index;
                    if (e.Sequence <= aims[model].Ceiling)
                    {
                        stream.Documents[model] =
                            aims[model].Model.Fold(stream.Documents[model], e.Stream, happened);
                        stream.Versions[model] = e.Version;
                    }
                }
            }
            catch (Exception failure)
            {
                var name = model < 0 ? "a value" : aims[model].Model.Name;
                throw new FoldException(e.Sequence, types.Name(e.Type), name, failure);
            }
        }
    }
}
