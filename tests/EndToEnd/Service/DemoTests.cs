using HybridCalendar.EndToEnd.Cluster;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>What a newcomer types first.</summary>
[Collection(OneBuildAtATime)]
public sealed class DemoTests
{
    /// <summary>Tests that call ./run, which builds: not at the same time.</summary>
    internal const string OneBuildAtATime = "./run";

    [Fact]
    public async Task run_shows_changes_as_they_arrive_the_first_time_and_the_second()
    {
        await using var database = await TestDatabase.Create();
        var data = Directory.CreateTempSubdirectory("calendar-demo-");
        (string, string)[] settings =
        [
            ("ConnectionStrings__Calendar", database.ConnectionString),
            ("HYBRID_CALENDAR_DATA", data.FullName),
            ("HOST_PORT", $"{Ports.Free()}"),
            ("LAB_PORT", $"{Ports.Free()}"),
        ];
        // As new as a file that somebody has just changed: the first time builds, the second has no need to.
        File.SetLastWriteTimeUtc(Path.Combine(Shell.Root, "global.json"), DateTime.UtcNow);
        foreach (var time in new[] { "first", "second" })
        {
            var outcome = await Shell.Run(Path.Combine(Shell.Root, "run"), ["--once", "2"], settings);

            outcome.Code.ShouldBe(0, $"the {time} time: {outcome.Answer}{outcome.Told}");
            outcome.Answer.Contains("Building src/Host ...", StringComparison.Ordinal)
                .ShouldBe(time == "first", outcome.Answer);
            outcome.Answer.ShouldContain("30 calendars read.");
            outcome.Answer.ShouldEndWith("2 changes made and shown.");
            outcome.Answer.ShouldContain("(hint)");
        }

        data.Delete(recursive: true);
    }
}
