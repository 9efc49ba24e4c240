using System.Security.Cryptography;
using HybridCalendar.Domain.Audit;
using NodaTime;

namespace HybridCalendar.Specs.Audit;

/// <summary>A small record with hashes and heads, as a database holds it, to be tampered with.</summary>
internal sealed class NotarizedRecord : IDisposable
{
    private const int Streams = 3;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Events of some streams in turn, at every second position, with a head after some.</summary>
    public NotarizedRecord(int events, int eventsPerHead)
    {
        var tree = new MerkleTree();
        for (var index = 0; index < events; index++)
        {
            var e = Make(2 * (index + 1), index % Streams, index / Streams + 1);
            Events.Add(e);
            Hashes.Add(e.Position, e.HashAfter(Previous(e)));
            tree.Append(Hashes[e.Position]);
            if ((index + 1) % eventsPerHead == 0)
            {
                Heads.Add(SignedHead.Sign(e.Position, tree, Heads.LastOrDefault(), e.RecordedAt, key));
            }
        }
    }

    public List<AuditedEvent> Events { get; } = [];

    public SortedDictionary<long, Hash> Hashes { get; } = [];

    public List<SignedHead> Heads { get; } = [];

    public static AuditedEvent Make(long position, int stream, long version) => new(
        position,
        new Guid((int)position, 0, 0, new byte[8]),
        new Guid(stream, 1, 0, new byte[8]),
        version,
        "meeting_retitled",
        Instant.FromUnixTimeSeconds(position),
        "\"as it was\""u8.ToArray());

    public void Dispose() => key.Dispose();

    /// <summary>Changes the event at an index; with its hash, if whoever does it can do that too.</summary>
    public void Change(int index, bool withHash)
    {
        Events[index] = Events[index] with { Data = "\"as it never was\""u8.ToArray() };
        if (withHash)
        {
            RewriteHashes(index);
        }
    }

    /// <summary>Makes all hashes from an index on fit the events that are there now.</summary>
    public void RewriteHashes(int index)
    {
        foreach (var e in Events.Skip(index))
        {
            Hashes[e.Position] = e.HashAfter(Previous(e));
        }
    }

    /// <summary>Goes through all of it as a verification does.</summary>
    public Finding? Check(params SignedHead[] yours)
    {
        var chain = new HeadChain(new HashSet<string> { PublicKey }, yours);
        var check = new LogCheck();
        var heads = new Queue<SignedHead>(Heads);
        var byPosition = Events.ToDictionary(e => e.Position);
        foreach (var position in Hashes.Keys.Union(byPosition.Keys).Order())
        {
            if (Take(heads, position, chain, check) is { } finding)
            {
                return finding;
            }

            var e = byPosition.GetValueOrDefault(position);
            check.Take(new CheckedPosition(
                position,
                e?.HashAfter(Previous(e)),
                Hashes.TryGetValue(position, out var hash) ? hash : null,
                $"Event {position}"));
        }

        return Take(heads, long.MaxValue, chain, check)
            ?? chain.MissingBefore(null)
                .Select(mine => check.Take(mine, isYours: true) ?? new Finding(0, null, "Your head is gone."))
                .FirstOrDefault()
            ?? check.End();
    }

    private string PublicKey => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static Finding? Take(Queue<SignedHead> heads, long before, HeadChain chain, LogCheck check)
    {
        while (heads.TryPeek(out var head) && head.Position < before)
        {
            heads.Dequeue();
            var finding = chain.MissingBefore(head).Select(mine => check.Take(mine, true)).FirstOrDefault()
                ?? chain.Take(head)
                ?? check.Take(head, isYours: false);
            if (finding is not null)
            {
                return finding;
            }
        }

        return null;
    }

    private Hash? Previous(AuditedEvent e) =>
        Events.Find(other => other.Stream == e.Stream && other.Version == e.Version - 1) is { } before
            && Hashes.TryGetValue(before.Position, out var hash)
            ? hash
            : null;
}
