using System.Text.Json;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>Each fault of the lab in turn, with the service at work: in the end all is right.</summary>
public sealed class EachFaultTests(LiveWorld live) : IClassFixture<LiveWorld>
{
    private const int Changes = 12;

    // One of each kind; the whole list takes a quarter of an hour.
    private static readonly string[] Usual =
    [
        "notifications are lost", "busy by fault", "wire: serverError", "wire: reset", "release 2013",
        "prefixes random", "streams cut", "sync states expire",
    ];

    /// <summary>The faults to try: all of the lab's when FAULTS is "all", else one of each kind.</summary>
    public static IEnumerable<TheoryDataRow<string>> Faults() => LabFault.All
        .Select(fault => fault.Name)
        .Where(name => Usual.Contains(name) || Environment.GetEnvironmentVariable("FAULTS") == "all")
        .Select(name => new TheoryDataRow<string>(name));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task after_changes_under_a_fault_the_read_models_equal_the_calendars(string fault)
    {
        var (number, chosen) = LabFault.All.Index().Single(one => one.Item.Name == fault);
        var before = await Count(chosen.Met);
        await Ask(chosen.Begin);
        for (var change = 0; change < Changes; change++)
        {
            await live.World.Lab.ChangeSomething((number * Changes) + change);
        }

        await Deadline.Wait(
            async () => await Count(chosen.Met) is var count && count >= before + chosen.Met.More
                ? null
                : $"{fault} was met only {count - before} times",
            LiveWorld.Limit);
        await live.World.Lab.Put("/lab/faults", new { });
        await Ask(chosen.End);
        await Deadline.Wait(new Oracle(live.World).Difference, LiveWorld.Limit);
    }

    private async Task<long> Count(Witness witness)
    {
        var said = await live.World.Lab.Get<JsonElement>(witness.Path);
        return said.GetProperty(witness.Member) is { ValueKind: JsonValueKind.Object } several
            ? several.EnumerateObject().Sum(one => one.Value.GetInt64())
            : said.GetProperty(witness.Member).GetInt64();
    }

    private async Task Ask(IEnumerable<LabWish> wishes)
    {
        foreach (var wish in wishes)
        {
            await live.World.Lab.Send(wish.Method, wish.Path, wish.Body);
        }
    }
}
