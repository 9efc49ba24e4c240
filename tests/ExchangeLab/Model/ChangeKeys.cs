using System.Buffers.Binary;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// The change keys of items: another with every write; those of occurrences follow the series.
/// </summary>
public static class ChangeKeys
{
    private const int KeyBytes = 30;
    private const int ChangeAt = 26;
    private const byte CalendarItemType = 0x0F;
    private const byte PartBytes = 0x16;

    public static string Of(Guid mailbox, long change)
    {
        var bytes = new byte[KeyBytes];
        bytes[0] = CalendarItemType;
        bytes[4] = PartBytes;
        mailbox.TryWriteBytes(bytes.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(ChangeAt), (uint)change);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>The change that a key of the mailbox names, or null when the lab never wrote it.</summary>
    public static long? Read(Guid mailbox, string key)
    {
        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64String(key, bytes, out var length) || length != KeyBytes)
        {
            return null;
        }

        var change = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(ChangeAt));
        return Of(mailbox, change) == key ? change : null;
    }
}
