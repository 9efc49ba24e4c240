using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Seeding;

/// <summary>A plausible organization: up to 25 people, 5 rooms, their calendars around today.</summary>
internal sealed class SeededOrganization
{
    public const int DaysBefore = 14;
    public const int DaysAfter = 42;
    private const int SinglesPerPerson = 12;
    private const int SeriesPerPerson = 2;
    private const int AwayPeople = 5;

    /// <summary>Every so many people one has a message in the calendar folder.</summary>
    private const int MessageStep = 6;
    private readonly Organization _organization;
    private readonly RepeatableRandom _dice;
    private readonly (string Name, string TimeZone)[] _people;
    private readonly string[] _users;
    private readonly string[] _rooms;
    private Instant _now;

    private SeededOrganization(Organization organization, (string Name, string TimeZone)[] people)
    {
        _organization = organization;
        _dice = new RepeatableRandom(Derived.Number(organization.Seed, "organization"));
        _people = people;
        _users = [.. _people.Select(person => People.AddressOf(person.Name))];
        _rooms = [.. People.Rooms.Select(room => People.AddressOf(room.Name))];
        _now = organization.Today.PlusDays(-DaysBefore - 1).At(new LocalTime(6, 0)).InUtc().ToInstant();
    }

    /// <summary>Fills an empty organization; the same seed, day and people give the same bytes.</summary>
    public static void Fill(Organization organization, (string Name, string TimeZone)[] people) =>
        new SeededOrganization(organization, people).Fill();

    private void Fill()
    {
        foreach (var ((name, zone), kind) in _people.Select(person => (person, MailboxKind.User))
            .Concat(People.Rooms.Select(room => (room, MailboxKind.Room))))
        {
            _organization.AddMailbox(People.AddressOf(name), name, kind, zone);
        }

        for (var person = 0; person < _users.Length; person++)
        {
            for (var number = 0; number < SeriesPerPerson; number++)
            {
                BookSeries(_users[person], (RecurrencePattern)(((person * SeriesPerPerson) + number) % 6));
            }

            for (var number = 0; number < SinglesPerPerson; number++)
            {
                BookSingle(_users[person]);
            }

            BookPersonal(_users[person]);
        }

        SendSomeAway();
        for (var person = MessageStep - 1; person < _users.Length; person += MessageStep)
        {
            StrayMessage(_users[person]);
        }
    }

    /// <summary>A message that its owner filed in the calendar folder.</summary>
    private void StrayMessage(string owner)
    {
        var now = Tick();
        var content = new MeetingContent
        {
            Organizer = owner,
            Subject = "Agenda for the offsite",
            Body = "Please send what you want to talk about.",
            Start = now,
            End = now,
            TimeZone = _organization.GetMailbox(owner).TimeZone,
            AllDay = true,
        };
        _organization.GetMailbox(owner).Add(
            "message/" + owner, Folder.Calendar, content, Response.Unknown, now, isMessage: true);
    }

    private Instant Tick()
    {
        _now += Duration.FromSeconds(30);
        _organization.Clock.StandAt(_now);
        return _now;
    }

    private LocalDate Workday(int firstDay, int lastDay)
    {
        var date = _organization.Today.PlusDays(firstDay + _dice.Below(lastDay - firstDay));
        return date.DayOfWeek switch
        {
            IsoDayOfWeek.Saturday => date.PlusDays(-1),
            IsoDayOfWeek.Sunday => date.PlusDays(1),
            _ => date,
        };
    }

    private MeetingContent Draft(string organizer, LocalDate date, string subject, Invitation invitation)
    {
        var timeZone = _organization.GetMailbox(organizer).TimeZone;
        var start = date.At(new LocalTime(8 + _dice.Below(10), _dice.Below(4) * 15));
        var zone = Zones.Named(timeZone);
        var end = start.PlusMinutes(_dice.Pick([15, 30, 30, 45, 60, 60, 90]));
        return new MeetingContent
        {
            Organizer = organizer,
            Subject = subject,
            Location = invitation.Location,
            Body = invitation.Body,
            BodyIsHtml = invitation.BodyIsHtml,
            Join = invitation.Join,
            Start = Occurrences.Resolve(start, zone),
            End = Occurrences.Resolve(end, zone),
            TimeZone = timeZone,
            ShowAs = _dice.Chance(0.7) ? ShowAs.Busy : _dice.Pick([ShowAs.Tentative, ShowAs.Free]),
        };
    }

