using HybridCalendar.Projections;
using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>How the read models are, in words for an operator.</summary>
/// <param name="AllIsWell">All are built, none is stopped, and there are no dead letters.</param>
internal sealed record StatusReport(IReadOnlyList<string> Lines, bool AllIsWell)
{
    /// <summary>Over which time the rate is taken.</summary>
    private static readonly TimeSpan RateSpan = TimeSpan.FromSeconds(1);

    private const string Row = $"""
        select last_seq_id, agent_status, failure_category, failure_event_sequence, failure_event_type
        from {Catalog.Schema}.mt_event_progression where name = $1
        """;

    private const string BuildRow = $"""
        select built is not null, position is not null,
            coalesce(done, 0), coalesce(cardinality(bounds), 0) + 1
        from {Catalog.Schema}.{BuildTable.Name} where name = $1
        """;

    public static async Task<StatusReport> Make(string database, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        var before = new List<long?>();
        foreach (var model in Catalog.ReadModels)
        {
            before.Add(await Swap.Position(connection, model.Shard, cancellation));
        }

        await Task.Delay(RateSpan, cancellation);
        var lines = new List<string>();
        var isWell = true;
        foreach (var (index, model) in Catalog.ReadModels.Index())
        {
            var (told, well) = await Tell(connection, model, before[index] ?? 0, cancellation);
            lines.AddRange(told);
            isWell &= well;
        }

        var letters = (long)(await connection.Value(
            $"select count(*) from {Catalog.Schema}.mt_doc_deadletterevent", cancellation))!;
        lines.Add(letters == 0
            ? "No dead letters."
            : $"{letters} dead letters: an event was skipped, which must not be.");
        return new StatusReport(lines, isWell && letters == 0);
    }

    private static async Task<(IReadOnlyList<string> Lines, bool IsWell)> Tell(
        NpgsqlConnection connection, ReadModel model, long before, CancellationToken cancellation)
    {
        var (built, wasBuilt) = await Built(connection, model, cancellation);
        var row = (await connection.Rows(
            Row,
            reader => (
                Position: reader.GetInt64(0),
                Status: reader.IsDBNull(1) ? null : reader.GetString(1),
                Failure: reader.IsDBNull(2) ? null : reader.GetString(2),
                At: reader.IsDBNull(3) ? 0 : reader.GetInt64(3),
                Type: reader.IsDBNull(4) ? "" : reader.GetString(4)),
            cancellation,
            model.Shard)).SingleOrDefault();
        var (events, seconds) = await Lag(connection, model, row.Position, cancellation);
        var rate = (row.Position - before) / RateSpan.TotalSeconds;
        var lines = new List<string>
        {
            $"{model.Name,-22} version {model.Version}, {built}, at event {row.Position}: "
                + $"{events} events and {seconds:0.0} s behind, {rate:0} events/s, "
                + $"{(row.Status ?? "not begun").ToLowerInvariant()}",
        };
        if (row.Failure is { })
        {
            lines.Add(row.At > 0
                ? $"    last error: {row.Failure} at event {row.At} ({row.Type})"
                : $"    last error: {row.Failure}");
        }

        var others = (await StoredVersions.Of(connection, model, cancellation))
            .Where(version => version != model.Version).ToArray();
        if (others.Length > 0)
        {
            lines.Add($"    also there: version {string.Join(", ", others)}");
        }

        return (lines, wasBuilt && row.Failure is null);
    }

    private static async Task<(string Words, bool Is)> Built(
        NpgsqlConnection connection, ReadModel model, CancellationToken cancellation)
    {
        var rows = await connection.Rows(
            BuildRow,
            reader => (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetInt32(2), reader.GetInt32(3)),
            cancellation,
            model.Shard);
        return rows switch
        {
            [(var built, true, var done, var parts)] =>
                ($"{(built ? "built, being rebuilt" : "being built")} ({done} of {parts} parts)", built),
            [(true, false, _, _)] => ("built", true),
            _ => ($"not built yet (projections rebuild {model.Name})", false),
        };
    }

    private static async Task<(long Events, double Seconds)> Lag(
        NpgsqlConnection connection, ReadModel model, long position, CancellationToken cancellation) =>
        (await connection.Rows(
            $"""
            select count(*), coalesce(extract(epoch from now() - min(timestamp)), 0)::float8
            from {Catalog.Schema}.mt_events
            where seq_id > $1 and {new EventTypes([model]).Condition}
            """,
            reader => (reader.GetInt64(0), reader.GetDouble(1)),
            cancellation,
            position)).Single();
}
