using HybridCalendar.Projections;
using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>How far the building of a read model is: kept in the database, so that another process can go
/// on.</summary>
/// <param name="Code">Which build of the program folds: another one does not go on.</param>
/// <param name="Position">The last event that is folded into the parts that are done.</param>
/// <param name="Bounds">The last stream of each part; null: the last of all.</param>
/// <param name="Done">How many parts are written.</param>
internal sealed record Build(string Shard, string Code, long Position, Guid?[] Bounds, int Done)
{
    private const string Table = $"{Catalog.Schema}.{BuildTable.Name}";

    /// <summary>Names what decides the result of folding: the same for the same sources.</summary>
    public static string ThisCode { get; } = string.Join(
        ' ',
        new[] { typeof(Catalog), typeof(Domain.StoredNames) }
            .Select(type => type.Module.ModuleVersionId.ToString("N")));

    public bool IsWritten => Done == Bounds.Length;

    public StreamRange Part(int index) => new(index == 0 ? null : Bounds[index - 1], Bounds[index]);

    public static async Task<Build?> Read(
        NpgsqlConnection connection, string shard, CancellationToken cancellation) =>
        (await connection.Rows(
            $"select name, code, position, bounds, done from {Table} where name = $1 and code is not null",
            reader => new Build(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetInt64(2),
                [.. reader.GetFieldValue<Guid[]>(3).Select(id => (Guid?)id), null],
                reader.GetInt32(4)),
            cancellation,
            shard)).SingleOrDefault();

    public Task Write(NpgsqlConnection connection, CancellationToken cancellation) => connection.Execute(
        $"""
        insert into {Table} (name, code, position, bounds, done) values ($1, $2, $3, $4, $5)
        on conflict (name) do update set code = $2, position = $3, bounds = $4, done = $5
        """,
        cancellation,
        Shard,
        Code,
        Position,
        Bounds.OfType<Guid>().ToArray(),
        Done);

    /// <summary>Notes that a read model is built, and that nothing is being built any more.</summary>
    public static Task Finish(NpgsqlConnection connection, string shard, CancellationToken cancellation) =>
        connection.Execute(
            $"""
            insert into {Table} (name, built) values ($1, now()) on conflict (name)
            do update set
                built = now(), code = null, position = null, bounds = null, done = null, holder = null
            """,
            cancellation,
            shard);

    /// <summary>Says who is at work, to whoever else wants to be.</summary>
    public static Task Hold(
        NpgsqlConnection connection, string shard, string holder, CancellationToken cancellation) =>
        connection.Execute(
            $"""
            insert into {Table} (name, holder) values ($1, $2) on conflict (name) do update set holder = $2
            """,
            cancellation,
            shard,
            holder);

    public static async Task<string> Holder(
        NpgsqlConnection connection, string shard, CancellationToken cancellation) =>
        (string?)await connection.Value(
            $"select holder from {Table} where name = $1", cancellation, shard) ?? "another process";
}
