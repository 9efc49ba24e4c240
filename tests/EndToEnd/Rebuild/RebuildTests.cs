using System.Text.RegularExpressions;
using HybridCalendar.EndToEnd.Service;
using HybridCalendar.Projections;
using Marten;

namespace HybridCalendar.EndToEnd.Rebuild;

/// <summary>
/// Read models are rebuilt while the service goes on: readers see the old documents and then the new ones.
/// </summary>
public sealed partial class RebuildTests(LiveWorld live) : IClassFixture<LiveWorld>
{
    private const int Rebuilds = 2;
    private const int Kills = 2;
    private const int MillisecondsOfBuild = 2_500;

    private World World => live.World;

    [Fact]
    public async Task readers_see_the_old_documents_and_then_the_new_ones_while_calendars_change()
    {
        using var stop = new CancellationTokenSource();
        var changing = ChangeUntil(stop.Token);
        for (var time = 0; time < Rebuilds; time++)
        {
            await Watch.MarkAll(World.Database);
            await using var watch = new Watch(World.Database);

            await World.Service.Command("projections", "rebuild", "--all");

            var seen = await watch.End();
            seen[0].Old.ShouldBeGreaterThan(0);
            seen[^1].Old.ShouldBe(0);
            seen.ShouldAllBe(one => one.All > 0 && (one.Old == 0 || one.Old > one.All / 2));
            seen.SkipWhile(one => one.Old > 0).ShouldAllBe(one => one.Old == 0);
        }

        await stop.CancelAsync();
        await changing;
        await Deadline.Wait(new Oracle(World).Difference, LiveWorld.Limit);
        await World.Service.Command("projections", "verify");
        (await World.Service.Command("projections", "status")).ShouldContain("No dead letters.");
        (await World.Service.Command("db-assert"))
            .ShouldContain("No database differences detected for 'Main'");
    }

    [Fact]
    public async Task documents_are_those_that_marten_itself_builds_byte_for_byte()
    {
        await World.Service.Stop();
        await World.Service.Command("projections", "rebuild");
        var ours = await Stored();

        using (var store = Store())
        using (var daemon = await store.BuildProjectionDaemonAsync())
        {
            foreach (var model in Catalog.ReadModels)
            {
                await daemon.RebuildProjectionAsync(model.Name, TestContext.Current.CancellationToken);
            }
        }

        ours.Count.ShouldBeGreaterThan(100);
        (await Stored()).ShouldBe(ours);
        await World.Service.Command("projections", "verify");
        await World.Service.Start();
    }

    [Fact]
    public async Task a_rebuild_that_is_killed_is_gone_on_with_and_readers_notice_nothing()
    {
        var dice = new Random(7);
        var resumed = 0;
        await using var watch = new Watch(World.Database);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var rebuild = World.Service.Begin("projections", "rebuild", "--streams-per-part", "50");
            await WaitUntilBegun();
            await Task.Delay(
                TimeSpan.FromMilliseconds(dice.Next(MillisecondsOfBuild)),
                TestContext.Current.CancellationToken);
            rebuild.Kill();
            await rebuild.WaitForExitAsync(TestContext.Current.CancellationToken);
            var done = await Done();
            var outcome = await World.Service.TryCommand(
                "projections", "rebuild", "--streams-per-part", "50");
            outcome.Code.ShouldBe(0, outcome.Told);
            resumed += done > 0 ? 1 : 0;
            Folded(outcome.Answer).ShouldBeLessThanOrEqualTo(
                await World.Database.Query<long>("select count(*) from calendar.mt_events"));
            await World.Service.Command("projections", "verify");
        }

        resumed.ShouldBeGreaterThan(0, "no kill hit a rebuild at work");
        (await watch.End()).ShouldAllBe(one => one.All > 0);
    }

    [Fact]
    public async Task of_two_rebuilds_at_once_one_works_and_the_other_one_says_who_does()
    {
        using var first = World.Service.Begin("projections", "rebuild", "--streams-per-part", "20");
        await WaitUntilBegun();

        var second = await World.Service.TryCommand("projections", "rebuild", "meeting_list");

        var told = first.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await first.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        first.ExitCode.ShouldBe(0, await told);
        second.Code.ShouldBeOneOf(0, 3);
        if (second.Code == 3)
        {
            second.Told.ShouldContain("is being rebuilt already, by process");
        }

        await World.Service.Command("projections", "verify");
    }

    [Fact]
    public async Task a_read_model_that_was_never_folded_is_built()
    {
        await World.Service.Stop();
        await World.Database.Execute(
            """
            delete from calendar.mt_event_progression where name = 'presence:All';
            truncate calendar.mt_doc_presence
            """);

        await World.Service.Command("projections", "rebuild", "presence");

        await World.Service.Command("projections", "verify", "presence");
        await World.Service.Start();
        await World.Lab.ChangeSomething(3);
        await Deadline.Wait(new Oracle(World).Difference, LiveWorld.Limit);
    }

    [Fact]
    public async Task a_document_that_differs_is_named_and_a_rebuild_mends_it()
    {
        await Deadline.Wait(new Oracle(World).Difference, LiveWorld.Limit);
        await World.Service.Stop();
        var ids = (await Stored()).Where(line => line.StartsWith("listedmeeting", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1]).Take(3).ToArray();
        await World.Database.Execute(
            $$"""
            delete from calendar.mt_doc_listedmeeting where id = '{{ids[0]}}';
            update calendar.mt_doc_listedmeeting
                set data = jsonb_set(data, '{facts,title}', '{"digest": "d", "ciphertext": "secret"}')
                where id = '{{ids[1]}}';
            update calendar.mt_doc_listedmeeting set id = gen_random_uuid() where id = '{{ids[2]}}'
            """);

        var found = await World.Service.TryCommand("projections", "verify", "meeting_list");

        found.Code.ShouldBe(1, found.Answer + found.Told);
        found.Answer.ShouldContain($"meeting_list {ids[0]} is missing.");
        found.Answer.ShouldContain($"meeting_list {ids[1]} differs in facts.title.");
        found.Answer.ShouldContain("is stored, and the events say that there is none.");
        found.Answer.ShouldNotContain("secret");
        await World.Service.Command("projections", "rebuild", "meeting_list");
        await World.Service.Command("projections", "verify", "meeting_list");
        await World.Service.Start();
    }

    private async Task ChangeUntil(CancellationToken stop)
    {
        for (var change = 0; !stop.IsCancellationRequested; change++)
        {
            await World.Lab.ChangeSomething(change);
        }
    }

    private Task WaitUntilBegun() => Deadline.Wait(
        async () => await World.Database.Query<long>(
            "select count(*) from calendar.projection_builds where code is not null") > 0
            ? null
            : "no rebuild has begun",
        LiveWorld.Limit);

    private Task<long> Done() => World.Database.Query<long>(
        "select coalesce(sum(done), 0) from calendar.projection_builds where code is not null");

    private static long Folded(string answer) => long.Parse(
        EventsFolded().Match(answer).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private Task<IReadOnlyList<string>> Stored() => World.Database.Documents(withMetadata: true);

    private DocumentStore Store() => DocumentStore.For(options =>
    {
        options.Connection(World.Database.ConnectionString);
        options.AddCalendar();
    });

    [GeneratedRegex(@"Rebuilt: (\d+) events")]
    private static partial Regex EventsFolded();
}
