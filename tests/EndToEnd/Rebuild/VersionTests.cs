using HybridCalendar.EndToEnd.Service;

namespace HybridCalendar.EndToEnd.Rebuild;

/// <summary>
/// A read model of another shape is a new version beside the old one, and the service goes on meanwhile: two
/// builds of it run against one database.
/// </summary>
public sealed class VersionTests
{
    private const string Alive = "/v1/mailboxes";

    [Fact]
    public async Task a_new_shape_is_built_beside_the_old_one_switched_to_left_again_and_the_old_one_dropped()
    {
        using var build = await OtherBuild.Make();
        await using var world = await World.Start(seed: 8);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
        await using var next = world.Service.Another(build.Program, Alive);
        (await next.TryCommand("projections", "status")).Told.ShouldContain("Run db-apply");

        // Deployed: the new table is there, and nothing in it; the old build goes on.
        await next.Command("db-apply");
        var status = await next.TryCommand("projections", "status");
        status.Code.ShouldBe(1);
        status.Answer.ShouldMatch("presence +version 2, not built yet");
        status.Answer.ShouldContain("also there: version 1");
        await world.Lab.ChangeSomething(1);

        // Built, while the old build serves; then both run.
        await next.Command("projections", "rebuild", "presence");
        await next.Start();
        await Deadline.Wait(() => Readiness(next), LiveWorld.Limit);
        await world.Lab.ChangeSomething(2);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
        await Deadline.Wait(async () => await Verified(next), LiveWorld.Limit);
        await Deadline.Wait(async () => await Verified(world.Service), LiveWorld.Limit);
        (await Count(world, "mt_doc_presence_2 where data ? 'changes'")).ShouldBe(world.Mailboxes.Count);

        // What is used is not dropped.
        var refused = await next.TryCommand("projections", "drop", "--old");
        refused.Code.ShouldBe(1);
        refused.Told.ShouldContain("still uses presence version 1");

        // Switched, and back again: the old version catches up.
        (await world.Service.Stop()).ShouldBe(0);
        await world.Lab.ChangeSomething(3);
        (await next.Stop()).ShouldBe(0);
        await world.Service.Start();
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
        await Deadline.Wait(async () => await Verified(world.Service), LiveWorld.Limit);

        // And for good.
        (await world.Service.Stop()).ShouldBe(0);
        await next.Start();
        await Deadline.Wait(() => Dropped(next), LiveWorld.Limit);
        (await Count(world, "mt_event_progression where name = 'presence:All'")).ShouldBe(0);
        (await world.Database.Query<bool>("select to_regclass('calendar.mt_doc_presence') is null"))
            .ShouldBeTrue();
        await Deadline.Wait(() => Readiness(next), LiveWorld.Limit);
        await next.Command("projections", "verify");
    }

    private static async Task<string?> Readiness(CalendarService service)
    {
        using var reply = await service.Http.GetAsync("/health/ready");
        return reply.IsSuccessStatusCode ? null : await reply.Content.ReadAsStringAsync();
    }

    private static async Task<string?> Verified(CalendarService service)
    {
        var outcome = await service.TryCommand("projections", "verify", "presence");
        return outcome.Code == 0 ? null : outcome.Answer + outcome.Told;
    }

    // A process that has ended is known to be gone some seconds later.
    private static async Task<string?> Dropped(CalendarService service)
    {
        var outcome = await service.TryCommand("projections", "drop", "--old");
        return outcome.Code == 0 ? null : outcome.Told;
    }

    private static Task<long> Count(World world, string rows) =>
        world.Database.Query<long>($"select count(*) from calendar.{rows}");
}
