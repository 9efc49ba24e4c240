using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using HybridCalendar.Domain.Audit;

namespace HybridCalendar.Host.Audit;

/// <summary>The record cannot be exported as asked. The message is for who asked.</summary>
public sealed class ExportException(string message) : Exception(message);

/// <summary>
/// Writes events as they are stored, texts sealed: the same range gives the same bytes.
/// </summary>
/// <remarks>
/// JSON Lines, in UTF-8. The first line names the range (after a position, until a position) and holds the
/// tree before it; then a line an event, which is the very text that is hashed; the last line holds how many
/// there are, the SHA-256 of all lines before, the first signed head that covers them, and the roots of the
/// subtrees that lead from the last event to that head. So an export can be verified by itself.
/// </remarks>
public sealed class EventExport(AuditLog log)
{
    /// <summary>What the first line calls this form.</summary>
    internal const string Form = "hybrid-calendar-events-1";

    /// <param name="after">Events after this position; 0 for all.</param>
    /// <param name="until">Up to this position; null for all that a signed head covers.</param>
    /// <returns>How many events were written.</returns>
    /// <exception cref="ExportException">No head covers the range yet, or an event does not fit its hash.
    /// </exception>
    public async Task<long> Write(
        Stream output, long after, long? until, CancellationToken cancellation)
    {
        var newest = (await log.NewestHeads(long.MaxValue, 1, cancellation)).FirstOrDefault()?.Position ?? 0;
        var end = until ?? newest;
        if (end <= after || end > newest)
        {
            throw new ExportException(
                $"The range after {after} until {end} is empty, or beyond position {newest}, up to which the "
                + "record is signed.");
        }

        var head = (await log.HeadCovering(end, cancellation))!;
        await using var forTree = await log.Connect(cancellation);
        await using var forEvents = await log.Connect(cancellation);
        var (tree, _) = await log.TreeAt(forTree, after, cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await WriteLine(Object(
            ("after", after),
            ("form", Form),
            ("size", tree.Size),
            ("peaks", tree.Peaks.Select(peak => peak.ToString())),
            ("until", end)));
        var first = tree.Size;
        await using var hashes = log.Hashes(forTree, after, head.Position, cancellation)
            .GetAsyncEnumerator(cancellation);
        await foreach (var stored in log.Events(forEvents, after, end, cancellation))
        {
            var line = new ArrayBufferWriter<byte>();
            stored.Event.WriteTo(line, stored.Previous);
            var notarized = await hashes.MoveNextAsync() ? hashes.Current : null;
            if (notarized?.Position != stored.Event.Position
                || notarized.Hash != MerkleTree.Leaf(line.WrittenSpan)
                || stored.IsHidden)
            {
                throw new ExportException(
                    $"Event {stored.Event.Position}, or one before it, does not fit its hash: "
                    + "see audit verify.");
            }

            tree.Append(notarized.Hash);
            await WriteLine(line.WrittenMemory);
        }

        var count = tree.Size - first;
        var sum = Convert.ToHexStringLower(hash.GetCurrentHash());
        var rest = await Rest(hashes, tree, head, end);
        await WriteLine(Object(
            ("count", count),
            ("hash", sum),
            ("head", JsonDocument.Parse(head.ToString()).RootElement),
            ("rest", rest)));
        return count;

        async Task WriteLine(ReadOnlyMemory<byte> line)
        {
            hash.AppendData(line.Span);
            hash.AppendData("\n"u8);
            await output.WriteAsync(line, cancellation);
            await output.WriteAsync("\n"u8.ToArray(), cancellation);
        }
    }

    /// <summary>The roots of the subtrees between the last event and the head that covers it.</summary>
    private static async Task<IReadOnlyList<string>> Rest(
        IAsyncEnumerator<NotarizedHash> hashes, MerkleTree tree, SignedHead head, long end)
    {
        var rest = new List<string>();
        foreach (var (_, height) in MerkleTree.Spans(tree.Size, head.Size).ToArray())
        {
            var subtree = new MerkleTree();
            while (subtree.Size < 1L << height
                && await hashes.MoveNextAsync()
                && hashes.Current.Position > end)
            {
                subtree.Append(hashes.Current.Hash);
            }

            rest.Add(subtree.Root.ToString());
            tree.Append(subtree.Root, height);
        }

        return tree.Size == head.Size && tree.Root == head.Root && !await hashes.MoveNextAsync()
            ? rest
            : throw new ExportException(
                $"The events do not fit the signed head of position {head.Position}: see audit verify.");
    }

    private static ReadOnlyMemory<byte> Object(params (string Name, object Value)[] members)
    {
        var output = new ArrayBufferWriter<byte>();
        var values = members.ToDictionary(member => member.Name, member => member.Value);
        CanonicalJson.Write(JsonSerializer.SerializeToUtf8Bytes(values), output);
        return output.WrittenMemory;
    }
}
