using System.Buffers;
using System.Security.Cryptography;
using System.Text;
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
/// last event before it, if there is one, and the tree before that. Then comes a line an event, which is the
/// very text that is hashed. The last line holds how many there are, the SHA-256 of all lines before, the
/// first signed head that covers them, the first event after them that it covers, if there is one, and the
/// roots of the subtrees that lead from there to that head. So an export can be verified by itself, and that
/// nothing was left out at its ends.
/// </remarks>
public sealed class EventExport(AuditLog log)
{
    /// <summary>What the first line calls this form.</summary>
    internal const string Form = "hybrid-calendar-events-1";

    /// <summary>A position behind all others.</summary>
    private const long None = long.MaxValue;

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

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
        await using var forHashes = await log.Connect(cancellation);
        await using var forEvents = await log.Connect(cancellation);
        var before = await log.LastUpTo(forHashes, after, cancellation);
        var (tree, _) = await log.TreeAt(forHashes, before - 1, cancellation);
        var (size, peaks) = (tree.Size, tree.Peaks.Select(peak => peak.ToString()).ToArray());
        await using var hashes = log.Hashes(forHashes, before - 1, head.Position, cancellation)
            .GetAsyncEnumerator(cancellation);
        await using var events = log.Events(forEvents, before - 1, head.Position, long.MaxValue, cancellation)
            .GetAsyncEnumerator(cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0L;
        var line = await Next();
        await WriteLine(Object(
            ("after", after),
            ("before", line.Position <= after ? Json(line.Text) : null),
            ("form", Form),
            ("size", size),
            ("peaks", peaks),
            ("until", end)));
        for (line = line.Position <= after ? await Next() : line; line.Position <= end; line = await Next())
        {
            await WriteLine(line.Text);
            count++;
        }

        var sum = Convert.ToHexStringLower(hash.GetCurrentHash());
        await WriteLine(Object(
            ("count", count),
            ("hash", sum),
            ("head", Json(Encoding.UTF8.GetBytes(head.ToString()))),
            ("next", line.Position < None ? Json(line.Text) : null),
            ("rest", await Rest(hashes, tree, head, isAll: line.Position == None))));
        return count;

        // The next event as its line.
        async Task<(long Position, ReadOnlyMemory<byte> Text)> Next()
        {
            if (!await events.MoveNextAsync())
            {
                return (None, default);
            }

            var (stored, text) = (events.Current, new ArrayBufferWriter<byte>());
            stored.Event.WriteTo(text, stored.Previous);
            var notarized = await hashes.MoveNextAsync() ? hashes.Current : null;
            if (notarized?.Position != stored.Event.Position
                || notarized.Hash != MerkleTree.Leaf(text.WrittenSpan)
                || stored.IsHidden)
            {
                throw new ExportException(
                    $"Event {stored.Event.Position}, or one before it, does not fit its hash: "
                    + "see audit verify.");
            }

            tree.Append(notarized.Hash);
            return (stored.Event.Position, text.WrittenMemory);
        }

        async Task WriteLine(ReadOnlyMemory<byte> text)
        {
            hash.AppendData(text.Span);
            hash.AppendData("\n"u8);
            await output.WriteAsync(text, cancellation);
            await output.WriteAsync(LineEnd, cancellation);
        }
    }

    /// <summary>The roots of the subtrees between the last event that was read and the head.</summary>
    /// <param name="isAll">There are no more events.</param>
    private static async Task<IReadOnlyList<string>> Rest(
        IAsyncEnumerator<NotarizedHash> hashes, MerkleTree tree, SignedHead head, bool isAll)
    {
        var rest = new List<string>();
        foreach (var (_, height) in MerkleTree.Spans(tree.Size, head.Size).ToArray())
        {
            var subtree = new MerkleTree();
            while (subtree.Size < 1L << height && await hashes.MoveNextAsync())
            {
                subtree.Append(hashes.Current.Hash);
            }

            rest.Add(subtree.Root.ToString());
            tree.Append(subtree.Root, height);
        }

        return tree.Size == head.Size && tree.Root == head.Root && !await hashes.MoveNextAsync()
            && (rest.Count == 0 || !isAll)
            ? rest
            : throw new ExportException(
                $"The events do not fit the signed head of position {head.Position}: see audit verify.");
    }

    private static JsonElement Json(ReadOnlyMemory<byte> line) => JsonElement.Parse(line.Span);

    private static ReadOnlyMemory<byte> Object(params (string Name, object? Value)[] members)
    {
        var output = new ArrayBufferWriter<byte>();
        var values = members.ToDictionary(member => member.Name, member => member.Value);
        CanonicalJson.Write(JsonSerializer.SerializeToUtf8Bytes(values), output);
        return output.WrittenMemory;
    }
}
