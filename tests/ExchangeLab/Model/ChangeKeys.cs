using System.Buffers.Binary;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// The change keys of items: another with every write; those of occurrences follow the series.
/// </summary>
public static class ChangeKeys
{
    private const int KeyBytes = 30;
    private const byte CalendarItemType = 0x0F;
    private const byte PartBytes = 0x16;

    public static string Of(Guid mailbox, long change)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes];
        bytes[0] = CalendarItemType;
        bytes[4] = PartBytes;
        mailbox.TryWriteBytes(bytes[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[26..], (uint)change);
        return Convert.ToBase64String(bytes);
    }
}
