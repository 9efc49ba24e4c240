namespace HybridCalendar.ExchangeLab.Model;

/// <content>Where what a calendar shows and what it tells of a meeting are not the same.</content>
public sealed partial class Organization
{
    private const int DaysLaterMax = 30;

    /// <summary>
    /// Makes the rule of a series an approximation, or right again: nothing is told of it, and no item
    /// changes.
    /// </summary>
    /// <param name="days">How much later than the rule says it takes place; 0: as the rule says.</param>
    public void Approximate(string uid, int days)
    {
        lock (Gate)
        {
            var meeting = GetMeeting(uid);
            if (meeting.Content.Recurrence is null || days is < 0 or > DaysLaterMax)
            {
                throw new LabRefusal(
                    $"An approximation wants a series, and days from 0 to {DaysLaterMax}.");
            }

            meeting.Content = meeting.Content with { DaysLater = days };
            foreach (var entry in CopiesOf(uid))
            {
                entry.Content = entry.Content with { DaysLater = days };
            }
        }
    }

    /// <summary>Books a meeting that synchronization passes by; views of calendars show it.</summary>
    public string BookHidden(MeetingContent wish)
    {
        lock (Gate)
        {
            var uid = Book(wish);
            foreach (var entry in CopiesOf(uid))
            {
                entry.IsHidden = true;
            }

            return uid;
        }
    }

    /// <summary>Lets synchronization tell of a meeting that was hidden, as of a change.</summary>
    public void Reveal(string uid)
    {
        lock (Gate)
        {
            GetMeeting(uid);
            foreach (var entry in CopiesOf(uid))
            {
                entry.IsHidden = false;
                Write(entry);
            }
        }
    }

    private List<CalendarEntry> CopiesOf(string uid) =>
        [.. Mailboxes.SelectMany(mailbox => mailbox.Of(uid, Folder.Calendar))];
}
