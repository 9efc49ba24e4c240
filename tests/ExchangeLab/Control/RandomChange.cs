using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Seeding;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>One plausible change, drawn from a seed and from what the organization looks like now.</summary>
internal sealed partial class RandomChange
{
    private const int DaysBefore = 14;
    private const int DaysAfter = 28;
    private const int MinutesOfADay = 24 * 60;

    /// <summary>How often another kind of change is drawn when one finds nothing to change.</summary>
    private const int DrawsMax = 200;

    private readonly Organization _organization;
    private readonly RepeatableRandom _dice;
    private readonly Instant _from;
    private readonly Instant _to;
    private readonly List<Func<string?>> _kinds;

    private RandomChange(Organization organization, long seed)
    {
        _organization = organization;
        _dice = new RepeatableRandom(Derived.Number(organization.Seed, $"change/{seed}"));
        _from = organization.Today.PlusDays(-DaysBefore).AtMidnight().InUtc().ToInstant();
        _to = organization.Today.PlusDays(DaysAfter).AtMidnight().InUtc().ToInstant();
        _kinds =
        [
            Book, Book, Move, Move, Retitle, Relocate, Relocate, Cancel, Delete, Restore, Respond, Respond,
            ModifyOccurrence, ModifyOccurrence, DropOccurrence, ChangeShowAs, ChangeSensitivity,
            ChangeAttendees, SetReplies,
        ];
    }

    /// <summary>Performs the change and says what it was.</summary>
    public static string Perform(Organization organization, long seed)
    {
        lock (organization.Gate)
        {
            return new RandomChange(organization, seed).Perform();
        }
    }

    private string Perform()
    {
        for (var draw = 0; draw < DrawsMax; draw++)
        {
            if (_dice.Pick(_kinds)() is { } description)
            {
                return description;
            }
        }

        return "Nothing could be changed: no calendar has anything left in the window.";
    }

    /// <summary>Meetings that are on and touch the window.</summary>
    private List<Meeting> Current(Func<MeetingContent, bool> wanted) =>
    [
        .. _organization.Meetings.Where(meeting => !meeting.Content.Cancelled && wanted(meeting.Content)
            && Occurrences.Within(meeting.Content, _from, _to).Any()),
    ];

    private Meeting? PickMeeting(Func<MeetingContent, bool> wanted) =>
        Current(wanted) is { Count: > 0 } meetings ? _dice.Pick(meetings) : null;

    /// <summary>Copies of current meetings in somebody's folder.</summary>
    private CalendarEntry? PickCopy(Folder folder, Func<CalendarEntry, bool> wanted)
    {
        var mailbox = _dice.Pick(_organization.Mailboxes.ToList());
        var copies = mailbox.In(folder)
            .Where(entry => !entry.IsDetached && !entry.IsMessage && wanted(entry)
                && Occurrences.Within(entry.Content, _from, _to).Any())
            .ToList();
        return copies.Count > 0 ? _dice.Pick(copies) : null;
    }

    private List<string> Users() =>
        [.. _organization.Mailboxes.Where(box => box.Kind == MailboxKind.User).Select(box => box.Address)];

    private string Book()
    {
        var people = _dice.PickSome(Users(), 3 + _dice.Below(3));
        var rooms = _organization.Mailboxes.Where(box => box.Kind == MailboxKind.Room).ToList();
        var zone = _organization.GetMailbox(people[0]).TimeZone;
        var day = _organization.Today.PlusDays(_dice.Below(DaysAfter + DaysBefore - 1) - DaysBefore + 1);
        var start = Occurrences.Resolve(day + new LocalTime(8 + _dice.Below(9), 30), Zones.Named(zone));
        var invitation = Invitations.Draw(_dice);
        var subject = _dice.Pick(Subjects.Single);
        _organization.Book(new MeetingContent
        {
            Organizer = people[0],
            Required = [.. people.Skip(1)],
            Rooms = _dice.Chance(0.5) ? [_dice.Pick(rooms).Address] : [],
            Subject = subject,
            Location = invitation.Location,
            Body = invitation.Body,
            BodyIsHtml = invitation.BodyIsHtml,
            Join = invitation.Join,
            Start = start,
            End = start + Duration.FromMinutes(_dice.Pick([30, 45, 60])),
            TimeZone = zone,
        });
        return $"{people[0]} booked \"{subject}\" at {start}.";
    }

    private string? Move()
    {
        if (PickMeeting(content => content.Recurrence is null) is not { } meeting)
        {
            return null;
        }

        var minutes = meeting.Content.AllDay
            ? MinutesOfADay
            : _dice.Pick([-60, -30, 30, 60, 120, MinutesOfADay]);
        var shift = Duration.FromMinutes(minutes);
        _organization.Change(
            meeting.Uid, old => old with { Start = old.Start + shift, End = old.End + shift });
        return $"{meeting.Content.Organizer} moved \"{meeting.Content.Subject}\" by {minutes} minutes.";
    }

    private string? Retitle() => Edit("retitled", old => old with
    {
        Subject = _dice.Pick(Subjects.Single) + " (new)",
    });

    private string? Relocate()
    {
        var invitation = Invitations.Draw(_dice);
        return Edit("relocated", old => old with
        {
            Location = invitation.Location,
            Body = invitation.Body,
            BodyIsHtml = invitation.BodyIsHtml,
            Join = invitation.Join,
        });
    }

    private string? ChangeShowAs() => Edit("changed the shown status of", old => old with
    {
        ShowAs = old.ShowAs == ShowAs.Busy
            ? _dice.Pick([ShowAs.Free, ShowAs.Tentative, ShowAs.OOF])
            : ShowAs.Busy,
    });

    private string? ChangeSensitivity() => Edit("changed the sensitivity of", old => old with
    {
        Sensitivity = old.Sensitivity == Sensitivity.Normal ? Sensitivity.Private : Sensitivity.Normal,
    });

    private string? ChangeAttendees()
    {
        var newcomer = _dice.Pick(Users());
        return Edit("changed the attendees of", old =>
            old.Required.Contains(newcomer) && old.Required.Length > 1
                ? old with { Required = old.Required.Remove(newcomer) }
                : old.Attendees.Contains(newcomer) || old.Organizer == newcomer || !old.IsMeeting
                    ? old with { Subject = old.Subject + " +" }
                    : old with { Required = old.Required.Add(newcomer) });
    }

    private string? Edit(string verb, Func<MeetingContent, MeetingContent> change)
    {
        if (PickMeeting(_ => true) is not { } meeting)
        {
            return null;
        }

        var subject = meeting.Content.Subject;
        _organization.Change(meeting.Uid, change);
        return $"{meeting.Content.Organizer} {verb} \"{subject}\".";
    }
}
