using System.Text.Json;
using HybridCalendar.Host.Read;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>Meetings that tests book in the lab, all with one link, and what is shown of them.</summary>
internal sealed class ShownCalendar(LiveWorld live)
{
    public const string Link = "https://lab.webex.com/meet/shown";

    private static readonly Duration Hour = Duration.FromHours(1);

    private readonly string organizer = live.World.Mailboxes.First(m => m.Kind == "user").Address;
    private readonly string guest = live.World.Mailboxes.Where(m => m.Kind == "user").ElementAt(1).Address;
    private readonly LabMailbox room = live.World.Mailboxes.First(m => m.Kind == "room");

    public Instant Now { get; } = SystemClock.Instance.GetCurrentInstant();

    // A Saturday.
    private static Instant Day { get; } = Instant.FromUtc(2030, 1, 5, 1, 0);

    private CalendarService Service => live.World.Service;

    public static Instant At(int hour) => Day + (hour * Hour);

    public Task<string> Book(
        string subject,
        int hour,
        Duration? length = null,
        string showAs = "busy",
        string sensitivity = "normal",
        string link = Link,
        bool allDay = false,
        string? by = null,
        LabMailbox? where = null) => Book(
            subject,
            allDay ? At(hour).InUtc().Date.AtMidnight().InUtc().ToInstant() : At(hour),
            length ?? Hour,
            new { showAs, sensitivity, allDay, @delegate = by, location = link, join = link },
            where);

    public async Task<string> Book(
        string subject, Instant start, Duration length, object? more = null, LabMailbox? where = null)
    {
        var wish = JsonSerializer.SerializeToNode(new
        {
            organizer,
            required = new[] { guest },
            rooms = new[] { (where ?? room).Address },
            subject,
            location = Link,
            body = "See you.",
            start = start.ToString(),
            end = (start + length).ToString(),
            timeZone = "UTC",
        })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject().ToList())
        {
            wish[name] = value?.DeepClone();
        }

        return (await live.World.Lab.Post("/lab/meetings", wish)).GetProperty("uid").GetString()!;
    }

    public Task Act(string uid, string action) => live.World.Lab.Post($"/lab/meetings/{uid}/{action}");

    public Task Respond(string uid, string mailbox, string response) =>
        live.World.Lab.Post($"/lab/meetings/{uid}/respond", new { mailbox, response, keeps = true });

    public Task Process(LabMailbox which, object processing) =>
        live.World.Lab.Put($"/lab/mailboxes/{which.Address}/processing", processing);

    // By title; what is withheld has none.
    public async Task<Dictionary<string, MeetingView>> List(string address, string query = "")
    {
        var path = $"/v1/mailboxes/{await live.IdOf(address)}/meetings";
        var around = await Service.Get<MeetingListView>(
            $"{path}?from={Now - (36 * Hour)}&to={Now + Hour}{query}");
        var later = await Service.Get<MeetingListView>($"{path}?from={At(0)}&to={At(200)}{query}");
        return around.Meetings.Concat(later.Meetings)
            .Where(meeting => meeting.Title is not null)
            .GroupBy(meeting => meeting.Title!)
            .ToDictionary(named => named.Key, named => named.First());
    }

    public async Task<MeetingView> Listed(
        string address, string title, Func<MeetingView, bool>? condition = null)
    {
        MeetingView? listed = null;
        await Deadline.Wait(
            async () =>
            {
                listed = (await List(address)).GetValueOrDefault(title);
                return listed is { } && condition?.Invoke(listed) is not false ? null : $"{title}: {listed}";
            },
            LiveWorld.Limit);
        await live.World.Database.WaitUntilFolded();
        return listed!;
    }

    /// <summary>The buttons of these meetings, in order.</summary>
    public async Task<JoinButtonView[]> Buttons(string address, Instant at)
    {
        var schedule = await Service.JoinSchedule(await live.IdOf(address), at);
        return [.. schedule.Buttons.Where(button => button.Targets[0].Address == Link)];
    }

    public async Task<IEnumerable<string?>> Titles(string address, Instant at) =>
        (await Buttons(address, at)).Select(button => button.Title);
}
