using System.Runtime.CompilerServices;
using HybridCalendar.Domain.Audit;
using HybridCalendar.Projections;
using Marten;
using NodaTime;
using Npgsql;

namespace HybridCalendar.Host.Audit;

/// <summary>Reads events, hashes and heads as they are stored, by position, row by row.</summary>
public sealed class AuditLog(IDocumentStore store)
{
    /// <summary>Heads that are read in one query.</summary>
    internal const int HeadsPerQuery = 1000;

    private const string EventsBetween = $"""
        select e.seq_id, e.id, coalesce(e.stream_id, e.id), e.version, e.type, e.timestamp, e.data,
            (select p.hash from {AuditTables.Leaves} p
                where p.stream_id = e.stream_id and p.version = e.version - 1 and p.seq_id < e.seq_id),
            case e.type
                when 'tombstone' then e.version <> e.seq_id or e.data <> jsonb_build_object()
                else coalesce(e.is_archived, true)
                    or e.bdata is not null or e.tenant_id is distinct from '*DEFAULT*'
            end
        from {Catalog.Schema}.mt_events e
        where e.seq_id > $1 and e.seq_id <= $2
        order by e.seq_id limit $3
        """;

    private const string HashesBetween = $"""
        select seq_id, stream_id, version, hash from {AuditTables.Leaves}
        where seq_id > $1 and seq_id <= $2
        order by seq_id
        """;

    private const string LastLeafUpTo =
        $"select seq_id from {AuditTables.Leaves} where seq_id <= $1 order by seq_id desc limit 1";

    private const string HeadsAfter = $"""
        select seq_id, head from {AuditTables.Heads}
        where seq_id > $1 and seq_id <= $2
        order by seq_id limit $3
        """;

    private const string HeadsBefore =
        $"select seq_id, head from {AuditTables.Heads} where seq_id < $1 order by seq_id desc limit $2";

    private const string HeadUpTo = $"""
        select seq_id, head, peaks from {AuditTables.Heads} where seq_id <= $1 order by seq_id desc limit 1
        """;

    private const string RecordedAfter = $"""
        select timestamp from {Catalog.Schema}.mt_events where seq_id > $1 order by seq_id limit 1
        """;

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

    /// <summary>When the first event was recorded that no head covers; null when all are covered.</summary>
    public async Task<Instant?> UnsignedSince(CancellationToken cancellation)
    {
        var newest = await NewestHeads(long.MaxValue, 1, cancellation);
        await using var connection = await Connect(cancellation);
        await using var command = Command(
            connection, RecordedAfter, newest.Count > 0 ? newest[0].Position : 0L);
        return await command.ExecuteScalarAsync(cancellation) is DateTime recordedAt
            ? Instant.FromDateTimeUtc(recordedAt)
            : null;
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
        long limit,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command(connection, EventsBetween, after, until, limit);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return StoredRows.EventIn(row);
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
            yield return StoredRows.NotarizedIn(row);
        }
    }

    /// <summary>The last notarized position that is not after another; 1 when there is none.</summary>
    internal async Task<long> LastUpTo(
        NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        await using var command = Command(connection, LastLeafUpTo, position);
        return await command.ExecuteScalarAsync(cancellation) is long last ? last : 1;
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

        var head = StoredRows.HeadIn(row);
        Hash[] peaks =
        [
            .. row.GetFieldValue<byte[]>(2).Chunk(Hash.Size)
                .Select(peak => StoredRows.HashOf(peak, $"of a peak at position {head.Position}")),
        ];
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
            heads.Add(StoredRows.HeadIn(row));
        }

        return heads;
    }
}
