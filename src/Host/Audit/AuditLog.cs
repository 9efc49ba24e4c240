using System.Runtime.CompilerServices;
using HybridCalendar.Domain.Audit;
using HybridCalendar.Projections;
using Marten;
using NodaTime;
using Npgsql;

namespace HybridCalendar.Host.Audit;

/// <summary>An event's hash, as the notary stored it.</summary>
internal sealed record NotarizedHash(long Position, Guid Stream, long Version, Hash Hash);

/// <summary>An event as it is stored.</summary>
/// <param name="Previous">The notarized hash of the event before it in its stream, if there is one.</param>
/// <param name="IsHidden">Whether it is marked so that readers of the store pass over it or read other data:
/// the service never does that.</param>
internal sealed record StoredEvent(AuditedEvent Event, Hash? Previous, bool IsHidden)
{
    public Hash Hash => Event.HashAfter(Previous);
}

/// <summary>Reads events, hashes and heads as they are stored, by position, row by row.</summary>
public sealed class AuditLog(IDocumentStore store)
{
    /// <summary>Heads that are read in one query.</summary>
    internal const int HeadsPerQuery = 1000;

    private const string EventsBetween = $"""
        select e.seq_id, e.id, coalesce(e.stream_id, e.id), e.version, e.type, e.timestamp, e.data,
            (select p.hash from {AuditTables.Leaves} p
                where p.stream_id = e.stream_id and p.version = e.version - 1 and p.seq_id < e.seq_id),
            e.type <> 'tombstone' and (coalesce(e.is_archived, true)
                or e.bdata is not null or e.tenant_id is distinct from '*DEFAULT*')
        from {Catalog.Schema}.mt_events e
        where e.seq_id > $1 and e.seq_id <= $2
        order by e.seq_id
        """;

    private const string HashesBetween = $"""
        select seq_id, stream_id, version, hash from {AuditTables.Leaves}
        where seq_id > $1 and seq_id <= $2
        order by seq_id
        """;

    private const string HeadsAfter =
        $"select head from {AuditTables.Heads} where seq_id > $1 and seq_id <= $2 order by seq_id limit $3";

    private const string HeadsBefore =
        $"select head from {AuditTables.Heads} where seq_id < $1 order by seq_id desc limit $2";

    private const string HeadUpTo =
        $"select head, peaks from {AuditTables.Heads} where seq_id <= $1 order by seq_id desc limit 1";

    /// <summary>
    /// The last position whose event was recorded before an instant; 0 when none was. Everything up to it is
    /// what was there at that instant.
    /// </summary>
    private const string LastBefore = $"""
        select seq_id from {Catalog.Schema}.mt_events where timestamp < $1 order by seq_id desc limit 1
        """;

    internal async Task<NpgsqlConnection> Connect(CancellationToken cancellation)
    {
        var connection = store.Storage.Database.CreateConnection();
        await connection.OpenAsync(cancellation);
        return connection;
    }

    /// <inheritdoc cref="LastBefore"/>
    public async Task<long> PositionBefore(Instant instant, CancellationToken cancellation)
    {
        await using var connection = await Connect(cancellation);
        await using var command = Command(connection, LastBefore, instant.ToDateTimeUtc());
        return await command.ExecuteScalarAsync(cancellation) is long position ? position : 0;
    }

    /// <summary>The newest heads before a position, the newest first.</summary>
    public async Task<IReadOnlyList<SignedHead>> NewestHeads(
        long before, int limit, CancellationToken cancellation)
    {
        await using var connection = await Connect(cancellation);
        await using var command = Command(connection, HeadsBefore, before, limit);
        return await ReadHeads(command, cancellation);
    }

    /// <summary>The first head that covers a position; null when none does yet.</summary>
    internal async Task<SignedHead?> HeadCovering(long position, CancellationToken cancellation)
    {
        await using var connection = await Connect(cancellation);
        await using var command = Command(connection, HeadsAfter, position - 1, long.MaxValue, 1);
        return (await ReadHeads(command, cancellation)).FirstOrDefault();
    }

    /// <summary>Heads after a position up to another, the oldest first.</summary>
    /// <exception cref="FormatException">What is stored is not a head.</exception>
    internal async IAsyncEnumerable<SignedHead> Heads(
        long after, long until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            await using var connection = await Connect(cancellation);
            await using var command = Command(connection, HeadsAfter, after, until, HeadsPerQuery);
            var heads = await ReadHeads(command, cancellation);
            foreach (var head in heads)
            {
                yield return head;
            }

            if (heads.Count < HeadsPerQuery)
            {
                yield break;
            }

            after = heads[^1].Position;
        }
    }

    internal async IAsyncEnumerable<StoredEvent> Events(
        NpgsqlConnection connection,
        long after,
        long until,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command(connection, EventsBetween, after, until);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var recordedAt = row.GetFieldValue<DateTime>(5);
            yield return new StoredEvent(
                new AuditedEvent(
                    row.GetInt64(0),
                    row.GetGuid(1),
                    row.GetGuid(2),
                    row.GetInt64(3),
                    row.GetString(4),
                    Instant.FromDateTimeUtc(DateTime.SpecifyKind(recordedAt, DateTimeKind.Utc)),
                    row.GetFieldValue<byte[]>(6)),
                row.IsDBNull(7) ? null : new Hash(row.GetFieldValue<byte[]>(7)),
                row.GetBoolean(8));
        }
    }

    internal async IAsyncEnumerable<NotarizedHash> Hashes(
        NpgsqlConnection connection,
        long after,
        long until,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command(connection, HashesBetween, after, until);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new NotarizedHash(
                row.GetInt64(0), row.GetGuid(1), row.GetInt64(2), new Hash(row.GetFieldValue<byte[]>(3)));
        }
    }

    /// <summary>The tree over all notarized events up to a position, and its newest head.</summary>
    /// <exception cref="FormatException">What is stored is no head, or not with its peaks.</exception>
    internal async Task<(MerkleTree Tree, SignedHead? Head)> TreeAt(
        NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        var (tree, head) = await HeadAt(connection, position, cancellation);
        await foreach (var next in Hashes(connection, head?.Position ?? 0, position, cancellation))
        {
            tree.Append(next.Hash);
        }

        return (tree, head);
    }

    internal static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static async Task<(MerkleTree Tree, SignedHead? Head)> HeadAt(
        NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        await using var command = Command(connection, HeadUpTo, position);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
        {
            return (new MerkleTree(), null);
        }

        var head = SignedHead.Parse(row.GetString(0));
        Hash[] peaks = [.. row.GetFieldValue<byte[]>(1).Chunk(Hash.Size).Select(peak => new Hash(peak))];
        var tree = MerkleTree.Of(head.Size, peaks);
        return tree.Root == head.Root
            ? (tree, head)
            : throw new FormatException($"The peaks of the head of position {head.Position} are of others.");
    }

    private static async Task<IReadOnlyList<SignedHead>> ReadHeads(
        NpgsqlCommand command, CancellationToken cancellation)
    {
        var heads = new List<SignedHead>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            heads.Add(SignedHead.Parse(row.GetString(0)));
        }

        return heads;
    }
}
