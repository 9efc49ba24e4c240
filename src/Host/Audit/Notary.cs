using System.Security.Cryptography;
using HybridCalendar.Domain.Audit;
using HybridCalendar.Projections;
using NodaTime;
using NodaTime.Extensions;
using Npgsql;

namespace HybridCalendar.Host.Audit;

/// <summary>
/// Hashes every event soon after it was recorded, and signs the whole of them now and then.
/// </summary>
/// <remarks>
/// Of all processes on a database one works at a time, the others find the lock taken. It goes as far as
/// Marten's high-water mark, which passes over a missing position only when no transaction is left that could
/// still fill it: so an event that shows up below what was notarized was put there by somebody else.
/// </remarks>
public sealed partial class Notary(
    AuditLog log, Settings settings, Lazy<ECDsa> key, TimeProvider clock, ILogger<Notary> logger)
    : BackgroundService
{
    /// <summary>Events that are hashed in one transaction.</summary>
    private const int EventsPerRound = 1000;

    /// <summary>A head is signed after this many events, however short the time.</summary>
    private const int EventsPerHead = 10_000;

    /// <summary>The advisory lock of whoever notarizes, a number of no meaning.</summary>
    private const long NotaryLock = 8_201_377_654_102_994;

    /// <summary>How often it is looked whether there are new events.</summary>
    private static readonly Duration Pause = Duration.FromSeconds(1);

    private static readonly string TryLock = $"select pg_try_advisory_xact_lock({NotaryLock})";

    private const string LastSigned = $"select coalesce((select max(seq_id) from {AuditTables.Heads}), 0)";

    private const string LastNotarized =
        $"select coalesce((select max(seq_id) from {AuditTables.Leaves}), 0)";

    private const string HighWaterMark = $"""
        select coalesce((select last_seq_id from {Catalog.Schema}.mt_event_progression
            where name = 'HighWaterMark'), 0)
        """;

    private const string AddHashes = $"""
        insert into {AuditTables.Leaves} (seq_id, stream_id, version, hash)
        select * from unnest($1, $2, $3, $4)
        """;

    private const string AddHead =
        $"insert into {AuditTables.Heads} (seq_id, head, peaks) values ($1, $2, $3)";

    /// <summary>The tree after the last round, so that the next need not read it again.</summary>
    private (long Position, MerkleTree Tree, SignedHead? Head)? known;

    /// <summary>The newest head that this process found or signed.</summary>
    private SignedHead? newest;

    /// <summary>Why nothing is signed; null while all is well.</summary>
    public string? Trouble { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isBehind = false;
            try
            {
                isBehind = await Round(stoppingToken);
                Trouble = null;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The record goes on without; the next round tries again, and until then health says so.
                known = null;
                Trouble = failure is FormatException ? failure.Message : failure.GetType().Name;
                LogTrouble(failure);
            }

            if (!isBehind)
            {
                await Task.Delay(Pause.ToTimeSpan(), clock, stoppingToken);
            }
        }
    }

    /// <summary>Notarizes the next events, and signs when it is time; true when there are more.</summary>
    private async Task<bool> Round(CancellationToken cancellation)
    {
        await using var connection = await log.Connect(cancellation);
        var isBehind = await Notarize(connection, cancellation);
        if (known is { } state && IsDue(state.Tree, state.Head))
        {
            await Sign(connection, state, cancellation);
        }

        return isBehind;
    }

    private async Task<bool> Notarize(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var isMine = await Scalar<bool>(connection, TryLock, cancellation);
        var last = await Scalar<long>(connection, LastNotarized, cancellation);
        var state = known is { } before && before.Position == last ? known : null;
        known = null;
        if (!isMine)
        {
            return false;
        }

        var (position, tree, head) = state ?? await Load(connection, last, cancellation);
        var until = await Scalar<long>(connection, HighWaterMark, cancellation);
        var next = await log.Events(connection, last, until, EventsPerRound, cancellation)
            .ToArrayAsync(cancellation);
        if (next.Length > 0)
        {
            await Add(connection, next, tree, cancellation);
            position = next[^1].Event.Position;
        }

        await transaction.CommitAsync(cancellation);
        known = (position, tree, head);
        return next.Length == EventsPerRound;
    }

    private async Task<(long Position, MerkleTree Tree, SignedHead? Head)> Load(
        NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        var (tree, head) = await log.TreeAt(connection, position, cancellation);
        if (newest is { } before
            && (head is null || head.Position < before.Position
                || (head.Position == before.Position && head.Hash != before.Hash)))
        {
            throw new FormatException(
                $"The head of position {before.Position} is no longer stored: the record was set back. If "
                + "that was on purpose, e.g. from a backup, start the service again.");
        }

        newest = head;
        return (position, tree, head);
    }

    private static async Task Add(
        NpgsqlConnection connection, StoredEvent[] events, MerkleTree tree, CancellationToken cancellation)
    {
        var hashes = new Hash[events.Length];
        var newest = new Dictionary<(Guid Stream, long Version), Hash>();
        for (var index = 0; index < events.Length; index++)
        {
            var e = events[index].Event;
            Hash? previous = newest.TryGetValue((e.Stream, e.Version - 1), out var own)
                ? own
                : events[index].Previous;
            hashes[index] = newest[(e.Stream, e.Version)] = e.HashAfter(previous);
            tree.Append(hashes[index]);
        }

        await using var command = AuditLog.Command(
            connection,
            AddHashes,
            events.Select(e => e.Event.Position).ToArray(),
            events.Select(e => e.Event.Stream).ToArray(),
            events.Select(e => e.Event.Version).ToArray(),
            hashes.Select(hash => hash.ToBytes()).ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // A head of a time to come was signed before the clock was set right.
    private bool IsDue(MerkleTree tree, SignedHead? head) =>
        tree.Size - (head?.Size ?? 0) is var unsigned and > 0
        && (head is null
            || unsigned >= EventsPerHead
            || clock.GetCurrentInstant() - head.SignedAt is var age
                && (age >= settings.AuditHead || age < Duration.Zero));

    private async Task Sign(
        NpgsqlConnection connection,
        (long Position, MerkleTree Tree, SignedHead? Head) state,
        CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var head = SignedHead.Sign(state.Position, state.Tree, state.Head, now, key.Value);
        if (state.Head is { } before)
        {
            await Check(before, head.PublicKey, cancellation);
        }

        known = null;

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await Scalar<bool>(connection, TryLock, cancellation)
            && await Scalar<long>(connection, LastNotarized, cancellation) == state.Position
            && await Scalar<long>(connection, LastSigned, cancellation) == (state.Head?.Position ?? 0))
        {
            byte[] peaks = [.. state.Tree.Peaks.SelectMany(peak => peak.ToBytes())];
            await using var command = AuditLog.Command(
                connection, AddHead, head.Position, head.ToString(), peaks);
            await command.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            known = state with { Head = newest = head };
        }
    }

    // Nothing is signed on top of what somebody else may have signed.
    private async Task Check(SignedHead before, string publicKey, CancellationToken cancellation)
    {
        if (!before.IsSigned())
        {
            throw new FormatException(
                $"The head of position {before.Position} was changed: see audit verify.");
        }

        var former = before.PublicKey != publicKey && settings.FormerKeysFile is { } file
            ? PublicKeys.In(await File.ReadAllTextAsync(file, cancellation))
            : [];
        if (before.PublicKey != publicKey && !former.Contains(before.PublicKey))
        {
            throw new FormatException(
                $"The head of position {before.Position} was not signed with the key in Audit__KeyFile, nor "
                + "with one in Audit__FormerKeys.");
        }
    }

    private static async Task<T> Scalar<T>(
        NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = AuditLog.Command(connection, sql);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    [LoggerMessage(LogLevel.Error, "Events could not be notarized; it is tried again.")]
    private partial void LogTrouble(Exception failure);
}
