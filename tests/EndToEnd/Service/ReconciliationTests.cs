using System.Text.Json;
using HybridCalendar.Host.Read;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>
/// Where Exchange shows something else than was recorded, readers see what Exchange shows, and operators that
/// it is so; once it is mended, both see that it is over.
/// </summary>
public sealed class ReconciliationTests
{
    private const int Occurrences = 4;

    [Fact]
    public async Task what_exchange_shows_otherwise_is_an_incident_until_it_is_mended()
    {
        await using var world = await World.Start(seed: 9);
        var people = world.Mailboxes.Where(mailbox => mailbox.Kind == "user").Take(2).ToArray();
        var moon = await Book(world, people[0].Address, hidden: false);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
        (await Incidents(world)).ShouldBeEmpty();
        (await Health(world)).ShouldBe(("healthy", 0));

        await world.Lab.Put($"/lab/meetings/{moon}/approximation", new { days = 1 });
        var hidden = await Book(world, people[1].Address, hidden: true);
        await Deadline.Wait(() => Open(world, 2), LiveWorld.Limit);

        var incidents = await Incidents(world);
        var ofMeeting = incidents.Single(incident => incident.Meeting is { });
        (ofMeeting.Missing, ofMeeting.Surplus, ofMeeting.Until).ShouldBe((Occurrences, Occurrences, null));
        var ofMailbox = incidents.Single(incident => incident.Meeting is null);
        (ofMailbox.Missing, ofMailbox.Surplus, ofMailbox.Until).ShouldBe((0, Occurrences, null));
        (await Health(world)).ShouldBe(("degraded", 2));
        (await Incidents(world, $"?mailbox={ofMailbox.Mailbox}")).ShouldBe([ofMailbox]);
        (await world.Service.History(ofMeeting.Meeting!.Value))
            .ShouldContain(e => e.Event == "meeting_expansion_corrected");

        // Meeting lists and join schedules are as Exchange shows them, but for what it does not tell.
        await Deadline.Wait(new Oracle(world, except: people[1].Address).Difference, LiveWorld.Limit);

        await world.Lab.Put($"/lab/meetings/{moon}/approximation", new { days = 0 });
        await world.Lab.Post($"/lab/meetings/{hidden}/reveal");
        await Deadline.Wait(() => Open(world, 0), LiveWorld.Limit);
        (await Incidents(world)).Count(incident => incident.Until is { }).ShouldBe(2);
        (await Health(world)).ShouldBe(("healthy", 0));
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);

        await world.Database.WaitUntilFolded();
        (await world.Service.Stop()).ShouldBe(0, world.Service.Output);
        var live = await world.Database.Documents();
        await world.Service.Command("projections", "rebuild");
        (await world.Database.Documents()).ShouldBe(live);
    }

    /// <summary>A series with Join buttons, all of it in the window that is reconciled.</summary>
    private static async Task<string> Book(World world, string organizer, bool hidden)
    {
        var today = SystemClock.Instance.GetCurrentInstant().InUtc().Date;
        var start = today.PlusDays(2).At(new LocalTime(5, 20)).InUtc().ToInstant();
        var made = await world.Lab.Post("/lab/meetings", new
        {
            organizer,
            subject = "By the moon",
            location = "https://lab.webex.com/meet/moon",
            join = "https://lab.webex.com/meet/moon",
            start = start.ToString(),
            end = (start + Duration.FromHours(1)).ToString(),
            timeZone = "UTC",
            recurrence = new { pattern = "daily", interval = 5, count = Occurrences },
            hidden,
        });
        return made.GetProperty("uid").GetString()!;
    }

    private static async Task<string?> Open(World world, int wanted)
    {
        var open = (await Incidents(world)).Count(incident => incident.Until is null);
        return open == wanted ? null : $"{open} incidents are open, not {wanted}";
    }

    private static Task<IReadOnlyList<IncidentView>> Incidents(World world, string of = "") =>
        world.Service.Get<IReadOnlyList<IncidentView>>($"/v1/incidents{of}");

    private static async Task<(string, int)> Health(World world)
    {
        using var reply = await world.Service.Http.GetAsync("/health");
        var check = JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement
            .GetProperty("checks").GetProperty("incidents");
        return (
            check.GetProperty("status").GetString()!,
            check.GetProperty("data").GetProperty("open").GetInt32());
    }
}
