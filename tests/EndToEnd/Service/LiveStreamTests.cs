using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host.Read;
using HybridCalendar.Projections;
using JasperFx;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Services;
using NodaTime;
using Npgsql;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>
/// A world in which Join buttons come up shortly before, and nothing is asked for without a cause.
/// </summary>
public sealed class CalmWorld : LiveWorld
{
    internal static readonly Duration Lead = Duration.FromSeconds(10);

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Read__Lead"] = "00:00:10",
        ["Watch__AutomaticReplies"] = "01:00:00",
        ["Watch__Sweep"] = "01:00:00",
    };
}

/// <summary>What a subscriber of the live stream is told without asking.</summary>
public sealed class LiveStreamTests(CalmWorld live) : IClassFixture<CalmWorld>
{
    private const string Joins = "join-schedule";
    private const string Away = "presence";

    private CalendarService Service => live.World.Service;

    private static Instant Now => SystemClock.Instance.GetCurrentInstant();

    [Fact]
    public async Task a_join_button_comes_up_at_its_minute_and_goes_at_the_end_of_its_meeting()
    {
        var start = Instant.FromUnixTimeSeconds(Now.ToUnixTimeSeconds()) + Duration.FromSeconds(30);
        var mailbox = await live.IdOf(live.World.Mailboxes.First(each => each.Kind == "user").Address);
        await using var reader = await LiveReader.Open(Service, mailbox);
        await reader.Until(Joins, e => !Has(e, "Short talk"));

        var booking = await Booking.Make(live, "Short talk", start, Duration.FromSeconds(5));
        var shown = await reader.Until(Joins, e => Has(e, "Short talk"));
        var appeared = reader.All.First(e => e.Kind == "change"
            && e.As<RecordedEvent>().Text.Contains("Short talk", StringComparison.Ordinal));

        shown.At.ShouldBeInRange(booking.Start - CalmWorld.Lead, booking.Start);
        shown.Id.ShouldBeNullOrEmpty();
        appeared.At.ShouldBeLessThan(shown.At);

        var before = $"{appeared.As<RecordedEvent>().Position - 1}";
        await using var resumed = await LiveReader.Open(Service, mailbox, after: before);
        await resumed.Until(Joins, e => Has(e, "Short talk"));
        await resumed.Until("change", e => e.Id == appeared.Id);

        var gone = await reader.Until(Joins, e => e.At > shown.At && !Has(e, "Short talk"));
        gone.At.ShouldBeGreaterThanOrEqualTo(booking.End);
    }

    [Fact]
    public async Task automatic_replies_are_seen_after_an_edit_and_their_borders_without_a_look()
    {
        var address = live.World.Mailboxes.First(each => each.Kind == "user").Address;
        var mailbox = await live.IdOf(address);
        await using var reader = await LiveReader.Open(Service, mailbox);
        (await reader.Until(Away, _ => true)).As<PresenceView>().OutOfOffice.ShouldBeFalse();

        // A mailbox is asked once a minute at most, and was when its stream opened.
        var start = Instant.FromUnixTimeSeconds(Now.ToUnixTimeSeconds()) + Duration.FromSeconds(80);
        var end = start + Duration.FromSeconds(6);
        var replies = new { state = "scheduled", start = start.ToString(), end = end.ToString() };
        await live.World.Lab.Put($"/lab/mailboxes/{address}/automatic-replies", replies);
        await Booking.Make(live, "An edit");

        var told = await reader.Until(Away, e => e.As<PresenceView>().Since == start);
        told.At.ShouldBeLessThan(start);
        told.As<PresenceView>().OutOfOffice.ShouldBeFalse();
        var left = await reader.Until(Away, e => e.As<PresenceView>().OutOfOffice);
        left.At.ShouldBeInRange(start, end);
        var back = await reader.Until(Away, e => e.At > left.At && !e.As<PresenceView>().OutOfOffice);
        back.At.ShouldBeGreaterThanOrEqualTo(end);
    }

