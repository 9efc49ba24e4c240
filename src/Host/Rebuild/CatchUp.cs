using System.Text.Json;
using HybridCalendar.Projections;
using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>
/// Brings a shadow from one event to a later one: reads, folds and writes only what changed.
/// </summary>
internal sealed class CatchUp(Shadow shadow)
{
    /// <summary>Positions that are gone through in one transaction, so that memory stays bounded.</summary>
    public const int EventsAtOnce = 20_000;

    private static readonly Action<long, int> Silently = (_, _) => { };

    private readonly string condition = new EventTypes([shadow.Model]).Condition;

    /// <summary>Within the transaction of the connection.</summary>
    public async Task Fold(
        NpgsqlConnection connection, long from, long to, CancellationToken cancellation)
    {
        for (var floor = from; floor < to; floor += EventsAtOnce)
        {
            var ceiling = Math.Min(to, floor + EventsAtOnce);
            var touched = await StreamsAfter(connection, floor, ceiling, cancellation);
            if (touched.Length > 0)
            {
                var seeds = await Load(connection, touched, cancellation);
                var pass = new FoldPass([new Aim(shadow.Model, ceiling)], Silently);
                var parts = await pass.Run(connection, StreamRange.All, floor, seeds, cancellation);
                await Write(connection, touched, parts, cancellation);
            }
        }
    }

    /// <summary>The streams with events after one and up to another.</summary>
    public async Task<Guid[]> StreamsAfter(
        NpgsqlConnection connection, long floor, long ceiling, CancellationToken cancellation) =>
    [
        .. await connection.Rows(
            $"""
            select distinct stream_id from {Catalog.Schema}.mt_events
            where seq_id > $1 and seq_id <= $2 and {condition}
            """,
            reader => reader.GetGuid(0),
            cancellation,
            floor,
            ceiling),
    ];

    private async Task<FoldedPart[]> Load(
        NpgsqlConnection connection, Guid[] streams, CancellationToken cancellation)
    {
        FoldedPart[] parts = [.. FoldPass.NewParts()];
        var stored = await connection.Rows(
            $"select id, data, mt_version from {shadow.Name} where id = any($1)",
            reader => (Id: reader.GetGuid(0), Json: reader.GetString(1), Version: reader.GetInt64(2)),
            cancellation,
            streams);
        foreach (var (id, json, version) in stored)
        {
            var stream = new FoldedStream(models: 1);
            stream.Documents[0] = JsonSerializer.Deserialize(json, shadow.Model.Document, EventJson.Options);
            stream.Versions[0] = version;
            parts[FoldPass.WorkerOf(id, parts.Length)].Add(id, stream);
        }

        return parts;
    }

    private async Task Write(
        NpgsqlConnection connection, Guid[] touched, FoldedPart[] parts, CancellationToken cancellation)
    {
        var documents = parts.SelectMany(part => part.Documents(0)).ToArray();
        await connection.Execute(
            $"delete from {shadow.Name} where id = any($1) and id <> all($2)",
            cancellation,
            touched,
            documents.Select(document => document.Id).ToArray());
        await connection.Execute(
            $"""
            insert into {shadow.Name} (id, data, mt_version, mt_dotnet_type)
            select id, data::jsonb, version, $4
            from unnest($1, $2, $3) as folded (id, data, version)
            on conflict (id) do update set data = excluded.data, mt_version = excluded.mt_version,
                mt_dotnet_type = excluded.mt_dotnet_type, mt_last_modified = transaction_timestamp()
            """,
            cancellation,
            documents.Select(document => document.Id).ToArray(),
            documents.Select(Json).ToArray(),
            documents.Select(document => document.Version).ToArray(),
            shadow.Model.Document.FullName!);
    }

    private string Json((Guid Id, object Document, long Version) folded) =>
        JsonSerializer.Serialize(folded.Document, shadow.Model.Document, EventJson.Options);
}
