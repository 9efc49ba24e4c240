using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Seeding;
using NodaTime;
using RecurrencePattern = HybridCalendar.ExchangeLab.Model.RecurrencePattern;

namespace HybridCalendar.Simulation.Calendars;

/// <summary>What people do with their calendars.</summary>
internal sealed class Editing(Organization organization, RepeatableRandom dice)
{
    private const int Patterns = 6;
    private readonly List<string> hidden = [];
    private int count;

    /// <summary>What is shown is what is told again, everywhere.</summary>
    public void Mend()
    {
        foreach (var meeting in organization.Meetings.Where(one => one.Content.Recurrence is not null))
        {
            organization.Approximate(meeting.Uid, days: 0);
        }

        hidden.ForEach(organization.Reveal);
    }

    /// <summary>Books what is there at first: a series, and what is drawn.</summary>
    public void Begin()
    {
        BookSeries();
        Edit();
        Edit();
    }

    /// <summary>One change, and what it was.</summary>
    public string Edit()
    {
        try
        {
            return dice.Below(8) switch
            {
                0 => Copy(),
                1 => Restore(),
                2 when dice.Chance(0.3) => BookSeries(),
                3 when dice.Chance(0.5) => Replace(),
                4 when dice.Chance(0.3) => BookSeries(isHidden: true),
                4 when dice.Chance(0.5) => Approximate(),
                _ => RandomChange.Perform(organization, ++count),
            };
        }
        catch (LabRefusal refusal)
        {
            return refusal.Message;
        }
    }

    private string BookSeries(bool isHidden = false)
    {
        var people = dice.PickSome([.. organization.Mailboxes], 2);
        var organizer = people.First(person => person.Kind == MailboxKind.User);
        var date = organization.Today.PlusDays(dice.Below(10) - 7);
        var zone = Zones.Named(organizer.TimeZone);
        var start = date.At(new LocalTime(8 + dice.Below(9), 15 * dice.Below(4)));
        var invitation = Invitations.Draw(dice);
        var subject = dice.Pick(Subjects.Series);
        var content = new MeetingContent
        {
            Organizer = organizer.Address,
            Required = [.. Addresses(people, MailboxKind.User).Where(other => other != organizer.Address)],
            Rooms = [.. Addresses(people, MailboxKind.Room)],
            Subject = subject,
            Location = invitation.Location,
            Body = invitation.Body,
            BodyIsHtml = invitation.BodyIsHtml,
            Join = invitation.Join,
            Start = Occurrences.Resolve(start, zone),
            End = Occurrences.Resolve(start.PlusMinutes(30), zone),
            TimeZone = organizer.TimeZone,
            Recurrence = SeededRecurrence.Draw((RecurrencePattern)dice.Below(Patterns), date, dice),
        };
        if (isHidden)
        {
            hidden.Add(organization.BookHidden(content));
        }
        else
        {
            organization.Book(content);
        }

        return $"{organizer.Name} booked the series \"{subject}\"{(isHidden ? ", which is not told" : "")}";
    }

    /// <summary>A series is not when its rule says, or is so again.</summary>
    private string Approximate()
    {
        var series = dice.Pick([.. organization.Meetings.Where(one => one.Content.Recurrence is not null)]);
        var days = dice.Below(3);
        organization.Approximate(series.Uid, days);
        return $"\"{series.Content.Subject}\" is shown {days} days later than its rule says";
    }

    /// <summary>Somebody makes a second item of a meeting.</summary>
    private string Copy()
    {
        if (Pick(_ => true) is not { } entry)
        {
            return "nobody had anything to copy";
        }

        organization.Copy(entry.Uid, entry.Mailbox.Address);
        return $"{entry.Mailbox.Name} copied \"{entry.Content.Subject}\"";
    }

    /// <summary>Somebody's answer puts a new item in the old one's place.</summary>
    private string Replace()
    {
        if (Pick(entry => !entry.IsOrganizer && entry.Mailbox.Kind == MailboxKind.User) is not { } entry)
        {
            return "nobody had anything to answer";
        }

        organization.Respond(entry.Uid, entry.Mailbox.Address, Response.Accept, replaces: true);
        return $"{entry.Mailbox.Name} answered \"{entry.Content.Subject}\" with a new item";
    }

    /// <summary>All of a series is as its rule says again.</summary>
    private string Restore()
    {
        var meetings = organization.Meetings.Where(meeting =>
            !meeting.Content.Cancelled && meeting.Content.Changed.Count + meeting.Content.Dropped.Count > 0);
        if (meetings.ToList() is not { Count: > 0 } found)
        {
            return "no series had an exception";
        }

        var series = dice.Pick(found);
        var isDropped = dice.Chance(0.5);
        organization.Change(series.Uid, content => isDropped
            ? content with { Dropped = content.Dropped.Clear() }
            : content with { Changed = content.Changed.Clear() });
        return $"{series.Content.Organizer} made \"{series.Content.Subject}\" regular again";
    }

    private CalendarEntry? Pick(Func<CalendarEntry, bool> wanted)
    {
        var entries = dice.Pick([.. organization.Mailboxes]).In(Folder.Calendar)
            .Where(entry => !entry.IsMessage && !entry.IsDetached && wanted(entry))
            .ToList();
        return entries.Count == 0 ? null : dice.Pick(entries);
    }

    private static IEnumerable<string> Addresses(IEnumerable<Mailbox> people, MailboxKind kind) =>
        people.Where(person => person.Kind == kind).Select(person => person.Address);
}