    private MeetingContent WithPeople(MeetingContent draft)
    {
        var others = _users.Where(user => user != draft.Organizer).ToList();
        var required = _dice.PickSome(others, 1 + _dice.Below(5));
        var optional = _dice.PickSome(others.Except(required).ToList(), _dice.Below(3));
        var room = _dice.Chance(0.4) ? _rooms.FirstOrDefault(room => IsFree(room, draft)) : null;
        return draft with
        {
            Required = [.. required],
            Optional = [.. optional],
            Rooms = room is null ? [] : [room],
            Location = room is not null && draft.Location.Length == 0
                ? _organization.NameOf(room)
                : draft.Location,
        };
    }

    private bool IsFree(string room, MeetingContent draft) =>
        !_organization.GetMailbox(room).In(Folder.Calendar)
            .Any(entry => Occurrences.Within(entry.Content, draft.Start, draft.End).Any());

    private void BookSingle(string organizer)
    {
        Tick();
        var date = Workday(-DaysBefore, DaysAfter);
        var draft = WithPeople(Draft(organizer, date, _dice.Pick(Subjects.Single), Invitations.Draw(_dice)));
        var isForeign = draft.Body.Contains("meet.google.com", StringComparison.Ordinal);
        var foreignUid = isForeign
            ? Convert.ToHexStringLower(Derived.Bytes(_organization.Seed, draft.Body, 13)) + "@google.com"
            : null;
        if (_dice.Chance(0.08))
        {
            draft = draft with { Sensitivity = Sensitivity.Private };
        }

        var uid = _organization.Book(draft, foreignUid);
        Answer(uid, draft);
        if (_dice.Chance(0.06))
        {
            Tick();
            _organization.Cancel(uid);
        }
        else if (_dice.Chance(0.05)
            && _organization.GetMailbox(draft.Required[0]).Of(uid, Folder.Calendar).Any())
        {
            Tick();
            _organization.Delete(uid, draft.Required[0]);
        }
    }

    private void Answer(string uid, MeetingContent draft)
    {
        foreach (var attendee in draft.Required.Concat(draft.Optional))
        {
            Tick();
            var choice = _dice.Below(10);
            if (choice < 8)
            {
                _organization.Respond(uid, attendee, choice switch
                {
                    < 6 => Response.Accept,
                    6 => Response.Tentative,
                    _ => Response.Decline,
                });
            }
        }
    }

    private void BookSeries(string organizer, RecurrencePattern pattern)
    {
        Tick();
        var date = Workday(-DaysBefore, 0);
        var draft = WithPeople(Draft(organizer, date, _dice.Pick(Subjects.Series), Invitations.Draw(_dice)));
        var uid = _organization.Book(draft with { Recurrence = SeededRecurrence.Draw(pattern, date, _dice) });
        Answer(uid, draft with { Optional = [] });
        var content = _organization.GetMeeting(uid).Content;
        var from = _organization.Today.PlusDays(-DaysBefore).AtMidnight().InUtc().ToInstant();
        var to = from + Duration.FromDays(DaysBefore + DaysAfter);
        var coming = Occurrences.Within(content, from, to).ToList();
        if (coming.Count < 4)
        {
            return;
        }

        var chosen = _dice.PickSome(coming, 3).ConvertAll(occurrence => occurrence.OriginalStart!.Value);
        Tick();
        var moved = content.Start + (chosen[0] - content.Start) + Duration.FromMinutes(30);
        _organization.ChangeOccurrence(uid, chosen[0], new OccurrenceWish(moved, null, null, null));
        Tick();
        _organization.ChangeOccurrence(
            uid, chosen[1], new OccurrenceWish(null, null, content.Subject + " (extended)", null));
        Tick();
        _organization.DropOccurrence(uid, chosen[2]);
    }

    private void BookPersonal(string owner)
    {
        Tick();
        var draft = Draft(owner, Workday(-DaysBefore, DaysAfter), _dice.Pick(Subjects.Private),
            new Invitation("", "", false, null));
        _organization.Book(draft with { Sensitivity = Sensitivity.Private, ShowAs = ShowAs.OOF });
        Tick();
        var day = Draft(owner, Workday(-DaysBefore, DaysAfter), _dice.Pick(Subjects.AllDay),
            new Invitation("", "", false, null));
        _organization.Book(day with
        {
            AllDay = true,
            End = day.Start + Duration.FromDays(_dice.Below(3)) + Duration.FromHours(1),
            ShowAs = _dice.Pick([ShowAs.OOF, ShowAs.Free, ShowAs.WorkingElsewhere]),
        });
    }

    private void SendSomeAway()
    {
        foreach (var address in _dice.PickSome(_users, AwayPeople))
        {
            var start = Workday(-3, 10).AtMidnight().InUtc().ToInstant();
            var state = _dice.Chance(0.6) ? AutomaticRepliesState.Scheduled : AutomaticRepliesState.Enabled;
            _organization.SetAutomaticReplies(
                address, new AutomaticReplies(state, start, start + Duration.FromDays(1 + _dice.Below(9))));
        }
    }
}
