using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// A mailbox: the calendar entries of a person or room, their change log, the automatic replies.
/// </summary>
public sealed class Mailbox
{

    /// <summary>By serial number, from 1 on; null where an entry is gone.</summary>
    private readonly List<CalendarEntry?> _entries = [];
    private readonly Dictionary<string, List<CalendarEntry>> _byUid = new(StringComparer.Ordinal);
    private readonly Dictionary<Folder, int> _deleted = [];
    private volatile MailboxSite _site = MailboxSite.First;
    private volatile bool _isMoving;
    private long _lastChange;

    public required string Address { get; init; }

    public required string Name { get; init; }

    public required MailboxKind Kind { get; init; }

    /// <summary>The Windows id of the owner's time zone.</summary>
    public required string TimeZone { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The owner's security identifier.</summary>
    public required string Sid { get; init; }

    public required AutomaticReplies AutomaticReplies { get; set; }

    /// <summary>What others see who ask when the owner is free.</summary>
    public FreeBusyAccess FreeBusyAccess { get; set; } = FreeBusyAccess.Times;

    /// <summary>What it does with invitations by itself; of a room only.</summary>
    public RoomProcessing Processing { get; set; } = new();

    /// <summary>Where it is served.</summary>
    public MailboxSite Site
    {
        get => _site;
        set => _site = value;
    }

    /// <summary>Whether it is on its way to another database, and cannot be opened.</summary>
    public bool IsMoving
    {
        get => _isMoving;
        set => _isMoving = value;
    }

    /// <summary>The change log of the calendar folder.</summary>
    public SyncLog Log { get; } = new();

    public string CalendarId => ItemIds.FolderId(Id, Folder.Calendar);

    /// <summary>Changes of anything in the mailbox so far.</summary>
    public long ChangeCount => _lastChange;

    /// <summary>The entries of a folder, oldest first.</summary>
    public IEnumerable<CalendarEntry> In(Folder folder) =>
        _entries.OfType<CalendarEntry>().Where(entry => entry.Folder == folder);

    /// <summary>How many entries ever left a folder.</summary>
    public int DeletedCount(Folder folder) => _deleted.GetValueOrDefault(folder);

    public CalendarEntry? Find(int serial) =>
        serial >= 1 && serial <= _entries.Count ? _entries[serial - 1] : null;

    /// <summary>The entries of a meeting in a folder, newest last.</summary>
    public IEnumerable<CalendarEntry> Of(string uid, Folder folder) =>
        _byUid.TryGetValue(uid, out var entries) ? entries.Where(entry => entry.Folder == folder) : [];

    /// <summary>Puts a new entry, with a new id, into a folder.</summary>
    public CalendarEntry Add(
        string uid,
        Folder folder,
        MeetingContent content,
        Response response,
        Instant now,
        bool isDetached = false,
        bool isMessage = false)
    {
        var entry = new CalendarEntry(this, _entries.Count + 1, uid, folder, now)
        {
            Content = content,
            Response = response,
            IsDetached = isDetached,
            IsMessage = isMessage,
        };
        entry.Keep(++_lastChange);
        _entries.Add(entry);
        if (!_byUid.TryGetValue(uid, out var siblings))
        {
            _byUid[uid] = siblings = [];
        }

        siblings.Add(entry);
        if (folder == Folder.Calendar)
        {
            Log.Created(entry.Serial);
        }

        return entry;
    }

    /// <summary>Gives a written entry its new change key and its place in the change log.</summary>
    public void Touch(CalendarEntry entry, Instant now)
    {
        entry.Keep(++_lastChange);
        entry.Modified = now;
        if (entry.Folder == Folder.Calendar)
        {
            Log.Updated(entry.Serial);
        }
    }

    /// <summary>Takes an entry out of its folder; its id is never used again.</summary>
    public void Remove(CalendarEntry entry)
    {
        _lastChange++;
        _deleted[entry.Folder] = DeletedCount(entry.Folder) + 1;
        _entries[entry.Serial - 1] = null;
        _byUid[entry.Uid].Remove(entry);
        if (entry.Folder == Folder.Calendar)
        {
            Log.Deleted(entry.Serial);
        }
    }
}
