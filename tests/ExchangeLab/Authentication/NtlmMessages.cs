using System.Buffers.Binary;
using System.Text;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>The messages of an NTLM handshake, as bytes.</summary>
/// <seealso href="https://learn.microsoft.com/openspecs/windows_protocols/ms-nlmp/">MS-NLMP 2.2</seealso>
internal static class NtlmMessages
{
    public const uint KeyExchange = 0x4000_0000;

    private const int FlagsOfNegotiate = 12;
    private const int HeaderLength = 56;

    /// <summary>
    /// What this server can do: Unicode, NTLMv2 with target information, signing and sealing.
    /// </summary>
    private const uint Supported = 0xE288_8235;

    /// <summary>What a challenge always says: a domain answers, with target information.</summary>
    private const uint Always = 0x0081_0205;

    private static ReadOnlySpan<byte> Signature => "NTLMSSP\0"u8;

    /// <summary>The kind of a message, 1 to 3; 0 when it is none.</summary>
    public static int Kind(ReadOnlySpan<byte> message) =>
        message.Length >= 16 && message.StartsWith(Signature)
            ? BinaryPrimitives.ReadInt32LittleEndian(message[8..])
            : 0;

    /// <summary>CHALLENGE_MESSAGE: what the client must prove to know the password for.</summary>
    public static byte[] Challenge(ReadOnlySpan<byte> negotiate, ReadOnlySpan<byte> nonce, DateTimeOffset now)
    {
        var name = Encoding.Unicode.GetBytes(ServiceAccounts.Domain);
        var target = TargetInformation(now);
        var message = new byte[HeaderLength + name.Length + target.Length];
        var wished = BinaryPrimitives.ReadUInt32LittleEndian(negotiate[FlagsOfNegotiate..]);
        Signature.CopyTo(message);
        message[8] = 2;
        WriteField(message, 12, name.Length, HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), (wished & Supported) | Always);
        nonce.CopyTo(message.AsSpan(24));
        WriteField(message, 40, target.Length, HeaderLength + name.Length);
        // Windows 10.0, NTLM revision 15.
        message[48] = 10;
        message[55] = 15;
        name.CopyTo(message, HeaderLength);
        target.CopyTo(message, HeaderLength + name.Length);
        return message;
    }

    /// <summary>What a field of a message points to; empty when it points outside.</summary>
    public static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> message, int position)
    {
        if (message.Length < position + 8)
        {
            return [];
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(message[position..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(message[(position + 4)..]);
        return offset + length <= (ulong)message.Length ? message.Slice((int)offset, length) : [];
    }

    /// <summary>The value of an attribute in target information; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> information, ushort id)
    {
        while (information.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(information[2..]);
            if (information.Length < 4 + length)
            {
                return [];
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(information) == id)
            {
                return information.Slice(4, length);
            }

            information = information[(4 + length)..];
        }

        return [];
    }

    private static byte[] TargetInformation(DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Write(2, Encoding.Unicode.GetBytes(ServiceAccounts.Domain));
        Write(1, Encoding.Unicode.GetBytes("MBX01"));
        Write(4, Encoding.Unicode.GetBytes("lab.example"));
        Write(3, Encoding.Unicode.GetBytes("mbx01.lab.example"));
        Write(7, BitConverter.GetBytes(now.ToFileTime()));
        Write(0, []);
        return bytes.ToArray();

        void Write(ushort id, byte[] value)
        {
            writer.Write(id);
            writer.Write((ushort)value.Length);
            writer.Write(value);
        }
    }

    private static void WriteField(Span<byte> message, int position, int length, int offset)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(message[position..], (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(message[(position + 2)..], (ushort)length);
        BinaryPrimitives.WriteUInt32LittleEndian(message[(position + 4)..], (uint)offset);
    }
}
