using System.Globalization;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// All mailboxes and meetings, and what people can do with them. One lock guards everything.
/// </summary>
/// <remarks>Callers that read several things at once hold <see cref="Gate"/> themselves.</remarks>
public sealed partial class Organization(long seed, LocalDate today, LabClock clock)
{
    private const int UidDataBytes = 16;
    private const int FirstRelativeId = 1101;
    private const string SidPrefix = "S-1-5-21-1004336348-1177238915-682003330-";
    private const int SyncEpochs = 1 << 30;

    private readonly Dictionary<string, Mailbox> _mailboxes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, Mailbox> _byId = [];
    private readonly Dictionary<string, Mailbox> _bySid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Meeting> _meetings = new(StringComparer.Ordinal);
    private readonly List<Meeting> _inOrder = [];

    /// <summary>Called, under the lock, for everything that subscribers may be told.</summary>
    public Action<MailboxChange>? Changed { get; set; }

    public Lock Gate { get; } = new();

    public long Seed { get; } = seed;

    public LocalDate Today { get; } = today;

    public LabClock Clock { get; } = clock;

    /// <summary>
    /// The generation of sync states that are still good: a lab that starts again refuses those of its
    /// earlier life.
    /// </summary>
    public int SyncEpoch { get; private set; } = (int)(clock.Now.ToUnixTimeSeconds() % SyncEpochs);

    public IEnumerable<Mailbox> Mailboxes => _mailboxes.Values;

    /// <summary>The meetings in the order in which they were booked.</summary>
    public IReadOnlyList<Meeting> Meetings => _inOrder;

    public Mailbox AddMailbox(string address, string name, MailboxKind kind, string timeZone)
    {
        var number = _mailboxes.Count + FirstRelativeId;
        var start = Today.AtMidnight().InUtc().ToInstant();
        var mailbox = new Mailbox
        {
            Address = address,
            Name = name,
            Kind = kind,
            TimeZone = timeZone,
            Id = Derived.Guid(Seed, "mailbox/" + address),
            Sid = SidPrefix + number.ToString(CultureInfo.InvariantCulture),
            AutomaticReplies = new AutomaticReplies(
                AutomaticRepliesState.Disabled, start, start + Duration.FromDays(1)),
        };
        _mailboxes.Add(address, mailbox);
        _byId.Add(mailbox.Id, mailbox);
        _bySid.Add(mailbox.Sid, mailbox);
        return mailbox;
    }

    public Mailbox? FindMailbox(string address) => _mailboxes.GetValueOrDefault(address);

    public Mailbox? FindMailboxBySid(string sid) => _bySid.GetValueOrDefault(sid);

    public Mailbox? FindMailbox(Guid id) => _byId.GetValueOrDefault(id);

    public Mailbox GetMailbox(string address) => FindMailbox(address) ?? throw new LabRefusal(
        $"There is no mailbox \"{address}\": GET /lab/mailboxes lists those that exist.")
        {
            IsMissing = true,
        };

    public Meeting GetMeeting(string uid) => _meetings.GetValueOrDefault(uid) ?? throw new LabRefusal(
        $"There is no meeting \"{uid}\": give a uid from a calendar or from booking.")
        {
            IsMissing = true,
        };

    /// <summary>The name that people see for an address.</summary>
    public string NameOf(string address) => FindMailbox(address)?.Name ?? address.Split('@')[0];

    /// <summary>Makes all sync states that were given out invalid.</summary>
    public void ExpireSyncStates()
    {
        lock (Gate)
        {
            SyncEpoch++;
        }
    }

    public void SetAutomaticReplies(string address, AutomaticReplies replies)
    {
        lock (Gate)
        {
            if (replies.End < replies.Start)
            {
                throw new LabRefusal(
                    "The automatic replies end before they start: give an end after the start.");
            }

            GetMailbox(address).AutomaticReplies = replies;
        }
    }

    private string NewUid()
    {
        var number = _meetings.Count + 1;
        var name = string.Create(CultureInfo.InvariantCulture, $"meeting/{number}");
        var created = Today.AtMidnight().InUtc().ToInstant() + Duration.FromSeconds(number);
        return GlobalObjectIds.NewUid(created, Derived.Bytes(Seed, name, UidDataBytes));
    }

    private void Tell(ChangeKind kind, CalendarEntry entry, CalendarEntry? old = null) =>
        Changed?.Invoke(new MailboxChange(kind, entry.Mailbox, entry.Serial, entry.ChangeNumber, entry.Folder,
            old?.Serial ?? 0, old?.Folder ?? entry.Folder, Clock.Now));

    /// <summary>
    /// One user action is several notifications: the item, its assistant's touch, the folder.
    /// </summary>
    private void TellCreated(CalendarEntry entry)
    {
        Tell(ChangeKind.Created, entry);
        Tell(ChangeKind.FreeBusyChanged, entry);
        Tell(ChangeKind.Modified, entry);
        Tell(ChangeKind.FolderModified, entry);
    }

    private void TellModified(CalendarEntry entry)
    {
        Tell(ChangeKind.Modified, entry);
        Tell(ChangeKind.FreeBusyChanged, entry);
        Tell(ChangeKind.Modified, entry);
    }

    private void TellMoved(CalendarEntry entry, CalendarEntry old)
    {
        Tell(ChangeKind.Moved, entry, old);
        Tell(ChangeKind.FreeBusyChanged, entry.Folder == Folder.Calendar ? entry : old);
        Tell(ChangeKind.FolderModified, entry, old);
    }
}
