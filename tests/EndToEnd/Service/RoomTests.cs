using System.Text.Json;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host.Read;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>
/// What rooms have of their own: times of their Join buttons, and texts that they take away.
/// </summary>
public sealed class RoomTests
{
    private const string Subject = "Round of a room";
    private const string Link = "https://lab.webex.com/meet/room";

    private static readonly Instant Start = Instant.FromUtc(2030, 1, 7, 9, 0);
    private static readonly Instant End = Instant.FromUtc(2030, 1, 7, 10, 0);

    [Fact]
    public async Task a_room_that_strips_texts_is_told_with_the_remedy_until_it_does_so_no_more()
    {
        await using var world = await World.Start(seed: 11);
        var room = world.Mailboxes.First(mailbox => mailbox.Kind == "room").Address;
        await Shown(world, room, _ => true);
        (await Health(world)).GetProperty("status").GetString().ShouldBe("healthy");

        var processing = $"/lab/mailboxes/{room}/processing";
        await world.Lab.Put(processing, new { deleteComments = true, addOrganizerToSubject = true });
        for (var number = 0; number < Stripping.InvitationsMost; number++)
        {
            await Book(world, room, Start + Duration.FromDays(number));
        }

        var stripped = new[] { StrippedText.Body, StrippedText.TitleForOrganizer };
        var told = await Shown(world, room, mailbox => mailbox.Stripped.SequenceEqual(stripped));
        told.Advice.ShouldNotBeNull().ShouldContain("Set-CalendarProcessing");
        told.Advice.ShouldContain("-DeleteComments $false");
        var health = await Health(world);
        health.GetProperty("status").GetString().ShouldBe("degraded");
        health.GetProperty("description").GetString().ShouldBe(told.Advice);
        health.GetProperty("data").GetProperty("rooms").TryGetProperty($"{told.Id}", out _).ShouldBeTrue();
        await Deadline.Wait(
            async () => (await world.Service.Meetings(told.Id, Start, End)).Meetings
                .Any(meeting => meeting.Start == Start && meeting.Button.WhyNot is NoButton.NoWayToJoin)
                    ? null
                    : "the meeting is not listed without a button",
            LiveWorld.Limit);

        await world.Lab.Put(processing, new { });
        await Book(world, room, Start - Duration.FromDays(1));

        (await Shown(world, room, mailbox => mailbox.Stripped.Count == 0)).Advice.ShouldBeNull();
        (await Health(world)).GetProperty("status").GetString().ShouldBe("healthy");
        (await world.Database.Query<long>(
            "select count(*) from calendar.mt_events where type = 'stripped_texts_changed'")).ShouldBe(2);
    }

    [Fact]
    public async Task join_times_are_the_mailboxs_own_else_those_of_its_kind_and_are_recorded_once()
    {
        await using var world = await World.Start(seed: 12);
        var rooms = world.Mailboxes.Where(mailbox => mailbox.Kind == "room").Take(2).ToArray();
        var person = world.Mailboxes.First(mailbox => mailbox.Kind == "user");
        await world.Service.Stop();
        world.Service.Set("Read__Lead", "00:10:00");
        world.Service.Set("Read__RoomLead", "00:15:00");
        world.Service.Set("Read__RoomTail", "00:05:00");
        world.Service.List(world.Mailboxes.Select(mailbox => mailbox == rooms[1]
            ? mailbox with { Kind = "room,lead=0,tail=60" }
            : mailbox));
        await world.Service.Start();
        await Book(world, rooms[0].Address, Start);
        await Book(world, rooms[1].Address, Start);

        await Up(world, person.Address, Duration.FromMinutes(10), Duration.Zero);
        await Up(world, rooms[0].Address, Duration.FromMinutes(15), Duration.FromMinutes(5));
        await Up(world, rooms[1].Address, Duration.Zero, Duration.FromMinutes(60));

        await world.Service.Stop();
        world.Service.List(world.Mailboxes);
        await world.Service.Start();
        await Up(world, rooms[1].Address, Duration.FromMinutes(15), Duration.FromMinutes(5));
        (await Recorded(world, "join_times_changed")).ShouldBe(2);
        (await Recorded(world, "mailbox_join_times_changed")).ShouldBe(2);
    }

    // The button of the meeting from nine to ten is up exactly between these, and everything says so.
    private static async Task Up(World world, string address, Duration lead, Duration tail)
    {
        var shown = await Shown(world, address, mailbox => mailbox.Lead == lead && mailbox.Tail == tail);
        await Deadline.Wait(
            async () =>
            {
                var list = await world.Service.Meetings(shown.Id, Start, End);
                var spans = list.Meetings.Where(m => m.Title == Subject).Select(m => m.Button).ToArray();
                return spans.Length > 0
                    && spans.All(span => span == new ButtonView(Start - lead, End + tail, WhyNot: null))
                        ? null
                        : $"{address}: {string.Join(", ", spans.AsEnumerable())}";
            },
            LiveWorld.Limit);
        await world.Database.WaitUntilFolded();

        (await Buttons(Start - lead - Duration.Epsilon)).ShouldBe(0);
        (await Buttons(Start - lead)).ShouldBeGreaterThan(0);
        (await Buttons(End + tail - Duration.Epsilon)).ShouldBeGreaterThan(0);
        (await Buttons(End + tail)).ShouldBe(0);

        async Task<int> Buttons(Instant at) =>
            (await world.Service.JoinSchedule(shown.Id, at)).Buttons.Count(button => button.Title == Subject);
    }

    private static Task<JsonElement> Book(World world, string room, Instant start)
    {
        var people = world.Mailboxes.Where(mailbox => mailbox.Kind == "user").Take(2).ToArray();
        return world.Lab.Post("/lab/meetings", new
        {
            organizer = people[0].Address,
            required = new[] { people[1].Address },
            rooms = new[] { room },
            subject = Subject,
            body = $"Join at {Link}",
            join = Link,
            start = start.ToString(),
            end = (start + Duration.FromHours(1)).ToString(),
            timeZone = "UTC",
        });
    }

    private static async Task<MailboxView> Shown(
        World world, string address, Func<MailboxView, bool> condition)
    {
        MailboxView? shown = null;
        await Deadline.Wait(
            async () =>
            {
                shown = (await world.Service.Mailboxes()).SingleOrDefault(m => m.Address == address);
                return shown is { Status: MailboxStatus.Active } && condition(shown) ? null : $"{shown}";
            },
            LiveWorld.Limit);
        return shown!;
    }

    private static async Task<JsonElement> Health(World world) =>
        (await world.Service.Get<JsonElement>("/health")).GetProperty("checks").GetProperty("rooms");

    private static Task<long> Recorded(World world, string type) => world.Database.Query<long>(
        $"select count(*) from calendar.mt_events where type = '{type}'");
}
