using HybridCalendar.Projections;
using JasperFx.Events.Projections;
using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>A version cannot be dropped. The message says why.</summary>
internal sealed class VersionInUseException(string message) : Exception(message);

/// <summary>The versions of read models that a database holds, used or not.</summary>
internal sealed class StoredVersions(string database, ReadModelTables tables)
{
    private const string Progress = $"{Catalog.Schema}.mt_event_progression";
    private const string Builds = $"{Catalog.Schema}.{BuildTable.Name}";

    // A process says which shards it can fold, and every second or so that it is alive.
    private const string RunningProcess = """
        select 1 from calendar_messages.wolverine_nodes
        where health_check > now() - interval '15 seconds'
            and exists (select 1 from unnest(capabilities) as shard where lower(shard) like '%/' || $1)
        """;

    /// <summary>The versions of a read model that have been begun, in order.</summary>
    public static async Task<IReadOnlyList<uint>> Of(
        NpgsqlConnection connection, ReadModel model, CancellationToken cancellation) =>
    [
        .. (await connection.Rows(
                $"select name from {Progress} union select name from {Builds}",
                reader => reader.GetString(0),
                cancellation))
            .Select(shard => ShardName.TryParse(shard, out var name) ? name : null)
            .Where(name => name?.Name == model.Name)
            .Select(name => name!.Version)
            .Order(),
    ];

    /// <summary>Removes what is older than what this build uses. The answer says what was removed.</summary>
    public async Task<IReadOnlyList<string>> DropOlder(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        var dropped = new List<string>();
        foreach (var model in Catalog.ReadModels)
        {
            foreach (var version in await Of(connection, model, cancellation))
            {
                if (version < model.Version)
                {
                    dropped.AddRange(await Drop(model, version, cancellation));
                }
            }
        }

        return dropped;
    }

    /// <exception cref="VersionInUseException">It is this build's, or another process folds it.</exception>
    public async Task<IReadOnlyList<string>> Drop(
        ReadModel model, uint version, CancellationToken cancellation)
    {
        var shard = ShardName.Compose(model.Name, ShardName.All, null, version);
        if (version == model.Version)
        {
            throw new VersionInUseException($"{model.Name} version {version} is the one that is used.");
        }

        await using var holds = await BuildHolds.Take(database, [shard.Identity], cancellation);
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        if (await connection.Value(RunningProcess, cancellation, shard.RelativeUrl) is { })
        {
            throw new VersionInUseException(
                $"A process of the service still uses {model.Name} version {version}: stop it first.");
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var table = tables.Of(model, version);
        var there = await connection.Value("select to_regclass($1)::text", cancellation, table) is { };
        await connection.Execute(
            $"drop table if exists {table}; drop table if exists {Shadow.NameOf(table)}", cancellation);
        await connection.Execute($"delete from {Progress} where name = $1", cancellation, shard.Identity);
        await connection.Execute($"delete from {Builds} where name = $1", cancellation, shard.Identity);
        await transaction.CommitAsync(cancellation);
        return there ? [$"{model.Name} version {version}: {table}"] : [];
    }
}
