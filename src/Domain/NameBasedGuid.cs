using System.Security.Cryptography;
using System.Text;

namespace HybridCalendar.Domain;

/// <summary>
/// Ids that are derived from names: the same names give the same id, on every machine, for ever.
/// </summary>
/// <remarks>Version 5 of RFC 9562, section 5.5.</remarks>
public static class NameBasedGuid
{
    private const int VersionByte = 6;
    private const int VariantByte = 8;
    private const int GuidBytes = 16;

    /// <summary>The UUIDv5 of a name (UTF-8 bytes, case-sensitive) in a namespace.</summary>
    public static Guid Of(Guid space, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        byte[] input = [.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
#pragma warning disable CA5350 // The RFC prescribes SHA-1; it names things here and protects nothing.
        var hash = SHA1.HashData(input);
#pragma warning restore CA5350
        hash[VersionByte] = (byte)((hash[VersionByte] & 0x0F) | 0x50);
        hash[VariantByte] = (byte)((hash[VariantByte] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, GuidBytes), bigEndian: true);
    }
}
