using System.Text.Json;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;
using Marten;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>A read model that cannot fold an event stops there: it never skips it.</summary>
public sealed class StoppedFoldTests
{
    [Fact]
    public async Task a_read_model_stops_at_an_event_that_it_cannot_fold_and_health_says_so()
    {
        await using var world = await World.Start(seed: 5);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
        var bad = await AppendWhatNoFoldTakes(world);
        await world.Lab.ChangeSomething(1);
        await Deadline.Wait(
            async () => await world.Database.Newest() > bad ? null : "nothing was recorded after it",
            LiveWorld.Limit);

        await Deadline.Wait(
            async () => await LagStatus(world) == "unhealthy" ? null : "lag is healthy",
            LiveWorld.Limit);

        var lag = (await Lag(world)).GetProperty("data").GetProperty("meeting_list").GetString()!;
        lag.ShouldContain($"event {bad} waits");
        (await Count(world, $"mt_event_progression where name = 'meeting_list:All' and last_seq_id >= {bad}"))
            .ShouldBe(0);
        (await Count(world, "mt_doc_deadletterevent")).ShouldBe(0);
    }

    // A meeting that was never seen to appear cannot be retitled.
    private static async Task<long> AppendWhatNoFoldTakes(World world)
    {
        using var store = DocumentStore.For(options =>
        {
            options.Connection(world.Database.ConnectionString);
            options.AddCalendar();
        });
        await using var session = store.LightweightSession();
        var now = SystemClock.Instance.GetCurrentInstant();
        var look = new Look(new MailboxId(Guid.NewGuid()), now, LookTrigger.Hint);
        session.Events.Append(Guid.NewGuid(), new MeetingRetitled(null) { Look = look });
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        return await world.Database.Newest();
    }

    private static Task<long> Count(World world, string rows) =>
        world.Database.Query<long>($"select count(*) from calendar.{rows}");

    private static async Task<string?> LagStatus(World world) =>
        (await Lag(world)).GetProperty("status").GetString();

    private static async Task<JsonElement> Lag(World world)
    {
        using var reply = await world.Service.Http.GetAsync("/health");
        var report = JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement;
        return report.GetProperty("checks").GetProperty("lag");
    }
}
