using System.Buffers.Binary;
using System.Text;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>The MAPI name of a meeting (MS-OXOCAL 2.2.1.27), equal in every mailbox.</summary>
public static class GlobalObjectIds
{
    private const int InstanceDateAt = 16;
    private const int FixedBytes = 40;
    private const string ClassId = "040000008200E00074C5B7101A82E008";
    private static readonly byte[] ForeignMark = [.. "vCal-Uid"u8, 1, 0, 0, 0];

    /// <summary>The UID of a meeting born in Exchange: the clean id in upper-case hexadecimal.</summary>
    public static string NewUid(Instant created, byte[] unique)
    {
        var fileTime = (ulong)created.ToDateTimeUtc().ToFileTimeUtc();
        return Convert.ToHexString(Build(fileTime, unique));
    }

    /// <summary>The id without an instance date.</summary>
    public static byte[] Clean(string uid) =>
        uid.StartsWith(ClassId, StringComparison.Ordinal)
            ? Convert.FromHexString(uid)
            : Build(0, [.. ForeignMark, .. Encoding.UTF8.GetBytes(uid), 0]);

    /// <summary>The id with the date of the occurrence that it names; the clean one for null.</summary>
    public static byte[] Full(string uid, LocalDate? date)
    {
        var bytes = Clean(uid);
        if (date is { } day)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(InstanceDateAt), (ushort)day.Year);
            bytes[InstanceDateAt + 2] = (byte)day.Month;
            bytes[InstanceDateAt + 3] = (byte)day.Day;
        }

        return bytes;
    }

    private static byte[] Build(ulong fileTime, byte[] data)
    {
        var bytes = new byte[FixedBytes + data.Length];
        Convert.FromHexString(ClassId).CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(20), fileTime);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(36), data.Length);
        data.CopyTo(bytes, FixedBytes);
        return bytes;
    }
}
