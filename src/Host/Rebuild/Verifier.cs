using System.Data;
using System.Text.Json;
using HybridCalendar.Projections;
using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>What a verification came to.</summary>
/// <param name="Documents">That were compared.</param>
/// <param name="Differences">That were found.</param>
/// <param name="Position">The last event that was folded; null when the read model never began.</param>
internal sealed record Verification(string Model, long Documents, long Differences, long? Position);

/// <summary>
/// Folds the events afresh, in parts that fit into memory, and compares with what is stored: at one instant,
/// while the service goes on.
/// </summary>
/// <param name="tell">Told in words each difference, without anything that is sealed.</param>
internal sealed class Verifier(string database, Func<ReadModel, string> tableOf, Action<string> tell)
{
    private static readonly Action<long, int> Silently = (_, _) => { };

    public async Task<Verification> Verify(
        ReadModel model, int streamsPerPart, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead, cancellation);

        // Before anything is read, so that no rebuild swaps the table between the snapshot and its reading.
        var table = tableOf(model);
        await connection.Execute($"lock table {table} in access share mode", cancellation);
        var position = await Swap.Position(connection, model.Shard, cancellation);
        var bounds = await Rebuilder.Bounds(connection, streamsPerPart, cancellation);
        var pass = new FoldPass([new Aim(model, position ?? 0)], Silently);
        var outcome = new Verification(model.Name, 0, 0, position);
        for (var part = 0; part < bounds.Length; part++)
        {
            var range = new StreamRange(part == 0 ? null : bounds[part - 1], bounds[part]);
            var folded = await pass.Run(connection, range, floor: 0, seeds: null, cancellation);
            outcome = await Compare(connection, model, table, range, folded, outcome, cancellation);
        }

        return outcome;
    }

    private async Task<Verification> Compare(
        NpgsqlConnection connection,
        ReadModel model,
        string table,
        StreamRange range,
        FoldedPart[] folded,
        Verification outcome,
        CancellationToken cancellation)
    {
        var query = $"select id, mt_version, mt_dotnet_type, data from {table} where {range.Condition("id")}";
        await using (var rows = await BinaryRows.Open(connection, query, cancellation))
        {
            while (await rows.Next(cancellation))
            {
                outcome = outcome with { Documents = outcome.Documents + 1 };
                var id = rows.Id(0);
                var part = folded[FoldPass.WorkerOf(id, folded.Length)];
                var difference = part.Remove(id, out var stream) && stream.Documents[0] is { } document
                    ? Differences(model, document, stream.Versions[0], rows)
                    : "is stored, and the events say that there is none";
                outcome = Tell(outcome, id, difference);
            }
        }

        foreach (var (id, _, _) in folded.SelectMany(part => part.Documents(0)))
        {
            outcome = outcome with { Documents = outcome.Documents + 1 };
            outcome = Tell(outcome, id, "is missing");
        }

        return outcome;
    }

    private Verification Tell(Verification outcome, Guid id, string? difference)
    {
        if (difference is null)
        {
            return outcome;
        }

        tell($"{outcome.Model} {id} {difference}.");
        return outcome with { Differences = outcome.Differences + 1 };
    }

    private static string? Differences(ReadModel model, object document, long version, BinaryRows rows)
    {
        var expected = JsonSerializer.SerializeToElement(document, model.Document, EventJson.Options);
        var reader = new Utf8JsonReader(rows.Json(3));
        var stored = JsonElement.ParseValue(ref reader);
        var paths = Difference.Paths(expected, stored).ToArray();
        if (paths.Length > 0)
        {
            var more = paths.Length > Difference.PathsMax
                ? $" and {paths.Length - Difference.PathsMax} more"
                : "";
            return $"differs in {string.Join(", ", paths.Take(Difference.PathsMax))}{more}";
        }

        return rows.Number(1) != version ? $"is of version {rows.Number(1)} and not {version}"
            : rows.Text(2) != model.Document.FullName ? "is marked as another type of document"
            : null;
    }
}
