using System.Buffers.Binary;
using System.Text;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// The opaque ids of items and folders, in the form of MS-OXWSITEMID as real servers write it.
/// </summary>
public static class ItemIds
{
    public const int EntryIdBytes = 70;
    private const int FolderEntryIdBytes = 46;
    private const int GuidTextLength = 36;
    private const int HeadBytes = 1 + 1 + 2 + GuidTextLength;
    private const byte StorageTypeMailboxGuid = 3;
    private const byte InstructionNone = 0;
    private const byte InstructionOccurrence = 1;
    private const byte OccurrenceObjectType = 0x10;
    private const int FolderAt = 43;
    private const int SerialAt = 64;
    private const int TicksBytes = 8;
    private const int OccurrencePartBytes = 1 + TicksBytes + 1 + EntryIdBytes + 1;

    /// <summary>The id of a single item or of a series: 152 characters.</summary>
    public static string Item(Guid mailbox, int serial) =>
        Write(mailbox, InstructionNone, EntryId(mailbox, serial));

    /// <summary>The id of an occurrence: its original start in front of the series' entry id.</summary>
    public static string Occurrence(Guid mailbox, int serial, Instant originalStart)
    {
        var part = new byte[OccurrencePartBytes];
        part[0] = TicksBytes;
        var ticks = originalStart.ToDateTimeUtc().Ticks;
        BinaryPrimitives.WriteInt64BigEndian(part.AsSpan(1), ticks);
        part[1 + TicksBytes] = EntryIdBytes;
        EntryId(mailbox, serial).CopyTo(part, 2 + TicksBytes);
        part[^1] = OccurrenceObjectType;
        return Write(mailbox, InstructionOccurrence, part);
    }

    /// <summary>The id of a folder: 120 characters.</summary>
    public static string FolderId(Guid mailbox, Folder folder)
    {
        var entry = new byte[FolderEntryIdBytes];
        mailbox.TryWriteBytes(entry.AsSpan(4));
        entry[20] = 1;
        mailbox.TryWriteBytes(entry.AsSpan(22));
        entry[FolderAt] = (byte)folder;
        return Write(mailbox, InstructionNone, entry);
    }

    /// <summary>What a folder id says, or null when the lab never wrote it.</summary>
    public static (Guid Mailbox, Folder Folder)? ReadFolder(string id)
    {
        var bytes = new byte[HeadBytes + 3 + FolderEntryIdBytes];
        if (!Convert.TryFromBase64String(id, bytes, out var length) || length != bytes.Length)
        {
            return null;
        }

        var entry = bytes.AsSpan(HeadBytes + 3);
        var mailbox = new Guid(entry.Slice(4, 16));
        var folder = (Folder)entry[FolderAt];
        return Enum.IsDefined(folder) && FolderId(mailbox, folder) == id ? (mailbox, folder) : null;
    }

    /// <summary>The MAPI entry id of an item: 70 bytes.</summary>
    public static byte[] EntryId(Guid mailbox, int serial)
    {
        var entry = new byte[EntryIdBytes];
        mailbox.TryWriteBytes(entry.AsSpan(4));
        entry[20] = 7;
        mailbox.TryWriteBytes(entry.AsSpan(22));
        entry[FolderAt] = (byte)Folder.Calendar;
        mailbox.TryWriteBytes(entry.AsSpan(46));
        BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(SerialAt), serial);
        return entry;
    }

    /// <summary>What an entry id says, or null when the lab never wrote it.</summary>
    public static ItemName? ReadEntryId(ReadOnlySpan<byte> entry)
    {
        if (entry.Length != EntryIdBytes)
        {
            return null;
        }

        var mailbox = new Guid(entry.Slice(4, 16));
        var serial = BinaryPrimitives.ReadInt32BigEndian(entry[SerialAt..]);
        return entry.SequenceEqual(EntryId(mailbox, serial)) ? new ItemName(mailbox, serial, null) : null;
    }

    /// <summary>
    /// What an item id says, or null when it is malformed: every character and its case counts.
    /// </summary>
    public static ItemName? ReadItem(string id)
    {
        var bytes = new byte[id.Length];
        if (!Convert.TryFromBase64String(id, bytes, out var length)
            || length < HeadBytes + 3 + EntryIdBytes)
        {
            return null;
        }

        var part = bytes.AsSpan(HeadBytes + 3, length - HeadBytes - 3);
        if (part.Length == EntryIdBytes)
        {
            return ReadEntryId(part) is { } name && Item(name.Mailbox, name.Serial) == id ? name : null;
        }

        if (part.Length != OccurrencePartBytes
            || ReadEntryId(part.Slice(2 + TicksBytes, EntryIdBytes)) is not { } master)
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(part[1..]);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return null;
        }

        var start = Instant.FromDateTimeUtc(new DateTime(ticks, DateTimeKind.Utc));
        return Occurrence(master.Mailbox, master.Serial, start) == id
            ? master with { OriginalStart = start }
            : null;
    }

    private static string Write(Guid mailbox, byte instruction, byte[] part)
    {
        var bytes = new byte[HeadBytes + 3 + part.Length];
        bytes[1] = StorageTypeMailboxGuid;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), GuidTextLength);
        Encoding.ASCII.GetBytes(mailbox.ToString("D"), bytes.AsSpan(4));
        bytes[HeadBytes] = instruction;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(HeadBytes + 1), (ushort)part.Length);
        part.CopyTo(bytes, HeadBytes + 3);
        return Convert.ToBase64String(bytes);
    }
}
