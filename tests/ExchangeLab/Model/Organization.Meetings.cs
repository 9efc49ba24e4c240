using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <content>What an organizer does.</content>
public sealed partial class Organization
{
    /// <summary>Books a meeting: an item for the organizer, and a copy for each attendee and room.</summary>
    public string Book(MeetingContent wish, string? foreignUid = null)
    {
        lock (Gate)
        {
            var content = Consistent(wish);
            var meeting = Register(foreignUid ?? NewUid(), content);
            if (FindMailbox(content.Organizer) is { } organizer)
            {
                TellCreated(organizer.Add(
                    meeting.Uid, Folder.Calendar, content, Response.Organizer, Clock.Now));
            }

            foreach (var address in content.Attendees)
            {
                Invite(meeting, address);
            }

            return meeting.Uid;
        }
    }

    /// <summary>Changes a meeting as its organizer; every copy follows.</summary>
    public void Change(string uid, Func<MeetingContent, MeetingContent> change)
    {
        lock (Gate)
        {
            var meeting = GetMeeting(uid);
            var old = meeting.Content;
            if (old.Cancelled)
            {
                throw new LabRefusal(
                    $"The meeting \"{uid}\" is cancelled: a cancelled meeting cannot change.");
            }

            Publish(meeting, Consistent(change(old) with { Sequence = old.Sequence + 1 }));
        }
    }

    /// <summary>
    /// Calls a meeting off: attendees see it cancelled, the organizer's item goes to Deleted Items.
    /// </summary>
    public void Cancel(string uid)
    {
        lock (Gate)
        {
            Change(uid, content => content with { Cancelled = true });
            var meeting = GetMeeting(uid);
            var organizer = FindMailbox(meeting.Content.Organizer);
            foreach (var entry in organizer?.Of(uid, Folder.Calendar).ToList() ?? [])
            {
                Move(entry, Folder.DeletedItems);
            }
        }
    }

    /// <summary>Moves or renames one occurrence; all other occurrences stay.</summary>
    public void ChangeOccurrence(string uid, Instant originalStart, OccurrenceWish wish)
    {
        lock (Gate)
        {
            Change(uid, content =>
            {
                var date = DateIn(content, originalStart);
                var now = Occurrences.At(content, date);
                var own = content.Changed.GetValueOrDefault(date);
                var start = wish.Start ?? now.Start;
                var end = wish.End ?? (start + (now.End - now.Start));
                if (end < start)
                {
                    throw new LabRefusal(
                        "The occurrence ends before it starts: give an end after the start.");
                }

                OccurrenceBoundaries.Check(content, date, start);
                var change = (own ?? new OccurrenceChange(start, end, null, null))
                    .With(wish) with { Start = start, End = end };
                return content with { Changed = content.Changed.SetItem(date, change) };
            });
        }
    }

    /// <summary>Drops one occurrence of a series.</summary>
    public void DropOccurrence(string uid, Instant originalStart)
    {
        lock (Gate)
        {
            Change(uid, content =>
            {
                var date = DateIn(content, originalStart);
                return content with
                {
                    Changed = content.Changed.Remove(date),
                    Dropped = content.Dropped.Add(date),
                };
            });
        }
    }

    private Meeting Register(string uid, MeetingContent content)
    {
        var meeting = new Meeting(uid, content);
        if (!_meetings.TryAdd(uid, meeting))
        {
            throw new LabRefusal($"A meeting \"{uid}\" exists already.") { Code = "ErrorItemSave" };
        }

        _inOrder.Add(meeting);
        return meeting;
    }

    /// <summary>Gives a meeting new content, and every copy with it.</summary>
    private void Publish(Meeting meeting, MeetingContent content)
    {
        var old = meeting.Content;
        meeting.Content = content;
        var isMoved = old.Start != content.Start || old.End != content.End;
        Distribute(meeting, entry =>
        {
            if (isMoved && entry.Mailbox.Kind == MailboxKind.User && !entry.IsOrganizer)
            {
                entry.Response = Response.NoResponseReceived;
                entry.RepliedAt = null;
            }

            if (isMoved && entry.IsOrganizer)
            {
                entry.Replies = entry.Replies.RemoveRange(entry.Replies.Keys.Where(IsPerson));
            }
        });
        Reinvite(meeting, old);
    }

    private static LocalDate DateIn(MeetingContent content, Instant originalStart)
    {
        var date = Occurrences.DateOf(content, originalStart);
        return date is { } found && !content.Dropped.Contains(found) ? found : throw new LabRefusal(
            $"The meeting has no occurrence that originally starts at {originalStart}: "
            + "give the originalStart of an occurrence in a calendar.")
        {
            IsMissing = true,
        };
    }

    /// <summary>
    /// The content with whole days where it is all-day, and the rule beginning at its first date.
    /// </summary>
    private static MeetingContent Consistent(MeetingContent content)
    {
        if (content.End < content.Start)
        {
            throw new LabRefusal("The meeting ends before it starts: give an end after the start.")
            {
                Code = "ErrorCalendarEndDateIsEarlierThanStartDate",
            };
        }

        var zone = content.Zone;
        if (content.AllDay)
        {
            var first = content.Start.InZone(zone).Date;
            var end = content.End.InZone(zone);
            var isWhole = end.TimeOfDay == LocalTime.Midnight && end.Date > first;
            var after = isWhole ? end.Date : end.Date.PlusDays(1);
            content = content with
            {
                Start = zone.AtStartOfDay(first).ToInstant(),
                End = zone.AtStartOfDay(after).ToInstant(),
            };
        }

        if (content.Recurrence is not { } rule)
        {
            return content;
        }

        rule.Check();
        var aligned = rule.Aligned() ?? throw new LabRefusal(
            "The recurrence has no occurrence: give an endDate after the first date of the pattern.")
        {
            Code = "ErrorRecurrenceHasNoOccurrence",
        };
        var (start, until) = Occurrences.Planned(content, aligned.StartDate);
        return content with { Recurrence = aligned, Start = start, End = until };
    }

    private bool IsPerson(string address) => FindMailbox(address)?.Kind != MailboxKind.Room;
}
