using System.Security.Cryptography;
using HybridCalendar.Domain.Audit;

namespace HybridCalendar.Specs.Audit;

/// <summary>The Merkle tree as RFC 9162, section 2.1.1, defines it, word for word: slow and plain.</summary>
internal static class NaiveTree
{
    public static Hash Root(IReadOnlyList<byte[]> entries)
    {
        if (entries.Count < 2)
        {
            return new Hash(SHA256.HashData(entries.Count == 0 ? [] : [0x00, .. entries[0]]));
        }

        var k = 1;
        while (k * 2 < entries.Count)
        {
            k *= 2;
        }

        return new Hash(SHA256.HashData(
            [0x01, .. Root([.. entries.Take(k)]).ToBytes(), .. Root([.. entries.Skip(k)]).ToBytes()]));
    }
}
