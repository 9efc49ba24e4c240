using System.Runtime.CompilerServices;
using HybridCalendar.Domain.Audit;

namespace HybridCalendar.Host.Audit;

/// <summary>What came of a verification.</summary>
/// <param name="Finding">The first thing that does not fit; null when all does.</param>
/// <param name="Newest">The newest head that was taken.</param>
/// <param name="Vouched">Events that heads vouch for.</param>
/// <param name="Unsigned">Events that were hashed after the newest head, and fit their hashes.</param>
/// <param name="NotYetNotarized">Events that were not hashed yet.</param>
public sealed record Verdict(
    Finding? Finding, SignedHead? Newest, long Vouched, long Unsigned, long NotYetNotarized);

/// <summary>Holds every stored event against its hash, and all hashes against the signed heads.</summary>
public sealed class AuditVerification(AuditLog log)
{
    /// <summary>Events that are hashed side by side.</summary>
    private const int EventsPerBatch = 1000;

    /// <param name="keys">Public keys whose signatures count.</param>
    /// <param name="yours">Heads that whoever verifies has kept.</param>
    /// <param name="progress">Told how many events were read, batch by batch.</param>
    public async Task<Verdict> Run(
        IReadOnlySet<string> keys,
        IReadOnlyList<SignedHead> yours,
        Action<long> progress,
        CancellationToken cancellation)
    {
        var check = new LogCheck();
        var chain = new HeadChain(keys, yours);
        Finding? finding;
        try
        {
            finding = await Walk(check, chain, progress, cancellation);
        }
        catch (FormatException wrong)
        {
            var after = chain.Newest?.Position ?? 0;
            finding = new Finding(after, null, $"After position {after}: {wrong.Message}");
        }

        return new Verdict(
            finding,
            chain.Newest,
            check.Vouched,
            check.Notarized - check.Vouched,
            check.NotYetNotarized);
    }

    // Heads are asked for first, hashes next and events last: what is added meanwhile is not taken for a gap.
    private async Task<Finding?> Walk(
        LogCheck check, HeadChain chain, Action<long> progress, CancellationToken cancellation)
    {
        var newest = await log.NewestHeads(long.MaxValue, 1, cancellation);
        var until = newest.Count > 0 ? newest[0].Position : 0;
        await using var heads = log.Heads(0, until, cancellation).GetAsyncEnumerator(cancellation);
        var hasHead = await heads.MoveNextAsync();
        await foreach (var position in Positions(progress, cancellation))
        {
            if (await TakeHeads(position.Position) is { } finding)
            {
                return finding;
            }

            check.Take(position);
        }

        return await TakeHeads(long.MaxValue)
            ?? chain.MissingBefore(null).Select(mine => Missing(check, mine)).FirstOrDefault()
            ?? check.End();

        async ValueTask<Finding?> TakeHeads(long before)
        {
            for (; hasHead && heads.Current.Position < before; hasHead = await heads.MoveNextAsync())
            {
                var head = heads.Current;
                var finding = chain.MissingBefore(head).Select(mine => Missing(check, mine)).FirstOrDefault()
                    ?? chain.Take(head)
                    ?? check.Take(head, isYours: false);
                if (finding is not null)
                {
                    return finding;
                }
            }

            return null;
        }
    }

    private static Finding Missing(LogCheck check, SignedHead mine) =>
        check.Take(mine, isYours: true)
        ?? new Finding(
            mine.Position,
            null,
            $"Your head of position {mine.Position} fits the events, but is not stored: it was removed.");

    /// <summary>Every position that has an event, a hash or both, in order.</summary>
    private async IAsyncEnumerable<CheckedPosition> Positions(
        Action<long> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var forHashes = await log.Connect(cancellation);
        await using var forEvents = await log.Connect(cancellation);
        await using var hashes = log.Hashes(forHashes, 0, long.MaxValue, cancellation)
            .GetAsyncEnumerator(cancellation);
        var hasHash = await hashes.MoveNextAsync();
        await foreach (var (stored, computed) in Hashed(forEvents, progress, cancellation))
        {
            var e = stored.Event;
            for (; hasHash && hashes.Current.Position < e.Position; hasHash = await hashes.MoveNextAsync())
            {
                yield return WithoutEvent(hashes.Current);
            }

            Hash? notarized = null;
            if (hasHash && hashes.Current.Position == e.Position)
            {
                notarized = hashes.Current.Hash;
                hasHash = await hashes.MoveNextAsync();
            }

            yield return new CheckedPosition(e.Position, computed, notarized, Words(e));
        }

        for (; hasHash; hasHash = await hashes.MoveNextAsync())
        {
            yield return WithoutEvent(hashes.Current);
        }
    }

    private async IAsyncEnumerable<(StoredEvent Event, Hash Hash)> Hashed(
        Npgsql.NpgsqlConnection connection,
        Action<long> progress,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var count = 0L;
        var events = log.Events(connection, 0, long.MaxValue, long.MaxValue, cancellation);
        await foreach (var batch in events.Chunk(EventsPerBatch).WithCancellation(cancellation))
        {
            var hashes = new Hash[batch.Length];
            Parallel.For(0, batch.Length, index => hashes[index] = HashOf(batch[index]));
            foreach (var hashed in batch.Zip(hashes))
            {
                yield return hashed;
            }

            progress(count += batch.Length);
        }
    }

    // What readers do not see as it is stored fits no hash, and neither does what has no canonical form.
    private static Hash HashOf(StoredEvent stored)
    {
        try
        {
            return stored.IsHidden ? Hash.Of([]) : stored.Hash;
        }
        catch (FormatException)
        {
            return Hash.Of([]);
        }
    }

    private static CheckedPosition WithoutEvent(NotarizedHash hash) =>
        new(hash.Position, null, hash.Hash, $"Event {hash.Position} (stream {hash.Stream}, {hash.Version})");

    private static string Words(AuditedEvent e) =>
        $"Event {e.Position} ({e.Type}, stream {e.Stream}, version {e.Version})";
}
