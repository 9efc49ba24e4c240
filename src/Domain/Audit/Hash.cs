using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HybridCalendar.Domain.Audit;

/// <summary>A SHA-256 hash (FIPS 180-4): 32 bytes, written as 64 small hexadecimal digits.</summary>
public readonly record struct Hash
{
    /// <summary>Length, in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private const int Half = Size / 2;

    private readonly UInt128 head;
    private readonly UInt128 tail;

    /// <param name="bytes">32 bytes.</param>
    public Hash(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size);
        head = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        tail = BinaryPrimitives.ReadUInt128BigEndian(bytes[Half..]);
    }

    /// <summary>The hash of some bytes.</summary>
    public static Hash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        return new Hash(hash);
    }

    /// <exception cref="FormatException">The text is not 64 hexadecimal digits.</exception>
    public static Hash Parse(string text) =>
        Convert.FromHexString(text) is { Length: Size } bytes
            ? new Hash(bytes)
            : throw new FormatException("A hash has 64 hexadecimal digits.");

    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, head);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[Half..], tail);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public override string ToString() => Convert.ToHexStringLower(ToBytes());
}
