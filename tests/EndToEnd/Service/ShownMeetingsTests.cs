using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host.Read;
using NodaTime;
using static HybridCalendar.EndToEnd.Service.ShownCalendar;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>
/// What people and rooms are shown of each kind of meeting, from Exchange to the API: the README's table.
/// </summary>
public sealed class ShownMeetingsTests(LiveWorld live) : IClassFixture<LiveWorld>
{
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration Lead = Duration.FromMinutes(5);

    private readonly ShownCalendar calendar = new(live);
    private readonly string organizer = live.World.Mailboxes.First(m => m.Kind == "user").Address;
    private readonly string guest = live.World.Mailboxes.Where(m => m.Kind == "user").ElementAt(1).Address;
    private readonly LabMailbox room = live.World.Mailboxes.First(m => m.Kind == "room");
    private readonly LabMailbox asked = live.World.Mailboxes.Where(m => m.Kind == "room").ElementAt(1);

    private CalendarService Service => live.World.Service;

    [Fact]
    public async Task every_kind_of_meeting_is_shown_as_the_table_says()
    {
        await calendar.Book("Plain", 0);
        await calendar.Act(await calendar.Book("Called off", 1), "cancel");
        var declined = await calendar.Book("Declined", 2);
        await calendar.Respond(declined, guest, "decline");
        await calendar.Respond(declined, room.Address, "decline");
        await calendar.Respond(await calendar.Book("Perhaps", 3), guest, "tentative");
        await calendar.Book("Free", 4, showAs: "free");
        await calendar.Book("Elsewhere", 5, showAs: "workingElsewhere");
        await calendar.Book("Private", 6, sensitivity: "private");
        await calendar.Book("Confidential", 7, sensitivity: "confidential");
        await calendar.Book("Personal", 8, sensitivity: "personal");
        await calendar.Book("Nowhere", 9, link: "");
        await calendar.Book("By a delegate", 10, by: guest);
        await calendar.Book("All day", 24, length: 24 * Hour, allDay: true);
        await calendar.Book("Midnight", 22, length: 2 * Hour);
        await calendar.Book("Past", calendar.Now - (26 * Hour), Hour);
        await calendar.Book("In progress", calendar.Now - Duration.FromMinutes(10), Hour);
        await calendar.Book("Last", 11);

        await calendar.Listed(guest, "Last");
        await calendar.Listed(organizer, "Last");
        await calendar.Listed(room.Address, "Last");
        await calendar.Listed(guest, "Perhaps", meeting => meeting.Response == Response.Tentative);
        await calendar.Listed(guest, "Declined", meeting => meeting.Response == Response.Declined);
        await calendar.Listed(guest, "Canceled: Called off", meeting => meeting.Cancelled);

        var (own, person, shared) = (
            await calendar.List(organizer), await calendar.List(guest), await calendar.List(room.Address));
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
        (await calendar.List(guest, "&tentative=hidden")).ShouldNotContainKey("Perhaps");
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

        (await calendar.Titles(guest, calendar.Now)).ShouldContain("In progress");
        (await calendar.Titles(guest, calendar.Now)).ShouldNotContain("Past");
        (await calendar.Titles(guest, At(1) - Lead)).ShouldBe(["Plain"]);
        (await calendar.Titles(room.Address, At(23) + Hour)).ShouldBe(["All day"]);
        (await calendar.Titles(room.Address, At(23))).ShouldBe(["Midnight", "All day"]);
        (await calendar.Titles(room.Address, At(22))).ShouldBe(["Midnight"]);
    }

    [Fact]
    public async Task a_room_has_no_button_for_what_it_has_not_accepted_and_does_not_show_what_it_declined()
    {
        await calendar.Process(asked, new { answer = "noResponseReceived" });
        var waiting = await calendar.Book("Waiting", 30, where: asked);
        Without(await calendar.Listed(asked.Address, "Waiting"), NoButton.NotAccepted);
        (await calendar.Titles(asked.Address, At(30))).ShouldBeEmpty();

        await calendar.Respond(waiting, asked.Address, "accept");
        var accepted = await calendar.Listed(
            asked.Address, "Waiting", meeting => meeting.Button.WhyNot is null);
        HasButton(accepted, Lead);
        (await calendar.Titles(asked.Address, At(30))).ShouldBe(["Waiting"]);

        await calendar.Process(asked, new { answer = "decline" });
        await calendar.Book("Refused", 32, where: asked);
        await calendar.Process(asked, new { });
        await calendar.Book("After that", 34, where: asked);
        await calendar.Listed(asked.Address, "After that");
        (await calendar.List(asked.Address)).ShouldNotContainKey("Refused");
    }

    [Fact]
    public async Task overlapping_and_back_to_back_meetings_are_all_up_in_order_and_the_next_change_is_said()
    {
        await calendar.Book("Long", 170, length: 3 * Hour);
        await calendar.Book("First", 171);
        await calendar.Book("Second", 172);
        await calendar.Listed(guest, "Second");
        (await calendar.Titles(guest, At(172) - Lead)).ShouldBe(["Long", "First", "Second"]);
        (await calendar.Titles(guest, At(172))).ShouldBe(["Long", "Second"]);
        (await calendar.Titles(guest, At(173))).ShouldBeEmpty();
        var mailbox = await live.IdOf(guest);
        (await Service.JoinSchedule(mailbox, At(172) - Lead)).ChangesAt.ShouldBe(At(172));
        (await Service.JoinSchedule(mailbox, At(172))).ChangesAt.ShouldBe(At(173));
    }

    [Fact]
    public async Task what_is_asked_of_tentative_meetings_is_shown_or_hidden_and_nothing_else()
    {
        using var reply = await Service.Http.GetAsync(
            $"/v1/mailboxes/{await live.IdOf(guest)}/join-schedule?tentative=perhaps",
            TestContext.Current.CancellationToken);
        reply.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    private async Task IsWithheld(string title, int hour, Sensitivity sensitivity)
    {
        var mailbox = await live.IdOf(room.Address);
        var list = await Service.Meetings(mailbox, At(hour), At(hour + 1));
        var meeting = list.Meetings.Single(
            m => m.Start == At(hour) && m.JoinTargets.Any(target => target.Address == Link));
        meeting.Sensitivity.ShouldBe(sensitivity);
        meeting.Withheld.ShouldBeTrue();
        meeting.Title.ShouldBeNull();
        meeting.Location.ShouldBe(room.Name);
        meeting.Participants.ShouldBeEmpty();
        meeting.Organizer!.Address.ShouldBe(organizer);
        HasButton(meeting, Lead);
        var button = (await calendar.Buttons(room.Address, At(hour))).Single(b => b.Start == At(hour));
        button.Withheld.ShouldBeTrue();
        button.Title.ShouldBeNull();
        button.Organizer!.Address.ShouldBe(organizer);
        button.Targets[0].Address.ShouldBe(Link);
        (await calendar.List(room.Address)).ShouldNotContainKey(title);
    }

    private static void HasButton(MeetingView meeting, Duration lead) =>
        meeting.Button.ShouldBe(
            new ButtonView(meeting.Start - lead, meeting.End, WhyNot: null), meeting.Title);

    private static void Without(MeetingView meeting, NoButton why) =>
        meeting.Button.ShouldBe(new ButtonView(From: null, Until: null, why), meeting.Title);
}
