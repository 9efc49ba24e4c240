using HybridCalendar.EndToEnd.Cluster;
using HybridCalendar.Projections;
using Npgsql;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>A database that belongs to one test, on the server that the tests were given.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Setting = "ConnectionStrings__Calendar";
    private static readonly TimeSpan FoldingTakesAtMost = TimeSpan.FromMinutes(2);

    private readonly string server;

    private TestDatabase(string server, string name)
    {
        this.server = server;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public string Name { get; }

    public string ConnectionString { get; }

    /// <summary>A database with the tables that the service wants.</summary>
    public static async Task<TestDatabase> Create()
    {
        var database = await CreateEmpty();
        await database.Execute(await File.ReadAllTextAsync(Path.Combine(Shell.Root, "db", "schema.sql")));
        return database;
    }

    public static async Task<TestDatabase> CreateEmpty()
    {
        var database = new TestDatabase(await Server(), $"test_{Guid.NewGuid():N}");
        await Execute(database.server, $"create database {database.Name}");
        return database;
    }

    /// <summary>Another database that holds the same; nobody may be connected to this one.</summary>
    public async Task<TestDatabase> Copy()
    {
        await EndConnections();
        var copy = new TestDatabase(server, $"test_{Guid.NewGuid():N}");
        await Execute(server, $"create database {copy.Name} template {Name}");
        return copy;
    }

    /// <summary>What a read model's table is called after mt_doc_, with which all of them begin.</summary>
    public static string TableOf(ReadModel model) => model.Document.Name.ToLowerInvariant();

    /// <summary>Every document of the read models as text: table, id and bytes, in a fixed order.</summary>
    /// <param name="withMetadata">With what Marten notes beside each document, but for the time.</param>
    public async Task<IReadOnlyList<string>> Documents(bool withMetadata = false)
    {
        var metadata = withMetadata ? " || ' ' || mt_dotnet_type || ' ' || mt_version" : "";
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        var documents = new List<string>();
        foreach (var table in Catalog.ReadModels.Select(TableOf))
        {
            await using var command = source.CreateCommand(
                $"select id, data::text{metadata} from calendar.mt_doc_{table} order by id");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                documents.Add($"{table} {reader.GetGuid(0)} {reader.GetString(1)}");
            }
        }

        return documents;
    }

    /// <summary>
    /// Waits until all read models show what is recorded by now, and answers the last position of that.
    /// </summary>
    /// <remarks>Each is folded by itself: what one shows already, another one may not show yet.</remarks>
    public async Task<long> WaitUntilFolded()
    {
        var newest = await Newest();
        await Deadline.Wait(
            async () =>
            {
                var folded = await Query<long>(
                    "select min(last_seq_id) from calendar.mt_event_progression where name like '%:All'");
                return folded >= newest ? null : $"folded up to {folded} of {newest}";
            },
            FoldingTakesAtMost);
        return newest;
    }

    /// <summary>The position of the last event.</summary>
    public Task<long> Newest() => Query<long>("select max(seq_id) from calendar.mt_events");

    /// <summary>What one statement yields.</summary>
    public async Task<T> Query<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task Execute(string sql) => Execute(ConnectionString, sql);

    /// <summary>Runs a file of SQL as an operator does, with psql.</summary>
    public Task<Shell.Outcome> Script(string file, params (string Name, string Value)[] variables)
    {
        var to = new NpgsqlConnectionStringBuilder(ConnectionString);
        return Shell.Run(
            Shell.Psql(),
            [
                "-X", "-q", "-v", "ON_ERROR_STOP=1",
                .. variables.SelectMany(variable => new[] { "-v", $"{variable.Name}={variable.Value}" }),
                "-f", file,
            ],
            ("PGHOST", to.Host!), ("PGPORT", $"{to.Port}"), ("PGDATABASE", to.Database!),
            ("PGUSER", to.Username!), ("PGPASSWORD", to.Password!));
    }

    /// <summary>Lets nobody in any more, and ends all connections, as when a server goes away.</summary>
    public async Task Shut()
    {
        await Execute(server, $"alter database {Name} with allow_connections false");
        await EndConnections();
    }

    public Task Open() => Execute(server, $"alter database {Name} with allow_connections true");

    /// <summary>
    /// Ends what this role still has open, then drops. Dropping "with (force)" is refused while autovacuum is
    /// at work in the database, because its worker belongs to no role; a plain drop ends that worker itself.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await EndConnections();
        await Execute(server, $"drop database {Name}");
    }

    private Task EndConnections() => Execute(
        server,
        $"""
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = '{Name}' and usename = current_user
        """);

    private static async Task Execute(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> Server()
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given)
        {
            return given;
        }

        var url = await Shell.Run(Path.Combine(Shell.Root, "db", "cluster"), ["start"]);
        url.Code.ShouldBe(0, url.Told);
        return url.Answer.Trim();
    }
}
