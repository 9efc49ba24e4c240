using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HybridCalendar.Domain.Audit;

namespace HybridCalendar.Host.Audit;

/// <summary>Verifies an export by itself: no database is asked.</summary>
public sealed class ExportCheck
{
    private readonly Dictionary<Guid, (Hash Hash, long Position)> newest = [];

    /// <summary>How many events it holds; known after <see cref="Wrong"/>.</summary>
    public long Count { get; private set; }

    /// <summary>The signed head that covers them; known after <see cref="Wrong"/>.</summary>
    public SignedHead? Head { get; private set; }

    /// <summary>What is wrong with an export; null when every event is as it was signed.</summary>
    /// <param name="keys">Public keys whose signatures count.</param>
    public string? Wrong(TextReader export, IReadOnlySet<string> keys)
    {
        try
        {
            return Read(export, keys);
        }
        catch (Exception wrong) when (wrong
            is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"After {Count} events: this is not an export, or no whole one.";
        }
    }

    private string? Read(TextReader export, IReadOnlySet<string> keys)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var line = Next(export, sum);
        using var range = JsonDocument.Parse(line);
        var (form, end) = (range.RootElement.GetProperty("form").GetString(), Long(range, "until"));
        if (form != EventExport.Form)
        {
            return $"It has the form {form}, and only {EventExport.Form} is known.";
        }

        var tree = MerkleTree.Of(Long(range, "size"), Hashes(range, "peaks"));
        var position = Long(range, "after");
        var broken = (string?)null;
        while (true)
        {
            var computed = Convert.ToHexStringLower(sum.GetCurrentHash());
            line = Next(export, sum);
            using var parsed = JsonDocument.Parse(line);
            if (parsed.RootElement.TryGetProperty("count", out var count))
            {
                Head = SignedHead.Parse(parsed.RootElement.GetProperty("head").GetRawText());
                foreach (var (rest, (_, height)) in Hashes(parsed, "rest")
                    .Zip(MerkleTree.Spans(tree.Size, Head.Size).ToArray()))
                {
                    tree.Append(rest, height);
                }

                var isSigned = Head.IsSigned() && keys.Contains(Head.PublicKey);
                var isWhole = tree.Size == Head.Size
                    && tree.Root == Head.Root
                    && count.GetInt64() == Count
                    && parsed.RootElement.GetProperty("hash").GetString() == computed;
                return broken
                    ?? (!isSigned ? "Its head was not signed with a key that is trusted."
                    : !isWhole ? "It is not what was signed: something was changed, removed or put in."
                    : null);
            }

            var e = parsed.RootElement;
            var hash = MerkleTree.Leaf(line);
            broken ??= OutOfPlace(e, position, end) ?? Unchained(e);
            position = e.GetProperty("position").GetInt64();
            newest[e.GetProperty("stream").GetGuid()] = (hash, position);
            tree.Append(hash);
            Count++;
        }
    }

    private static string? OutOfPlace(JsonElement e, long last, long end) =>
        e.GetProperty("position").GetInt64() is var position && position > last && position <= end
            ? null
            : $"Event {position} stands where it cannot.";

    private string? Unchained(JsonElement e) =>
        newest.TryGetValue(e.GetProperty("stream").GetGuid(), out var before)
        && before.Hash.ToString() != e.GetProperty("previous").GetString()
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
