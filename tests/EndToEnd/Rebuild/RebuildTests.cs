using System.Text.RegularExpressions;
using HybridCalendar.EndToEnd.Service;
using HybridCalendar.Projections;
using Marten;

namespace HybridCalendar.EndToEnd.Rebuild;

/// <summary>A world with so many meetings that folding them takes a while.</summary>
public sealed class LargeWorld : LiveWorld
{
    internal override int People => Lab.AllPeople;
}

/// <summary>
/// Read models are rebuilt while the service goes on: readers see the old documents and then the new ones.
/// </summary>
public sealed partial class RebuildTests(LargeWorld live) : IClassFixture<LargeWorld>
{
    private const string FewStreams = "50";

    // How often somebody changes a calendar: more than an organization of this size does, and no flood.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);

    // Of each group of read models that are equally far, the events of the streams that are not written yet.
    private const string LeftToFold = """
        select count(*) from
            (select distinct position, bounds, done from calendar.projection_builds where code is not null)
                as build
            join calendar.mt_events on seq_id <= position and done <= cardinality(bounds)
                and (done = 0 or stream_id > bounds[done])
        """;

    private World World => live.World;

    [Fact]
    public async Task readers_see_the_old_documents_and_then_the_new_ones_while_calendars_change()
    {
        using var stop = new CancellationTokenSource();
        var changing = ChangeUntil(stop.Token);
        await Watch.MarkAll(World.Database);
        await using (var watch = new Watch(World.Database))
        {
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

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task a_rebuild_that_is_killed_is_gone_on_with_and_readers_notice_nothing(int parts)
    {
        await using var watch = new Watch(World.Database);
        using (var rebuild = World.Service.Begin("projections", "rebuild", "--streams-per-part", FewStreams))
        {
            await WaitUntilDone(parts);
            rebuild.Kill();
            await rebuild.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var left = await World.Database.Query<long>(LeftToFold);
        left.ShouldBeGreaterThan(0, "the rebuild was done before it was killed");
        var answer = await World.Service.Command("projections", "rebuild");

        // What was done is not done again.
        Folded(answer).ShouldBeLessThanOrEqualTo(left);
        await World.Service.Command("projections", "verify");
        (await watch.End()).ShouldAllBe(one => one.All > 0);
    }

    [Fact]
    public async Task of_two_rebuilds_at_once_one_works_and_the_other_one_says_who_does()
    {
        using var first = World.Service.Begin("projections", "rebuild", "--streams-per-part", FewStreams);
        await WaitUntilDone(parts: 0);

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
        using var pace = new PeriodicTimer(Pace);
        for (var change = 0; !stop.IsCancellationRequested; change++)
        {
            await World.Lab.ChangeSomething(change);
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private Task WaitUntilDone(int parts) => Deadline.Wait(
        async () => await World.Database.Query<long>(
            $"select count(*) from calendar.projection_builds where done >= {parts}") > 0
            ? null
            : $"no rebuild has done {parts} parts",
        LiveWorld.Limit);

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
