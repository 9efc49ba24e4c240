using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Seeding;

/// <summary>
/// Weekly series in zones that clients did not name as Windows does, for the setting Lab:OddZones. They are booked after
/// everything else, so that the other meetings of a seed stay the same.
/// </summary>
internal static class OddZones
{
    /// <summary>What clients wrote as a zone's id, and the zone that they meant.</summary>
    private static readonly (string? Id, string Zone)[] Seen =
    [
        ("Customized Time Zone", "W. Europe Standard Time"),
        ("tzone://Microsoft/Custom", "Eastern Standard Time"),
        ("", "GMT Standard Time"),
        (null, "Europe/Berlin"),
        ("Customized Time Zone", RuledZone.Own.Id),
    ];

    public static void Book(Organization organization)
    {
        var owners = organization.Mailboxes.Where(mailbox => mailbox.Kind == MailboxKind.User);
        foreach (var (owner, (id, timeZone)) in owners.Zip(Seen))
        {
            var date = organization.Today.PlusDays(1);
            var zone = Zones.Named(timeZone);
            organization.Book(new MeetingContent
            {
                Organizer = owner.Address,
                Subject = "Call across zones",
                Start = Occurrences.Resolve(date.At(new LocalTime(9, 0)), zone),
                End = Occurrences.Resolve(date.At(new LocalTime(9, 45)), zone),
                TimeZone = timeZone,
                ZoneId = id,
                Recurrence = new Recurrence
                {
                    Pattern = RecurrencePattern.Weekly,
                    DaysOfWeek = [(DayToken)((int)date.DayOfWeek % 7)],
                    StartDate = date,
                },
            });
        }
    }
}
