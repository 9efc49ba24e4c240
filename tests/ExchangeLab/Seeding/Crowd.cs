using System.Globalization;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Seeding;

/// <summary>
/// As many more mailboxes as a load test wants, each with as many items: half of them its own meetings, half
/// invitations. They come after the seeded organization, which stays the same.
/// </summary>
internal sealed class Crowd
{
    private const string Zone = "W. Europe Standard Time";
    private const int DaysBefore = 30;
    private const int DaysAfter = 150;

    /// <summary>Every so many meetings one is a weekly series.</summary>
    private const int SeriesStep = 20;

    /// <summary>How far away in the list of mailboxes the people are who are invited.</summary>
    private const int Stride = 37;

    private readonly Organization _organization;
    private readonly string[] _addresses;
    private readonly RepeatableRandom _dice;
    private readonly Invitation[] _invitations;

    private Crowd(Organization organization, int mailboxes)
    {
        const int Different = 64;
        _organization = organization;
        _dice = new RepeatableRandom(Derived.Number(organization.Seed, "crowd"));
        _invitations = [.. Enumerable.Range(0, Different).Select(_ => Invitations.Draw(_dice))];
        _addresses = [.. Enumerable.Range(1, mailboxes).Select(AddressOf)];
    }

    public static string AddressOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"user{number:D6}@lab.example");

    public static void Fill(Organization organization, int mailboxes, int meetingsEach) =>
        new Crowd(organization, mailboxes).Fill(meetingsEach);

    private void Fill(int meetingsEach)
    {
        foreach (var address in _addresses)
        {
            _organization.AddMailbox(address, "User " + address[4..10], MailboxKind.User, Zone);
        }

        for (var owner = 0; owner < _addresses.Length; owner++)
        {
            for (var number = 0; number < meetingsEach; number += 2)
            {
                _organization.Book(Draft(owner, number / 2));
            }
        }
    }

    private MeetingContent Draft(int owner, int number)
    {
        var isSeries = number % SeriesStep == SeriesStep - 1;
        var invitation = _dice.Pick(_invitations);
        var date = _organization.Today.PlusDays(_dice.Below(DaysBefore + DaysAfter) - DaysBefore);
        var start = Occurrences.Resolve(
            date.At(new LocalTime(8 + _dice.Below(10), _dice.Below(4) * 15)), Zones.Named(Zone));
        return new MeetingContent
        {
            Organizer = _addresses[owner],
            Required = [_addresses[(owner + ((number + 1) * Stride)) % _addresses.Length]],
            Subject = _dice.Pick(isSeries ? Subjects.Series : Subjects.Single),
            Location = invitation.Location,
            Body = invitation.Body,
            BodyIsHtml = invitation.BodyIsHtml,
            Join = invitation.Join,
            Start = start,
            End = start + Duration.FromMinutes(_dice.Pick([15, 30, 45, 60, 90])),
            TimeZone = Zone,
            Recurrence = isSeries ? Weekly(date) : null,
        };
    }

    private static Recurrence Weekly(LocalDate date) => new()
    {
        Pattern = RecurrencePattern.Weekly,
        DaysOfWeek = [(DayToken)((int)date.DayOfWeek % 7)],
        StartDate = date,
        EndDate = date.PlusMonths(6),
    };
}
