using Npgsql;

namespace HybridCalendar.Benchmarks;

/// <summary>A database that belongs to one run and goes with it.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;

    private OwnDatabase(string server, string name)
    {
        this.server = server;
        this.name = name;
        Connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public string Connection { get; }

    public static async Task<OwnDatabase> Create(string server, CancellationToken cancellation)
    {
        var database = new OwnDatabase(server, $"calendar_benchmark_{Environment.ProcessId}");
        await Execute(server, $"drop database if exists {database.name}", cancellation);
        await Execute(server, $"create database {database.name}", cancellation);
        return database;
    }

    /// <summary>Runs a statement.</summary>
    public Task Execute(string sql, CancellationToken cancellation) => Execute(Connection, sql, cancellation);

    /// <summary>The one value that a query yields.</summary>
    public async Task<object?> Value(string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>
    /// Ends what is still open, then drops. Dropping "with (force)" is refused while autovacuum is at work in
    /// the database, because its worker belongs to no role; a plain drop ends that worker itself.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await Execute(
            server,
            $"""
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = '{name}' and usename = current_user
            """,
            CancellationToken.None);
        await Execute(server, $"drop database if exists {name}", CancellationToken.None);
    }

    private static async Task Execute(string connectionString, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
