using System.Text.Json;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host.Read;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>
/// What people and rooms are shown of each kind of meeting, from Exchange to the API: the README's table.
/// </summary>
public sealed class ShownMeetingsTests(LiveWorld live) : IClassFixture<LiveWorld>
{
    private const string Link = "https://lab.webex.com/meet/shown";

    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration Lead = Duration.FromMinutes(5);

    private readonly Instant now = SystemClock.Instance.GetCurrentInstant();
    private readonly string organizer = live.World.Mailboxes.First(m => m.Kind == "user").Address;
    private readonly string guest = live.World.Mailboxes.Where(m => m.Kind == "user").ElementAt(1).Address;
    private readonly LabMailbox room = live.World.Mailboxes.First(m => m.Kind == "room");
    private readonly LabMailbox asked = live.World.Mailboxes.Where(m => m.Kind == "room").ElementAt(1);

    // A night in which nobody else meets.
    private Instant Day => now.InUtc().Date.PlusDays(5).At(new LocalTime(1, 0)).InUtc().ToInstant();

    private CalendarService Service => live.World.Service;

    [Fact]
    public async Task every_kind_of_meeting_is_shown_as_the_table_says()
    {
        await Book("Plain", 0);
        await Act(await Book("Called off", 1), "cancel");
        var declined = await Book("Declined", 2);
        await Respond(declined, guest, "decline");
        await Respond(declined, room.Address, "decline");
        await Respond(await Book("Perhaps", 3), guest, "tentative");
        await Book("Free", 4, showAs: "free");
        await Book("Elsewhere", 5, showAs: "workingElsewhere");
        await Book("Private", 6, sensitivity: "private");
        await Book("Confidential", 7, sensitivity: "confidential");
        await Book("Personal", 8, sensitivity: "personal");
        await Book("Nowhere", 9, link: "");
        await Book("By a delegate", 10, by: guest);
        await Book("All day", 24, length: 24 * Hour, allDay: true);
        await Book("Midnight", 22, length: 2 * Hour);
        await Book("Past", now - (26 * Hour), Hour);
        await Book("In progress", now - Duration.FromMinutes(10), Hour);
        await Book("Last", 11);

        await Listed(guest, "Last");
        await Listed(organizer, "Last");
        await Listed(room.Address, "Last");
        await Listed(guest, "Perhaps", meeting => meeting.Response == Response.Tentative);
        await Listed(guest, "Declined", meeting => meeting.Response == Response.Declined);
        await Listed(guest, "Canceled: Called off", meeting => meeting.Cancelled);

        var (own, person, shared) = (
            await List(organizer), await List(guest), await List(room.Address));
        foreach (var name in new[]
        {
            "Plain", "Free", "Elsewhere", "Private", "Confidential", "Personal", "By a delegate", "Midnight",
            "Past", "In progress",
        })
        {
            HasButton(own[name], Lead);
            HasButton(person[name], Lead);
        }

        foreach (var name in new[]
        {
            "Plain", "Perhaps", "Free", "Elsewhere", "Personal", "By a delegate", "Midnight", "Past",
            "In progress",
        })
        {
            HasButton(shared[name], Lead);
        }

        HasButton(person["Perhaps"], Lead);
        person["Free"].ShownAs.ShouldBe(ShownAs.Free);
        shared["Elsewhere"].ShownAs.ShouldBe(ShownAs.WorkingElsewhere);
        (await List(guest, "&tentative=hidden")).ShouldNotContainKey("Perhaps");
        Without(person["Canceled: Called off"], NoButton.Cancelled);
        Without(shared["Canceled: Called off"], NoButton.Cancelled);
        Without(person["Declined"], NoButton.Declined);
        shared.ShouldNotContainKey("Declined");
        Without(person["Nowhere"], NoButton.NoWayToJoin);
        Without(shared["Nowhere"], NoButton.NoWayToJoin);
        HasButton(person["All day"], Duration.Zero);
        HasButton(shared["All day"], Duration.Zero);
        person["All day"].AllDay.ShouldBeTrue();

        await IsWithheld("Private", 6, Sensitivity.Private);
        await IsWithheld("Confidential", 7, Sensitivity.Confidential);
        shared["Personal"].Withheld.ShouldBeFalse();
        person["Private"].Participants.ShouldNotBeEmpty();

        (await Titles(guest, now)).ShouldContain("In progress");
        (await Titles(guest, now)).ShouldNotContain("Past");
        (await Titles(guest, At(1) - Lead)).ShouldBe(["Plain"]);
        (await Titles(room.Address, At(23) + Hour)).ShouldBe([]);
        (await Titles(room.Address, At(23))).ShouldBe(["Midnight", "All day"]);
        (await Titles(room.Address, At(22))).ShouldBe(["Midnight"]);
    }

