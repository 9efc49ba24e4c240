using HybridCalendar.Host.Read;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>A meeting that a test books in the lab, recognizable by its subject.</summary>
internal sealed class Booking
{
    private readonly LiveWorld live;

    private Booking(LiveWorld live, string organizer, string subject, Instant start, Duration length)
    {
        this.live = live;
        Organizer = organizer;
        Subject = subject;
        Start = start;
        End = start + length;
    }

    public string Organizer { get; }

    public string Subject { get; }

    public Instant Start { get; }

    public Instant End { get; }

    public string Uid { get; private set; } = "";

    public string Link { get; } = "https://lab.webex.com/meet/secret-room";

    /// <summary>Books an hour of the first person with the second, three days from now.</summary>
    public static Task<Booking> Make(LiveWorld live, string subject)
    {
        var today = SystemClock.Instance.GetCurrentInstant().InUtc().Date;
        var start = today.PlusDays(3).At(new LocalTime(3, 10)).InUtc().ToInstant();
        return Make(live, subject, start, Duration.FromHours(1));
    }

    /// <summary>Books a meeting of the first person with the second.</summary>
    public static async Task<Booking> Make(LiveWorld live, string subject, Instant start, Duration length)
    {
        var people = live.World.Mailboxes.Where(mailbox => mailbox.Kind == "user").Take(2).ToArray();
        var booking = new Booking(live, people[0].Address, subject, start, length);
        var made = await live.World.Lab.Post("/lab/meetings", new
        {
            organizer = booking.Organizer,
            required = new[] { people[1].Address },
            subject,
            location = booking.Link,
            body = "The agenda follows.",
            bodyType = "text",
            start = start.ToString(),
            end = booking.End.ToString(),
            timeZone = "W. Europe Standard Time",
        });
        booking.Uid = made.GetProperty("uid").GetString()!;
        return booking;
    }

    /// <summary>The meeting as the service lists it for the organizer; null while it does not.</summary>
    public async Task<MeetingView?> Listed()
    {
        var id = await live.IdOf(Organizer);
        var from = Start - Duration.FromDays(2);
        var list = await live.World.Service.Meetings(id, from, Start + Duration.FromDays(4));
        return list.Meetings.SingleOrDefault(meeting => meeting.Title == Subject);
    }

    /// <summary>Waits until the service lists it so that a condition holds, and answers it.</summary>
    public async Task<MeetingView> WaitUntil(Func<MeetingView, bool> condition)
    {
        MeetingView? listed = null;
        await Deadline.Wait(
            async () =>
            {
                listed = await Listed();
                return listed is { } && condition(listed) ? null : $"“{Subject}” is {listed}";
            },
            LiveWorld.Limit);
        await live.World.Database.WaitUntilFolded();
        return listed!;
    }
}
