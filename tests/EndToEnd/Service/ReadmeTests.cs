using System.Text.Json;
using HybridCalendar.EndToEnd.Cluster;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>What the README tells people to type does what it says.</summary>
[Collection(DemoTests.OneBuildAtATime)]
public sealed class ReadmeTests(LiveWorld live) : IClassFixture<LiveWorld>
{
    private const string DemoUrl = "http://127.0.0.1:5080";
    private const string Request = "curl ";
    private const string Command = "./run ";

    private static string Text { get; } = File.ReadAllText(Path.Combine(Shell.Root, "README.md"));

    /// <summary>Every line that stands in a block of shell commands, without its comment.</summary>
    private static IReadOnlyList<string> Commands { get; } =
    [
        .. Text.Split("```").Where((_, index) => index % 2 == 1)
            .Where(block => block.StartsWith("sh\n", StringComparison.Ordinal))
            .SelectMany(block => block.Split('\n').Skip(1))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0),
    ];

    [Fact]
    public async Task each_request_of_the_readme_is_answered()
    {
        var booking = await Booking.Make(live, "Readme");
        var meeting = (await booking.WaitUntil(_ => true)).Id;
        var mailbox = await live.IdOf(booking.Organizer);
        var requests = Commands.Where(line => line.StartsWith(Request, StringComparison.Ordinal)).ToArray();
        var url = live.World.Service.Http.BaseAddress!.ToString().TrimEnd('/');
        requests.Length.ShouldBeGreaterThan(4);
        foreach (var request in requests)
        {
            var here = request.Replace(DemoUrl, url, StringComparison.Ordinal);
            var outcome = await Shell.Run(
                "bash", ["-c", here], ("mailbox", $"{mailbox}"), ("meeting", $"{meeting}"));
            outcome.Code.ShouldBe(0, $"{here}: {outcome.Told}");
            outcome.Answer.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task each_command_of_the_readme_is_one_of_the_service()
    {
        var booking = await Booking.Make(live, "Readme commands");
        var meeting = (await booking.WaitUntil(_ => true)).Id;
        var mailbox = await live.IdOf(booking.Organizer);
        await Deadline.Wait(
            async () => (await live.World.Service.Get<JsonElement>("/v1/audit/heads")).GetArrayLength() > 0
                ? null
                : "nothing is signed yet",
            LiveWorld.Limit);
        var data = Directory.CreateTempSubdirectory("calendar-readme-");
        (string, string)[] settings =
        [
            .. live.World.Service.Settings.Select(pair => (pair.Key, pair.Value)),
            ("HYBRID_CALENDAR_DATA", data.FullName),
            ("meeting", $"{meeting}"),
            ("mailbox", $"{mailbox}"),
            ("person", booking.Organizer),
            ("instant", $"{SystemClock.Instance.GetCurrentInstant()}"),
        ];
        foreach (var command in Commands.Where(line => line.StartsWith(Command, StringComparison.Ordinal)))
        {
            var outcome = await Shell.Run("bash", ["-c", $"cd '{Shell.Root}' && {command}"], settings);
            outcome.Code.ShouldBe(0, outcome.Told);
            outcome.Answer.ShouldNotBeEmpty(command);
        }

        data.Delete(recursive: true);
    }

    [Fact]
    public void no_command_of_the_readme_is_untested()
    {
        // ./run alone is run by RunTests, ./test runs this.
        Commands.ShouldAllBe(line => line == "./run" || line == "./test"
            || line.StartsWith(Command, StringComparison.Ordinal)
            || line.StartsWith(Request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/Domain/Meetings/MeetingEvents.cs")]
    [InlineData("src/Domain/Meetings/MeetingDecider.cs")]
    [InlineData("src/Projections/JoinSchedule.cs")]
    [InlineData("src/Projections/Catalog.cs")]
    [InlineData("src/Adapters/Exchange/ICalendars.cs")]
    [InlineData("src/Adapters/Exchange/Operations/SyncFolderItems.cs")]
    [InlineData("src/Host/Composition.cs")]
    [InlineData("src/Host/Watch/LookAtCalendar.cs")]
    [InlineData("tests/EndToEnd/Service/FaultsTests.cs")]
    public void the_files_to_begin_with_are_there(string file)
    {
        File.Exists(Path.Combine(Shell.Root, file)).ShouldBeTrue(file);
        Text.ShouldContain(Path.GetFileName(file));
    }
}
