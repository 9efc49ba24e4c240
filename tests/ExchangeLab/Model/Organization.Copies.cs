namespace HybridCalendar.ExchangeLab.Model;

/// <content>What happens to single copies, and how updates reach them.</content>
public sealed partial class Organization
{
    /// <summary>Answers an invitation; declining removes the copy from the calendar.</summary>
    /// <param name="replaces">
    /// Whether the answer puts a new item in the old one's place, as some clients do.
    /// </param>
    /// <param name="keeps">Whether what is declined stays in the calendar, as some clients leave it.</param>
    public void Respond(
        string uid, string address, Response response, bool replaces = false, bool keeps = false)
    {
        lock (Gate)
        {
            var meeting = GetMeeting(uid);
            var entry = CopyOf(uid, address);
            var isAnswer = response is Response.Accept or Response.Tentative or Response.Decline;
            if (entry.IsOrganizer || !isAnswer)
            {
                throw new LabRefusal("Only an attendee can respond, with accept, tentative or decline.");
            }

            entry.Response = response;
            entry.RepliedAt = Clock.Now;
            if (response == Response.Decline && !keeps)
            {
                Move(entry, Folder.DeletedItems);
            }
            else if (replaces)
            {
                Replace(entry);
            }
            else
            {
                Write(entry);
            }

            Track(meeting, address, response);
        }
    }

    /// <summary>Removes one mailbox's copy, as a person pressing Delete does.</summary>
    public void Delete(string uid, string address)
    {
        lock (Gate)
        {
            Move(CopyOf(uid, address), Folder.DeletedItems);
        }
    }

    /// <summary>Puts a deleted copy back: the same meeting as it is now, under a new item id.</summary>
    public void Restore(string uid, string address)
    {
        lock (Gate)
        {
            var mailbox = GetMailbox(address);
            var deleted = mailbox.Of(uid, Folder.DeletedItems).LastOrDefault() ?? throw new LabRefusal(
                $"The mailbox \"{address}\" has no deleted copy of \"{uid}\": delete it first.")
            {
                IsMissing = true,
            };
            if (!deleted.IsDetached)
            {
                deleted.Content = ContentFor(mailbox, GetMeeting(uid).Content);
            }

            Move(deleted, Folder.Calendar);
        }
    }

    /// <summary>Makes a second item of the same meeting in a mailbox; later updates pass it by.</summary>
    public void Copy(string uid, string address)
    {
        lock (Gate)
        {
            var entry = CopyOf(uid, address);
            var copy = entry.Mailbox.Add(
                uid, Folder.Calendar, entry.Content, entry.Response, Clock.Now, isDetached: true);
            copy.TakeDetails(entry);
            copy.Replies = entry.Replies;
            Tell(ChangeKind.Copied, copy, entry);
            TellCreated(copy);
        }
    }

    private CalendarEntry CopyOf(string uid, string address) =>
        GetMailbox(address).Of(uid, Folder.Calendar).FirstOrDefault() ?? throw new LabRefusal(
            $"The calendar of \"{address}\" has no copy of \"{uid}\": give a mailbox that has one.")
        {
            IsMissing = true,
        };

    private void Invite(Meeting meeting, string address)
    {
        if (FindMailbox(address) is not { } mailbox || mailbox.Address.Equals(
            meeting.Content.Organizer, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var response = mailbox.Kind == MailboxKind.Room
            ? mailbox.Processing.Answer
            : Response.NoResponseReceived;
        if (response != Response.Decline)
        {
            var content = ContentFor(mailbox, meeting.Content);
            var entry = mailbox.Add(meeting.Uid, Folder.Calendar, content, response, Clock.Now);
            entry.RepliedAt = response == Response.NoResponseReceived ? null : Clock.Now;
            TellCreated(entry);
        }

        if (response != Response.NoResponseReceived)
        {
            Track(meeting, address, response);
        }
    }

    private MeetingContent ContentFor(Mailbox mailbox, MeetingContent sent) =>
        mailbox.Kind == MailboxKind.Room && !mailbox.Address.Equals(
            sent.Organizer, StringComparison.OrdinalIgnoreCase)
            ? mailbox.Processing.Apply(sent, NameOf(sent.Organizer))
            : sent;

    /// <summary>Invites who is new and cancels for who is no longer asked.</summary>
    private void Reinvite(Meeting meeting, MeetingContent old)
    {
        var comparer = StringComparer.OrdinalIgnoreCase;
        foreach (var address in meeting.Content.Attendees.Except(old.Attendees, comparer).ToList())
        {
            if (FindMailbox(address) is { } mailbox && !mailbox.Of(meeting.Uid, Folder.Calendar).Any())
            {
                Invite(meeting, address);
            }
        }

        foreach (var address in old.Attendees.Except(meeting.Content.Attendees, comparer).ToList())
        {
            foreach (var entry in Attached(meeting.Uid, address).Where(copy => !copy.IsOrganizer).ToList())
            {
                entry.Content = ContentFor(entry.Mailbox, meeting.Content with { Cancelled = true });
                Write(entry);
            }
        }
    }

    /// <summary>Gives every attached copy of those who are asked the meeting's new content.</summary>
    private void Distribute(Meeting meeting, Action<CalendarEntry> adjust)
    {
        foreach (var address in meeting.Content.Attendees.Prepend(meeting.Content.Organizer))
        {
            foreach (var entry in Attached(meeting.Uid, address).ToList())
            {
                entry.Content = ContentFor(entry.Mailbox, meeting.Content);
                adjust(entry);
                Write(entry);
            }
        }
    }

    private IEnumerable<CalendarEntry> Attached(string uid, string address) =>
        FindMailbox(address)?.Of(uid, Folder.Calendar).Where(entry => !entry.IsDetached) ?? [];

    private void Write(CalendarEntry entry)
    {
        entry.Mailbox.Touch(entry, Clock.Now);
        TellModified(entry);
    }

    /// <summary>Records an attendee's answer in the organizer's copy.</summary>
    private void Track(Meeting meeting, string address, Response response)
    {
        foreach (var entry in Attached(meeting.Uid, meeting.Content.Organizer).ToList())
        {
            entry.Replies = entry.Replies.SetItem(address, new AttendeeReply(response, Clock.Now));
            Write(entry);
        }
    }

    private void Replace(CalendarEntry entry)
    {
        var replacement = Successor(entry, entry.Folder);
        Tell(ChangeKind.Deleted, entry);
        TellCreated(replacement);
    }

    /// <summary>A move is a new item in one folder and the end of the old one in the other.</summary>
    private CalendarEntry Move(CalendarEntry entry, Folder folder)
    {
        var moved = Successor(entry, folder);
        TellMoved(moved, entry);
        return moved;
    }

    /// <summary>The same under a new id; the old one is gone.</summary>
    private CalendarEntry Successor(CalendarEntry entry, Folder folder)
    {
        var mailbox = entry.Mailbox;
        mailbox.Remove(entry);
        var moved = mailbox.Add(
            entry.Uid,
            folder,
            entry.Content,
            entry.Response,
            entry.Created,
            entry.IsDetached,
            entry.IsMessage);
        moved.TakeDetails(entry);
        moved.RepliedAt = entry.RepliedAt;
        moved.Replies = entry.Replies;
        moved.Modified = Clock.Now;
        return moved;
    }
}
