using System.Text.RegularExpressions;
using HybridCalendar.Projections;
using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>
/// The table in which a read model is built anew while the other one is read: the same columns, indexes and
/// rights.
/// </summary>
/// <param name="Table">Marten's table of the documents, with its schema.</param>
internal sealed partial record Shadow(ReadModel Model, string Table)
{
    private const string Ending = "_rebuild";
    private const string MartensColumns = "data,id,mt_dotnet_type,mt_last_modified,mt_version";

    private const string PrimaryKey = """
        select conname::text from pg_constraint where conrelid = $1::regclass and contype = 'p'
        """;

    private const string OtherIndexes = """
        select pg_get_indexdef(indexrelid) from pg_index where indrelid = $1::regclass and not indisprimary
        """;

    private const string ColumnNames = """
        select string_agg(attname::text, ',' order by attname) from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped
        """;

    private const string Rights = """
        select format('grant %s on %s to %s', privilege_type, $2,
            case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end)
        from pg_class, aclexplode(relacl)
        where pg_class.oid = $1::regclass and grantee <> relowner
        """;

    public string Name => NameOf(Table);

    private string KeyName => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..] + "_key";

    public static string NameOf(string table) => table + Ending;

    public async Task<bool> IsThere(NpgsqlConnection connection, CancellationToken cancellation) =>
        await connection.Value("select to_regclass($1)::text", cancellation, Name) is { };

    /// <summary>Makes an empty one, whatever there was.</summary>
    public async Task Create(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (await connection.Value(ColumnNames, cancellation, Table) is not MartensColumns)
        {
            throw new InvalidDataException($"{Table} has other columns than a rebuild can write.");
        }

        await connection.Execute(
            $"""
            drop table if exists {Name};
            create table {Name} (like {Table} including defaults including storage including compression)
            """,
            cancellation);
        foreach (var grant in await connection.Rows(
            Rights, reader => reader.GetString(0), cancellation, Table, Name))
        {
            await connection.Execute(grant, cancellation);
        }
    }

    /// <summary>Adds the documents of a part, in one transaction.</summary>
    public async Task Write(
        NpgsqlConnection connection, FoldedPart part, int model, CancellationToken cancellation)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(
            $"copy {Name} ({DocumentRows.Columns}) from stdin (format binary)", cancellation);
        using var rows = new DocumentRows(stream, Model.Document);
        foreach (var (id, document, version) in part.Documents(model))
        {
            await rows.Write(id, document, version, cancellation);
        }

        await rows.Complete(cancellation);
    }

    /// <summary>Makes the indexes that the other table has, under names of their own.</summary>
    public async Task AddIndexes(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await connection.Execute(
            $"create unique index if not exists {KeyName} on {Name} (id)", cancellation);
        foreach (var (name, definition) in await Indexes(connection, cancellation))
        {
            var rest = definition[(definition.IndexOf(" USING ", StringComparison.Ordinal))..];
            var unique = definition.StartsWith("CREATE UNIQUE", StringComparison.Ordinal) ? "unique" : "";
            await connection.Execute(
                $"create {unique} index if not exists {Rebuilt(name)} on {Name}{rest}", cancellation);
        }

        await connection.Execute($"analyze {Name}", cancellation);
    }

    /// <summary>Puts it in the other one's place, which is dropped; within a transaction.</summary>
    public async Task TakePlace(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var schema = Table[..Table.IndexOf('.', StringComparison.Ordinal)];
        var key = (string)(await connection.Value(PrimaryKey, cancellation, Table))!;
        var indexes = await Indexes(connection, cancellation);
        var table = Table[(schema.Length + 1)..];
        await connection.Execute(
            $"""
            drop table {Table};
            alter table {Name} rename to {table};
            alter table {Table} add constraint {key} primary key using index {KeyName}
            """,
            cancellation);
        foreach (var (name, _) in indexes)
        {
            await connection.Execute(
                $"alter index {schema}.{Rebuilt(name)} rename to {name}", cancellation);
        }
    }

    private static string Rebuilt(string index) => index + Ending;

    private async Task<IReadOnlyList<(string Name, string Definition)>> Indexes(
        NpgsqlConnection connection, CancellationToken cancellation) =>
        await connection.Rows(
            OtherIndexes,
            reader => (IndexName().Match(reader.GetString(0)).Groups[1].Value, reader.GetString(0)),
            cancellation,
            Table);

    [GeneratedRegex(@"^CREATE (?:UNIQUE )?INDEX (\S+) ON ", RegexOptions.CultureInvariant)]
    private static partial Regex IndexName();
}