    [Fact]
    public async Task a_room_has_no_button_for_what_it_has_not_accepted_and_does_not_show_what_it_declined()
    {
        await Process(new { answer = "noResponseReceived" });
        var waiting = await Book("Waiting", 30, where: asked);
        Without(await Listed(asked.Address, "Waiting"), NoButton.NotAccepted);
        (await Titles(asked.Address, At(30))).ShouldBeEmpty();

        await Respond(waiting, asked.Address, "accept");
        var accepted = await Listed(asked.Address, "Waiting", meeting => meeting.Button.WhyNot is null);
        HasButton(accepted, Lead);
        (await Titles(asked.Address, At(30))).ShouldBe(["Waiting"]);

        await Process(new { answer = "decline" });
        await Book("Refused", 32, where: asked);
        await Process(new { });
        await Book("After that", 34, where: asked);
        await Listed(asked.Address, "After that");
        (await List(asked.Address)).ShouldNotContainKey("Refused");
    }

    [Fact]
    public async Task overlapping_and_back_to_back_meetings_are_all_up_in_order_and_the_next_change_is_said()
    {
        await Book("Long", 40, length: 3 * Hour);
        await Book("First", 41);
        await Book("Second", 42);
        await Listed(guest, "Second");
        var mailbox = await live.IdOf(guest);

        var schedule = await Service.JoinSchedule(mailbox, At(42) - Lead);
        schedule.Buttons.Select(button => button.Title).ShouldBe(["Long", "First", "Second"]);
        schedule.ChangesAt.ShouldBe(At(42));
        schedule = await Service.JoinSchedule(mailbox, At(42));
        schedule.Buttons.Select(button => button.Title).ShouldBe(["Long", "Second"]);
        schedule.ChangesAt.ShouldBe(At(43));
        (await Service.JoinSchedule(mailbox, At(43))).Buttons.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_asked_of_tentative_meetings_is_shown_or_hidden_and_nothing_else()
    {
        using var reply = await Service.Http.GetAsync(
            $"/v1/mailboxes/{await live.IdOf(guest)}/join-schedule?tentative=perhaps",
            TestContext.Current.CancellationToken);
        reply.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    private Instant At(int hour) => Day + (hour * Hour);

    private Task<string> Book(
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

    private async Task<string> Book(
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

    private Task Act(string uid, string action) => live.World.Lab.Post($"/lab/meetings/{uid}/{action}");

    private Task Respond(string uid, string mailbox, string response) =>
        live.World.Lab.Post($"/lab/meetings/{uid}/respond", new { mailbox, response, keeps = true });

    private Task Process(object processing) =>
        live.World.Lab.Put($"/lab/mailboxes/{asked.Address}/processing", processing);

    // By title; what is withheld has none.
    private async Task<Dictionary<string, MeetingView>> List(string address, string query = "")
    {
        var (from, to) = (now - (36 * Hour), At(60));
        var list = await Service.Get<MeetingListView>(
            $"/v1/mailboxes/{await live.IdOf(address)}/meetings?from={from}&to={to}{query}");
        return list.Meetings.Where(meeting => meeting.Title is not null)
            .GroupBy(meeting => meeting.Title!)
            .ToDictionary(named => named.Key, named => named.First());
    }

    private async Task<MeetingView> Listed(
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
        return listed!;
    }

    private async Task IsWithheld(string title, int hour, Sensitivity sensitivity)
    {
        var mailbox = await live.IdOf(room.Address);
        var list = await Service.Meetings(mailbox, At(hour), At(hour + 1));
        var meeting = list.Meetings.Single(m => m.Start == At(hour));
        meeting.Sensitivity.ShouldBe(sensitivity);
        meeting.Withheld.ShouldBeTrue();
        meeting.Title.ShouldBeNull();
        meeting.Location.ShouldBe(room.Name);
        meeting.Participants.ShouldBeEmpty();
        meeting.Organizer!.Address.ShouldBe(organizer);
        HasButton(meeting, Lead);
        var button = (await Service.JoinSchedule(mailbox, At(hour))).Buttons[0];
        button.Withheld.ShouldBeTrue();
        button.Title.ShouldBeNull();
        button.Organizer!.Address.ShouldBe(organizer);
        button.Targets[0].Address.ShouldBe(Link);
        (await List(room.Address)).ShouldNotContainKey(title);
    }

    private async Task<IEnumerable<string?>> Titles(string address, Instant at) =>
        (await Service.JoinSchedule(await live.IdOf(address), at)).Buttons.Select(button => button.Title);

    private static void HasButton(MeetingView meeting, Duration lead) =>
        meeting.Button.ShouldBe(
            new ButtonView(meeting.Start - lead, meeting.End, WhyNot: null), meeting.Title);

    private static void Without(MeetingView meeting, NoButton why) =>
        meeting.Button.ShouldBe(new ButtonView(From: null, Until: null, why), meeting.Title);
}
