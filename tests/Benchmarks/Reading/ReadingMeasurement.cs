namespace HybridCalendar.Benchmarks.Reading;

/// <summary>What reading a reply costs, beside a bare pass over it and beside generated classes.</summary>
/// <remarks>
/// As with the lifecycle: every way has its turn in every round, ratios to the bare pass are taken within a
/// round, and their medians printed with the bounds of their middle half. Each round begins with another way.
/// The time is that of the processor, garbage collection included.
/// </remarks>
internal sealed class ReadingMeasurement : IMeasurement
{
    private const int Items = 512;
    private const int WarmingRounds = 3;
    private const double Million = 1e6;

    private static readonly TimeSpan TurnUsually = TimeSpan.FromMilliseconds(300);

    public string Name => "reading";

    public string Question => "replies read by the client, by generated classes, by nobody: at what cost?";

    public async Task Run(Arguments arguments, CancellationToken cancellation)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"replies of {Items} calendar items, {arguments.Rounds} round(s)");
        var table = new Table(
            "page", "KB", "", "CPU ms", "to XmlReader", "allocated MB", "to XmlReader");
        var pages = await Page.All(Items, cancellation);
        await Steps.Take([.. pages.Select(page => ($"{page.Operation}, {page.Shape}", Step(page)))]);
        Console.WriteLine();
        Console.WriteLine(table);

        Func<Task<string>> Step(Page page) => () => Task.Run(
            () =>
            {
                var rounds = Rounds(page, arguments, cancellation);
                foreach (var (way, index) in Way.All.Select((way, index) => (way, index)))
                {
                    string[] of = index == 0
                        ? [$"{page.Operation}, {page.Shape}", $"{page.Bytes.Length / 1000}"] : ["", ""];
                    table.Add(
                    [
                        .. of, way.Name,
                        .. Compared(rounds, index, cost => cost.Milliseconds, "F2"),
                        .. Compared(rounds, index, cost => cost.Bytes / Million, "F2"),
                    ]);
                }

                return $"{rounds.Select(round => round[1].Milliseconds).Median():F2} ms by the client";
            },
            cancellation);
    }

    private static List<Cost[]> Rounds(Page page, Arguments arguments, CancellationToken cancellation)
    {
        var turn = arguments.Quick ? TimeSpan.Zero : TurnUsually;
        var rounds = new List<Cost[]>();
        for (var round = -WarmingRounds; round < arguments.Rounds; round++)
        {
            var costs = new Cost[Way.All.Count];
            for (var next = 0; next < costs.Length; next++)
            {
                cancellation.ThrowIfCancellationRequested();
                var way = (round + WarmingRounds + next) % costs.Length;
                costs[way] = Cost.Of(page, Way.All[way], turn);
            }

            if (round >= 0)
            {
                rounds.Add(costs);
            }
        }

        return rounds;
    }

    private static string[] Compared(List<Cost[]> rounds, int way, Func<Cost, double> figure, string format)
    {
        var figures = rounds.Select(round => figure(round[way])).ToArray();
        var ratios = rounds.Select(round => figure(round[way]) / figure(round[0])).ToArray();
        var (from, to) = ratios.MiddleHalf();
        return [figures.Median().ToString(format), $"{ratios.Median():F2} ({from:F2}-{to:F2})"];
    }
}
