using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Read;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>What operators see when something is wrong.</summary>
public sealed partial class TroubleTests
{
    // The default of Watch__Parallel.
    private const int LoopsThatLook = 8;

    private static readonly Instant From = Instant.FromUtc(2030, 1, 5, 0, 0);
    private static readonly Instant To = Instant.FromUtc(2030, 1, 9, 0, 0);

    [Fact]
    public async Task an_unreadable_item_is_parked_with_its_reason_and_the_rest_goes_on()
    {
        await using var world = await World.Start(seed: 2);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
        await world.Lab.Put("/lab/faults", new { malformedItems = 0.2 });
        await world.Lab.Post("/lab/sync-states/expire");
        await Deadline.Wait(async () => await Parked(world) > 0 ? null : "none is parked", LiveWorld.Limit);
        var id = await world.Database.Query<string>(
            "select data ->> 'mailbox' from calendar.mt_doc_parkeditem limit 1");
        var path = $"/v1/mailboxes/{id}/parked-items";
        var items = await world.Service.Get<IReadOnlyList<ParkedItemView>>(path);
        items.ShouldNotBeEmpty();
        foreach (var item in items)
        {
            item.Reason.ShouldContain("Start");
        }

        // What was known of parked items stands, and the other items follow their changes.
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);

        await world.Lab.Put("/lab/faults", new { });
        await Deadline.Wait(async () => await Parked(world) == 0 ? null : "still parked", LiveWorld.Limit);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
    }

    [Fact]
    public async Task health_says_that_exchange_does_not_answer_while_the_read_models_still_do()
    {
        await using var world = await World.Start(seed: 3);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
        (await Health(world, "exchange")).ShouldBe("healthy");

        await world.Lab.Kill();

        await Deadline.Wait(() => Otherwise(world, "unhealthy"), LiveWorld.Limit);
        (await Health(world, "database")).ShouldBe("healthy");
        (await Health(world, "lag")).ShouldBe("healthy");
        (await world.Service.Mailboxes()).Count.ShouldBe(world.Mailboxes.Count);

        await world.Lab.Start();
        await Deadline.Wait(() => Otherwise(world, "healthy"), LiveWorld.Limit);
    }

    [Fact]
    public async Task looks_go_on_when_the_database_has_been_away_for_a_while()
    {
        await using var world = await World.Start(seed: 8);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);

        // Looks fail, and that cannot be recorded either: more often than there are loops that look.
        await world.Database.Shut();
        await world.Lab.Post("/lab/streams/cut");
        await Deadline.Wait(
            () => Task.FromResult(Unrecorded().Count(world.Service.Output) > LoopsThatLook
                ? null
                : "looks have not failed often enough"),
            LiveWorld.Limit);
        await world.Database.Open();

        await world.Lab.ChangeSomething(1);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
    }

    [Fact]
    public async Task a_mailbox_that_is_taken_off_the_list_is_watched_no_more()
    {
        await using var world = await World.Start(seed: 4);
        await Deadline.Wait(
            async () => (await world.Service.Mailboxes()).Count == world.Mailboxes.Count ? null : "some miss",
            LiveWorld.Limit);
        await world.Service.Stop();

        var left = world.Mailboxes[0].Address;
        world.Service.List(world.Mailboxes.Skip(1));
        await world.Service.Start();

        await Deadline.Wait(
            async () => (await world.Service.Mailboxes()).Count(m => m.Status == MailboxStatus.Disabled) == 1
                ? null
                : "none is disabled",
            LiveWorld.Limit);
        var id = (await world.Service.Mailboxes()).Single(mailbox => mailbox.Address == left).Id;
        var recorded = await world.Database.Query<long>($"select count(*) {OfMailbox(id)}");
        await world.Lab.Post("/lab/meetings", new
        {
            organizer = left,
            required = new[] { world.Mailboxes[1].Address },
            subject = "Without them",
            start = "2030-01-07T09:00:00Z",
            end = "2030-01-07T10:00:00Z",
            timeZone = "UTC",
        });
        var stays = world.Mailboxes[1].Address;
        var others = (await world.Service.Mailboxes()).Single(mailbox => mailbox.Address == stays).Id;
        await Deadline.Wait(
            async () => (await world.Service.Meetings(others, From, To)).Meetings.Count > 0
                ? null
                : "the other does not see it",
            LiveWorld.Limit);

        (await world.Database.Query<long>($"select count(*) {OfMailbox(id)}")).ShouldBe(recorded);
        using var reply = await world.Service.Http.GetAsync(
            $"/v1/mailboxes/{id}/meetings", TestContext.Current.CancellationToken);
        reply.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task two_processes_that_start_together_agree_on_whom_to_watch()
    {
        await using var world = await World.Start(seed: 6, processes: 2, people: Lab.AllPeople);

        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);

        var enabled = await world.Database.Query<long>(
            "select count(*) from calendar.mt_events where type = 'mailbox_enabled'");
        enabled.ShouldBe(world.Mailboxes.Count);
        (await world.Database.Query<long>(
            "select count(*) from calendar.mt_events where type = 'join_times_changed'")).ShouldBe(1);
    }

    [Fact]
    public async Task a_service_with_a_listener_ends_at_once_when_it_is_told_to()
    {
        await using var world = await World.Start(seed: 7);
        var reader = await ChangeReader.Open(world.Service);
        await reader.Until("");

        var watch = System.Diagnostics.Stopwatch.StartNew();
        (await world.Service.Stop()).ShouldBe(0, world.Service.Output);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25));
    }

    [GeneratedRegex("That looks at mailbox .* fail could not be recorded")]
    private static partial Regex Unrecorded();

    private static string OfMailbox(Guid id) =>
        $"from calendar.mt_events where '{id}' in (data -> 'look' ->> 'mailbox', data ->> 'mailbox')";

    private static async Task<string?> Otherwise(World world, string wanted) =>
        await Health(world, "exchange") == wanted ? null : $"exchange is not {wanted}";

    private static async Task<long> Parked(World world) =>
        await world.Database.Query<long>("select count(*) from calendar.mt_doc_parkeditem");

    private static async Task<string> Health(World world, string check)
    {
        using var reply = await world.Service.Http.GetAsync("/health");
        var text = await reply.Content.ReadAsStringAsync();
        var report = JsonDocument.Parse(text).RootElement;
        var status = report.GetProperty("checks").GetProperty(check).GetProperty("status").GetString()!;
        var unhealthy = report.GetProperty("status").GetString() == "unhealthy";
        reply.StatusCode.ShouldBe(unhealthy ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        return status;
    }
}
