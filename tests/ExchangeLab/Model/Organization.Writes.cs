namespace HybridCalendar.ExchangeLab.Model;

/// <content>What clients write over EWS: one copy first, others only by the mails that are sent.</content>
public sealed partial class Organization
{
    private readonly List<Mail> _mails = [];

    /// <summary>The mails that writes over EWS made so far, oldest first.</summary>
    public IReadOnlyList<Mail> Mails => _mails;

    /// <summary>
    /// Puts a new item into its organizer's calendar; who is asked learns of it only by mail.
    /// </summary>
    public CalendarEntry Create(
        Mailbox owner, MeetingContent wish, ItemDetails details, string? foreignUid, Sending sending)
    {
        var content = Consistent(wish);
        var meeting = Register(foreignUid ?? NewUid(), content);
        var entry = owner.Add(meeting.Uid, Folder.Calendar, content, Response.Organizer, Clock.Now);
        entry.Details = details;
        entry.Keep(entry.ChangeNumber);
        TellCreated(entry);
        if (sending.To != SendTo.None)
        {
            Post(MailKind.Request, meeting, content.Attendees, isUpdate: false, sending);
            foreach (var address in content.Attendees)
            {
                Invite(meeting, address);
            }
        }

        return entry;
    }

    /// <summary>Writes one copy; others follow when it is the organizer's and mails are sent.</summary>
    public void Update(CalendarEntry entry, MeetingContent wish, Action<CalendarEntry> keep, Sending sending)
    {
        var old = entry.Content;
        var isSame = ReferenceEquals(wish, old);
        var content = isSame ? old : Consistent(wish);
        var isTheirs = !entry.IsOrganizer || entry.IsDetached || entry.IsMessage;
        if (isTheirs || sending.To == SendTo.None || !(content.IsMeeting || old.IsMeeting))
        {
            if (!isTheirs)
            {
                GetMeeting(entry.Uid).Content = content;
            }

            entry.Content = content;
            keep(entry);
            Write(entry);
            return;
        }

        keep(entry);
        Publish(GetMeeting(entry.Uid), content with { Sequence = old.Sequence + 1 }, sending);
    }

    private void Publish(Meeting meeting, MeetingContent content, Sending sending)
    {
        var old = meeting.Content;
        var comparer = StringComparer.OrdinalIgnoreCase;
        var added = content.Attendees.Except(old.Attendees, comparer).ToList();
        var kept = content.Attendees.Intersect(old.Attendees, comparer).ToList();
        Post(MailKind.Request, meeting, added, isUpdate: false, sending);
        Post(MailKind.Cancellation, meeting, old.Attendees.Except(content.Attendees, comparer),
            isUpdate: true, sending);
        if (sending.To == SendTo.All)
        {
            Post(MailKind.Request, meeting, kept, isUpdate: true, sending);
            Publish(meeting, content);
            return;
        }

        meeting.Content = content;
        foreach (var entry in Attached(meeting.Uid, content.Organizer).ToList())
        {
            entry.Content = content;
            Write(entry);
        }

        Reinvite(meeting, old);
    }

    private void Post(
        MailKind kind, Meeting meeting, IEnumerable<string> to, bool isUpdate, Sending sending)
    {
        var content = meeting.Content;
        if (to.ToList() is { Count: > 0 } addresses)
        {
            _mails.Add(new Mail(Clock.Now, kind, content.Organizer, addresses, meeting.Uid, content.Subject,
                isUpdate, sending.SavesCopy));
        }
    }
}
