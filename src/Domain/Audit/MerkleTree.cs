using System.Numerics;

namespace HybridCalendar.Domain.Audit;

/// <summary>
/// A growing list of leaves under one hash, the root: the Merkle tree of RFC 9162, section 2.1.
/// </summary>
/// <remarks>
/// Kept are the roots of its full subtrees only (the peaks): one for each bit that is set in the number of
/// leaves, so that a leaf is added in a few hashes and the tree of a billion leaves takes a kilobyte. Leaves
/// and nodes are hashed with different first bytes, so that neither can be passed off as the other.
/// </remarks>
public sealed class MerkleTree
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;

    private readonly List<(Hash Root, int Height)> peaks = [];

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Roots of the full subtrees, the largest and oldest first.</summary>
    public IReadOnlyList<Hash> Peaks => [.. peaks.Select(peak => peak.Root)];

    /// <summary>The root; of no leaves, the hash of nothing.</summary>
    public Hash Root =>
        peaks.Count == 0
            ? Hash.Of([])
            : peaks.Select(peak => peak.Root).Reverse().Aggregate((right, left) => Node(left, right));

    /// <summary>A tree as it was when it had that many leaves and those peaks.</summary>
    /// <exception cref="FormatException">So many leaves have another number of peaks.</exception>
    public static MerkleTree Of(long size, IReadOnlyList<Hash> peaks)
    {
        var tree = new MerkleTree();
        var spans = Spans(0, size).ToArray();
        if (size < 0 || spans.Length != peaks.Count)
        {
            throw new FormatException($"A tree of {size} leaves does not have {peaks.Count} peaks.");
        }

        foreach (var ((_, height), root) in spans.Zip(peaks))
        {
            tree.Append(root, height);
        }

        return tree;
    }

    /// <summary>The hash of a leaf that holds these bytes.</summary>
    public static Hash Leaf(ReadOnlySpan<byte> bytes) => Hash.Of([LeafPrefix, .. bytes]);

    /// <summary>
    /// The full subtrees that, appended in order, make a tree of the one size one of the other: where each
    /// begins, and its height. At most two for each bit of the sizes.
    /// </summary>
    public static IEnumerable<(long Start, int Height)> Spans(long from, long to)
    {
        while (from < to)
        {
            var aligned = from == 0 ? int.MaxValue : BitOperations.TrailingZeroCount(from);
            var height = Math.Min(aligned, BitOperations.Log2((ulong)(to - from)));
            yield return (from, height);
            from += 1L << height;
        }
    }

    public void Append(Hash leaf) => Append(leaf, height: 0);

    /// <summary>Adds as many leaves as a full subtree of that height has, by its root.</summary>
    /// <exception cref="FormatException">It would not stand where a subtree of that height can.</exception>
    public void Append(Hash subtree, int height)
    {
        if ((Size & ((1L << height) - 1)) != 0)
        {
            throw new FormatException($"No subtree of height {height} begins after {Size} leaves.");
        }

        Size += 1L << height;
        while (peaks.Count > 0 && peaks[^1].Height == height)
        {
            subtree = Node(peaks[^1].Root, subtree);
            peaks.RemoveAt(peaks.Count - 1);
            height++;
        }

        peaks.Add((subtree, height));
    }

    private static Hash Node(Hash left, Hash right)
    {
        Span<byte> bytes = stackalloc byte[1 + Hash.Size + Hash.Size];
        bytes[0] = NodePrefix;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Hash.Size)..]);
        return Hash.Of(bytes);
    }
}
