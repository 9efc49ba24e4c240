using HybridCalendar.EndToEnd.Service;
using HybridCalendar.Projections;
using HybridCalendar.Simulation.Record;

namespace HybridCalendar.Simulation.Postgres;

/// <summary>The same worlds over the service's own store and Marten's own daemon.</summary>
public class PostgresTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_a_real_database_every_projection_equals_the_calendars_once_the_faults_stop(int seed)
    {
        await using var database = await TestDatabase.Create();
        await using var store = await MartenStore.Start(database.ConnectionString);
        using var feed = store.Feed();
        await feed.StartAsync(TestContext.Current.CancellationToken);
        var end = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listening = new Follower(feed).Listen(end.Task, TestContext.Current.CancellationToken);
        var world = new World(seed, store: _ => store);
        var storm = new Storm(world, static () => { });
        await Run(world, storm.Blow);
        await Run(world, storm.Subside);
        await store.CatchUp();
        var live = await database.Documents();
        var events = await store.Events();
        new Verdict(world, view => Documents(live, view)).Check();
        Twice.Check(events);
        end.SetResult(events[^1].Sequence);
        (await listening).ShouldBe(events.Select(e => e.Sequence));
        await feed.StopAsync(TestContext.Current.CancellationToken);

        await Run(world, storm.LookAtAll);
        (await store.Events()).Count.ShouldBe(events.Count);
        await store.CatchUp();
        Normal(live).ShouldBe(View.Rebuild(events));
        await store.Rebuild();
        (await database.Documents()).ShouldBe(live);
    }

    private static Task Run(World world, Action part) =>
        Task.Run(() => Seed.Within(world, part), TestContext.Current.CancellationToken);

    private static Dictionary<Guid, string> Documents(IReadOnlyList<string> lines, string view) =>
        lines.Select(line => line.Split(' ', 3))
            .Where(parts => parts[0] == TableOf(view))
            .ToDictionary(parts => Guid.Parse(parts[1]), parts => parts[2]);

    // PostgreSQL sorts the members of a document.
    private static IEnumerable<string> Normal(IReadOnlyList<string> lines) => View.All
        .SelectMany(view => Documents(lines, view.Name)
            .Select(pair => view.Line(pair.Key, view.Fold(pair.Value, pair.Key, []))!))
        .Order(StringComparer.Ordinal);

    private static string TableOf(string view) =>
        TestDatabase.TableOf(Catalog.ReadModels.Single(model => model.Name == view));
}
