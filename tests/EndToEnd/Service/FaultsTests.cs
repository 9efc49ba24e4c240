namespace HybridCalendar.EndToEnd.Service;

/// <summary>
/// However notifications, connections and processes fail: in the end the read models say what the calendars
/// say, and folding the events again gives the same documents, byte for byte.
/// </summary>
public class FaultsTests
{
    private const int Changes = 300;
    private const int Kills = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Seeds to try: as many as SEEDS says, from SEED on; three from 1 on unless said otherwise.
    /// </summary>
    public static IEnumerable<TheoryDataRow<int>> Seeds()
    {
        var count = int.Parse(
            Environment.GetEnvironmentVariable("SEEDS") ?? "3",
            System.Globalization.CultureInfo.InvariantCulture);
        var first = int.Parse(
            Environment.GetEnvironmentVariable("SEED") ?? "1",
            System.Globalization.CultureInfo.InvariantCulture);
        return Enumerable.Range(first, count).Select(seed => new TheoryDataRow<int>(seed));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task after_three_hundred_changes_under_faults_the_read_models_equal_the_calendars(int seed)
    {
        await using var world = await World.Start(seed, people: Lab.AllPeople);
        var dice = new Random(seed);
        await Misbehave(world, dice);
        var kills = Enumerable.Range(0, Kills).Select(_ => dice.Next(Changes)).ToHashSet();
        for (var change = 0; change < Changes; change++)
        {
            await world.Lab.ChangeSomething((seed * Changes) + change);
            await Disturb(world, dice);
            if (kills.Contains(change))
            {
                await world.Service.Kill();
                await world.Service.Start();
            }
        }

        await world.Lab.Put("/lab/faults", new { });
        await Deadline.Wait(new Oracle(world).Difference, Limit);
        await world.Database.WaitUntilFolded();
        (await world.Service.Stop()).ShouldBe(0, world.Service.Output);
        var live = await world.Database.Documents();
        live.ShouldNotBeEmpty();
        await world.Service.Command("projections", "rebuild");
        (await world.Database.Documents()).ShouldBe(live);
        await NoEventTwice(world);
        await NoIncident(world);
    }

    // Faults that last for the whole storm.
    private static Task Misbehave(World world, Random dice) => world.Lab.Put("/lab/faults", new
    {
        dropNotifications = 0.3,
        doubleNotifications = 0.2,
        delayNotificationsMilliseconds = dice.Next(800),
        busy = 0.05,
        busyBackOffMilliseconds = 200,
        busyCarrier = new[] { "fault", "response", "inner", "http503" }[dice.Next(4)],
    });

    // Faults that strike now and then.
    private static async Task Disturb(World world, Random dice)
    {
        switch (dice.Next(40))
        {
            case 0:
                await world.Lab.Post("/lab/streams/cut");
                break;
            case 1:
                await world.Lab.Post("/lab/subscriptions/forget");
                break;
            case 2:
                await world.Lab.Post("/lab/sync-states/expire");
                break;
        }
    }

    // Each mailbox was reconciled every few seconds meanwhile: changes under way are no differences.
    private static async Task NoIncident(World world) =>
        (await world.Database.Query<long>(
            """
            select count(*) from calendar.mt_events
            where type in ('meeting_expansion_corrected', 'unknown_entries_seen')
            """)).ShouldBe(0);

    // Two equal events in a row of one stream would mean that a look was counted twice. Sealed texts are
    // equal when their digests are; when and why the service looked does not matter. Marten leaves equal
    // tombstones in a stream of their own where appends failed.
    private static async Task NoEventTwice(World world) =>
        (await world.Database.Query<string>(
            """
            with told as (
                select stream_id, version, type,
                    regexp_replace((data - 'look' - 'at')::text, '"ciphertext": "[^"]*"', '', 'g') as facts
                from calendar.mt_events where type <> 'tombstone')
            select coalesce(string_agg(format('%s %s %s', one.type, one.stream_id, one.version), ', '), '')
            from told one
            join told next
                on next.stream_id = one.stream_id and next.version = one.version + 1
            where next.type = one.type and next.facts = one.facts
            """)).ShouldBeEmpty();
}