    [Fact]
    public async Task a_change_that_is_committed_late_is_told_before_those_that_came_after_it()
    {
        var people = live.World.Mailboxes.Where(each => each.Kind == "user").TakeLast(2).ToArray();
        var (late, soon) = (await live.IdOf(people[0].Address), await live.IdOf(people[1].Address));
        await using var reader = await LiveReader.Open(Service);
        await reader.Until("alive", _ => true);
        await using var store = DocumentStore.For(options =>
        {
            options.Connection(live.World.Database.ConnectionString);
            options.AddCalendar();
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        });
        await using var connection = new NpgsqlConnection(live.World.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var held = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var holding = store.LightweightSession(SessionOptions.ForTransaction(held));
        await Append(holding, late);
        await using var other = store.LightweightSession();
        await Append(other, soon);

        var committed = Now;
        await reader.Until("alive", e => e.At > committed);
        reader.All.ShouldNotContain(e => IsOf(e, soon));
        await held.CommitAsync(TestContext.Current.CancellationToken);
        await reader.Until("change", e => IsOf(e, soon));

        reader.All.Where(e => IsOf(e, late) || IsOf(e, soon)).Take(2)
            .Select(e => e.As<RecordedEvent>().Mailbox)
            .ShouldBe([late, soon]);
        reader.All.Where(e => e.Kind == "change").Select(e => e.Id).ShouldBeUnique();
    }

    [Fact]
    public async Task a_rooms_readers_are_told_of_what_is_private_without_its_title_and_place()
    {
        var calendar = new ShownCalendar(live);
        var room = live.World.Mailboxes.First(each => each.Kind == "room").Address;
        await using var rooms = await LiveReader.Open(Service, await live.IdOf(room));
        await using var all = await LiveReader.Open(Service);
        await rooms.Until("alive", _ => true);
        await all.Until("alive", _ => true);

        var secret = await calendar.Book("Secret talk", 40, sensitivity: "private");
        await all.Until("change", e => Says(e, "appeared in the calendar: “Secret talk”"));
        await live.World.Lab.Patch($"/lab/meetings/{secret}", new { subject = "Secret walk" });
        await all.Until("change", e => Says(e, "retitled to “Secret walk”"));
        await rooms.Until("change", e => Says(e, "retitled to (withheld)"));
        await calendar.Book("Open talk", 42);

        await rooms.Until("change", e => Says(e, "appeared in the calendar: “Open talk”"));
        await rooms.Until("change", e => Says(e, "appeared in the calendar: (withheld)"));
        rooms.All.ShouldAllBe(e => !e.Data.ToString().Contains("Secret", StringComparison.Ordinal));
        var mailbox = await live.IdOf(room);
        all.All.Where(e => e.Kind == "change" && e.As<RecordedEvent>().Mailbox == mailbox)
            .ShouldAllBe(e => !e.As<RecordedEvent>().Text.Contains("Secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task buttons_of_tentative_meetings_come_up_only_for_those_who_want_to_see_them()
    {
        var calendar = new ShownCalendar(live);
        var guest = live.World.Mailboxes.Where(each => each.Kind == "user").ElementAt(1).Address;
        var mailbox = await live.IdOf(guest);
        await using var shown = await LiveReader.Open(Service, mailbox);
        await using var hidden = await LiveReader.Open(Service, mailbox, query: "&tentative=hidden");

        var uid = await calendar.Book("Maybe", Now - Duration.FromMinutes(1), Duration.FromHours(1));
        await calendar.Respond(uid, guest, "tentative");
        await calendar.Listed(guest, "Maybe", meeting => meeting.Response == Response.Tentative);
        var sure = await calendar.Book("Surely", Now - Duration.FromMinutes(1), Duration.FromHours(1));
        await calendar.Respond(sure, guest, "accept");

        await shown.Until(Joins, e => Has(e, "Maybe") && Has(e, "Surely"));
        await hidden.Until(Joins, e => !Has(e, "Maybe") && Has(e, "Surely"));
    }

    [Fact]
    public async Task other_join_times_move_the_buttons_at_once_and_a_mailbox_without_watch_has_no_stream()
    {
        await using var world = await World.Start(seed: 14);
        var person = world.Mailboxes.First(each => each.Kind == "user");
        MailboxView Known(IEnumerable<MailboxView> all) => all.Single(each => each.Address == person.Address);
        await Deadline.Wait(
            async () => Known(await world.Service.Mailboxes()).Status is MailboxStatus.Active
                ? null
                : "its calendar was not read yet",
            LiveWorld.Limit);
        var mailbox = Known(await world.Service.Mailboxes()).Id;
        var start = Instant.FromUnixTimeSeconds(Now.ToUnixTimeSeconds()) + Duration.FromMinutes(50);
        await world.Lab.Post("/lab/meetings", new
        {
            organizer = person.Address,
            subject = "Soon",
            location = ShownCalendar.Link,
            start = start.ToString(),
            end = (start + Duration.FromMinutes(5)).ToString(),
            timeZone = "UTC",
        });
        await using var reader = await LiveReader.Open(world.Service, mailbox);
        await reader.Until("change", e => Says(e, "appeared in the calendar: “Soon”"));
        reader.All.ShouldAllBe(e => e.Kind != Joins || !Has(e, "Soon"));

        await using (var other = world.Service.Another())
        {
            world.Service.Set("Read__Lead", "01:00:00");
            await other.Start();
            await reader.Until(Joins, e => Has(e, "Soon"));
            await other.Stop();
        }

        world.Service.List(world.Mailboxes.Where(each => each != person));
        await using (var other = world.Service.Another())
        {
            await other.Start();
            var ended = await reader.Until("ended", _ => true);
            ended.As<StreamEnd>().Reason.ShouldBe(EndReason.NoMailbox);
        }
    }

    private static bool Says(LiveEvent e, string text) =>
        e.As<RecordedEvent>().Text.StartsWith(text, StringComparison.Ordinal);

    private static async Task Append(IDocumentSession session, Guid mailbox)
    {
        var away = new AutomaticReplies(AutomaticRepliesState.Enabled);
        session.Events.Append(
            mailbox, new AutomaticRepliesChanged(away) { Mailbox = new MailboxId(mailbox), At = Now });
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static bool IsOf(LiveEvent e, Guid mailbox) =>
        e.Kind == "change"
        && e.As<RecordedEvent>() is { Event: "automatic_replies_changed" } change
        && change.Mailbox == mailbox;

    private static bool Has(LiveEvent e, string title) =>
        e.As<JoinScheduleView>().Buttons.Any(button => button.Title == title);
}
