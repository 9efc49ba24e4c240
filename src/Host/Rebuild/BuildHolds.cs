using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>Somebody else builds a read model. The message says who.</summary>
internal sealed class BuildHeldException(string shard, string holder) : Exception(
    $"{shard} is being rebuilt already, by {holder}. "
    + "Wait for it, or end it: whoever comes next goes on there.");

/// <summary>
/// The right to build some read models: advisory locks, which end with the process however it ends.
/// </summary>
internal sealed class BuildHolds : IAsyncDisposable
{
    // PostgreSQL notices within moments that the process before was killed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlConnection connection;

    private BuildHolds(NpgsqlConnection connection) => this.connection = connection;

    private static string Me => $"process {Environment.ProcessId} on {Environment.MachineName}";

    /// <exception cref="BuildHeldException">Another process builds one of them.</exception>
    public static async Task<BuildHolds> Take(
        string database, IEnumerable<string> shards, CancellationToken cancellation)
    {
        var alone = new NpgsqlConnectionStringBuilder(database) { Pooling = false };
        var holds = new BuildHolds(new NpgsqlConnection(alone.ConnectionString));
        try
        {
            await holds.connection.OpenAsync(cancellation);
            foreach (var shard in shards.Order(StringComparer.Ordinal))
            {
                await holds.Take(shard, cancellation);
                await Build.Hold(holds.connection, shard, Me, cancellation);
            }

            return holds;
        }
        catch
        {
            await holds.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task Take(string shard, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            var held = await connection.Value(
                "select pg_try_advisory_lock(hashtextextended($1, 0))", cancellation, $"build {shard}");
            if (held is true)
            {
                return;
            }

            if (waited >= Patience)
            {
                var holder = await Build.Holder(connection, shard, cancellation);
                throw new BuildHeldException(shard, holder);
            }

            await Task.Delay(Pause, cancellation);
        }
    }
}
