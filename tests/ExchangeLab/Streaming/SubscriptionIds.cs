using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>Subscription ids in the shape of real ones: server name, a GUID and a time, in Base64.</summary>
internal static class SubscriptionIds
{
    private const int GuidBytes = 16;

    public static string New(long seed, int number, int backEnd, Instant now)
    {
        var name = Encoding.ASCII.GetBytes(BackEnds.NameOf(backEnd));
        var bytes = new byte[sizeof(ushort) + name.Length + sizeof(int) + GuidBytes + sizeof(long)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)name.Length);
        name.CopyTo(bytes, sizeof(ushort));
        var at = sizeof(ushort) + name.Length;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), GuidBytes);
        var label = string.Create(CultureInfo.InvariantCulture, $"subscription/{number}");
        Derived.Bytes(seed, label, GuidBytes).CopyTo(bytes, at + sizeof(int));
        BinaryPrimitives.WriteInt64LittleEndian(
            bytes.AsSpan(at + sizeof(int) + GuidBytes), now.ToUnixTimeTicks());
        return Convert.ToBase64String(bytes);
    }
}
