using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HybridCalendar.Domain.Audit;

namespace HybridCalendar.Host.Audit;

/// <summary>Verifies an export by itself: no database is asked.</summary>
/// <param name="keys">Public keys whose signatures count.</param>
/// <param name="yours">Heads that whoever checks has kept.</param>
public sealed class ExportCheck(IReadOnlySet<string> keys, IReadOnlyList<SignedHead> yours)
{
    private readonly Dictionary<Guid, (Hash Hash, long Position, long Version)> newest = [];
    private readonly Queue<SignedHead> waiting = new(yours.OrderBy(head => head.Position));

    /// <summary>How many events it holds; known after <see cref="Wrong"/>.</summary>
    public long Count { get; private set; }

    /// <summary>The signed head that covers them; known after <see cref="Wrong"/>.</summary>
    public SignedHead? Head { get; private set; }

    /// <summary>How many of the kept heads could be compared, and fit.</summary>
    public int Fitting { get; private set; }

    /// <summary>What is wrong with an export; null when every event is as it was signed.</summary>
    public string? Wrong(TextReader export)
    {
        try
        {
            return Read(export);
        }
        catch (Exception wrong) when (wrong
            is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"After {Count} events: this is not an export, or no whole one.";
        }
    }

    private string? Read(TextReader export)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var range = JsonDocument.Parse(Next(export, sum));
        var (form, after, end) = (
            range.RootElement.GetProperty("form").GetString(), Long(range, "after"), Long(range, "until"));
        if (form != EventExport.Form)
        {
            return $"It has the form {form}, and only {EventExport.Form} is known.";
        }

        var tree = MerkleTree.Of(Long(range, "size"), Hashes(range, "peaks"));
        var broken = tree.Size > 0 && Neighbour(range, "before") is null ? LeftOut("beginning") : null;
        if (Neighbour(range, "before") is { } before)
        {
            broken ??= before.Position <= after ? null : LeftOut("beginning");
            tree.Append(before.Hash);
        }

        var position = after;
        while (true)
        {
            var computed = Convert.ToHexStringLower(sum.GetCurrentHash());
            var line = Next(export, sum);
            using var parsed = JsonDocument.Parse(line);
            if (parsed.RootElement.TryGetProperty("count", out var count))
            {
                broken ??= NotYours(tree, after, end);
                broken ??= count.GetInt64() != Count
                    || parsed.RootElement.GetProperty("hash").GetString() != computed
                    || export.ReadLine() is not null
                    ? "Its last line does not fit what comes before or after it."
                    : null;
                return broken ?? Unsigned(parsed, tree, end);
            }

            var e = parsed.RootElement;
            var hash = MerkleTree.Leaf(line);
            broken ??= OutOfPlace(e, position, end) ?? Unchained(e);
            broken ??= NotYours(tree, after, e.GetProperty("position").GetInt64() - 1);
            position = e.GetProperty("position").GetInt64();
            newest[e.GetProperty("stream").GetGuid()] = (hash, position, e.GetProperty("version").GetInt64());
            tree.Append(hash);
            Count++;
        }
    }

    /// <summary>What the head that covers the events has against them.</summary>
    private string? Unsigned(JsonDocument last, MerkleTree tree, long end)
    {
        Head = SignedHead.Parse(last.RootElement.GetProperty("head").GetRawText());
        if (!Head.IsSigned() || !keys.Contains(Head.PublicKey))
        {
            return "Its head was not signed with a key that is trusted.";
        }

        var next = Neighbour(last, "next");
        if (next is { } after)
        {
            tree.Append(after.Hash);
        }

        if (Head.Position < end || next?.Position <= end || (next is null && tree.Size != Head.Size))
        {
            return LeftOut("end");
        }

        foreach (var (rest, (_, height)) in Hashes(last, "rest")
            .Zip(MerkleTree.Spans(tree.Size, Head.Size).ToArray()))
        {
            tree.Append(rest, height);
        }

        return tree.Size == Head.Size && tree.Root == Head.Root
            ? NotYours(tree, Head.Position, Head.Position)
            : "It is not what was signed: something was changed, removed or put in.";
    }

    /// <summary>A kept head of a position that is reached, and whose tree is another.</summary>
    private string? NotYours(MerkleTree tree, long after, long reached)
    {
        while (waiting.TryPeek(out var mine) && mine.Position <= reached)
        {
            waiting.Dequeue();
            if (mine.Position < after)
            {
                continue;
            }

            if (mine.Size != tree.Size || mine.Root != tree.Root)
            {
                return $"Your head of position {mine.Position} is of others.";
            }

            Fitting++;
        }

        return null;
    }

    private static string LeftOut(string where) =>
        $"Events at its {where} were left out, or are not of its range.";

    /// <summary>The event that stands on the other side of an end of the range.</summary>
    private static (Hash Hash, long Position)? Neighbour(JsonDocument line, string name) =>
        line.RootElement.GetProperty(name) is { ValueKind: JsonValueKind.Object } e
            ? (MerkleTree.Leaf(Encoding.UTF8.GetBytes(e.GetRawText())),
                e.GetProperty("position").GetInt64())
            : null;

    private static string? OutOfPlace(JsonElement e, long last, long end) =>
        e.GetProperty("position").GetInt64() is var position && position > last && position <= end
            ? null
            : $"Event {position} stands where it cannot.";

    // Of tombstones' versions some are missing: these have no event before them.
    private string? Unchained(JsonElement e) =>
        newest.TryGetValue(e.GetProperty("stream").GetGuid(), out var before)
        && e.GetProperty("previous").GetString()
            != (e.GetProperty("version").GetInt64() == before.Version + 1 ? $"{before.Hash}" : null)
            ? $"Event {before.Position} was changed, or one after it in its stream was removed."
            : null;

    private static byte[] Next(TextReader export, IncrementalHash sum)
    {
        var line = Encoding.UTF8.GetBytes(
            export.ReadLine() ?? throw new FormatException("The last line is missing."));
        sum.AppendData(line);
        sum.AppendData("\n"u8);
        return line;
    }

    private static long Long(JsonDocument line, string name) => line.RootElement.GetProperty(name).GetInt64();

    private static Hash[] Hashes(JsonDocument line, string name) =>
    [
        .. line.RootElement.GetProperty(name).EnumerateArray().Select(hash => Hash.Parse(hash.GetString()!)),
    ];
}
