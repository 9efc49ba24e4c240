using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>Values derived from the lab's seed and a name: the same seed always gives the same ids.</summary>
public static class Derived
{
    private const int GuidBytes = 16;

    public static byte[] Bytes(long seed, string name, int count)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{seed}/{name}");
        return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..count];
    }

    public static Guid Guid(long seed, string name) => new(Bytes(seed, name, GuidBytes));

    public static ulong Number(long seed, string name) =>
        BinaryPrimitives.ReadUInt64LittleEndian(Bytes(seed, name, sizeof(ulong)));
}
