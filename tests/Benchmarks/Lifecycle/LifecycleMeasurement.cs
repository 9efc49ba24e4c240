namespace HybridCalendar.Benchmarks.Lifecycle;

/// <summary>When to fold the read models: with the commit, or behind it.</summary>
/// <remarks>
/// A machine drifts, so every variant has its turn in every round, ratios are taken within a round, and their
/// medians printed, with the bounds of their middle half. Each round begins with another variant. A first
/// round warms up and is not counted.
/// </remarks>
internal sealed class LifecycleMeasurement : IMeasurement
{
    public string Name => "lifecycle";

    public string Question => "read models folded with the commit or behind it: at what rate, visible when?";

    public async Task Run(Arguments arguments, CancellationToken cancellation)
    {
        await using var server = await Server.Start(cancellation);
        await using var database = await OwnDatabase.Create(server.Connection, cancellation);
        Console.WriteLine(await Machine.Describe(database, cancellation));
        var load = arguments.Quick ? Load.Quick : Load.Full;
        Console.WriteLine(
            $"{load.Mailboxes} mailboxes, "
            + $"{load.Mailboxes * load.ImportPages * Load.MeetingsPerPage} meetings, "
            + $"{Load.Writers} writers, {arguments.Rounds} round(s)");
        var calendars = new PretendCalendars(load);
        var rounds = new List<List<Outcome>>();
        var steps = new List<(string, Func<Task<string>>)>();
        if (!arguments.Quick)
        {
            steps.AddRange(Variant.All.Select(variant => Step($"warming up, {variant.Name}", variant, [])));
        }

        for (var round = 0; round < arguments.Rounds; round++)
        {
            var outcomes = new List<Outcome>();
            rounds.Add(outcomes);
            var first = round % Variant.All.Count;
            steps.AddRange(Variant.All.Skip(first).Concat(Variant.All.Take(first))
                .Select(variant => Step($"round {round + 1}, {variant.Name}", variant, outcomes)));
        }

        await Steps.Take(steps);
        Console.WriteLine();
        Console.WriteLine(Rates(rounds));
        Console.WriteLine(Delays(rounds));

        (string, Func<Task<string>>) Step(string name, Variant variant, List<Outcome> outcomes) =>
            (name, async () =>
            {
                var outcome = await Turn.Take(database, variant, calendars, load, cancellation);
                outcomes.Add(outcome);
                return $"{outcome.Import.Committed:F0} and {outcome.Busy.Committed:F0} events/s";
            });
    }

    private static Table Rates(List<List<Outcome>> rounds)
    {
        var table = new Table(
            "events/s, to none",
            "import", "ratio", "until visible", "ratio",
            "changes", "ratio", "until visible", "ratio");
        foreach (var variant in Variant.All)
        {
            Func<Outcome, double>[] rates =
            [
                one => one.Import.Committed,
                one => one.Import.Visible,
                one => one.Busy.Committed,
                one => one.Busy.Visible,
            ];
            table.Add([variant.Name, .. rates.SelectMany(rate => Compared(rounds, variant, rate))]);
        }

        return table;
    }

    private static string[] Compared(List<List<Outcome>> rounds, Variant variant, Func<Outcome, double> rate)
    {
        var rates = rounds.Select(round => rate(Of(variant, round))).ToArray();
        var ratios = rounds.Zip(rates, (round, own) => own / rate(Of(Variant.All[0], round))).ToArray();
        var (from, to) = ratios.MiddleHalf();
        return [$"{rates.Median():F0}", $"{ratios.Median():F2} ({from:F2}-{to:F2})"];
    }

    private static Table Delays(List<List<Outcome>> rounds)
    {
        var table = new Table(
            "delay in ms", "looks", "to commit", "p99", "commit to visible", "p99", "together", "p99");
        foreach (var (load, delays) in new (string, Func<Outcome, IReadOnlyList<Delay>>)[]
        {
            ("calm", one => one.CalmDelays),
            ("busy", one => one.BusyDelays),
        })
        {
            foreach (var variant in Variant.All.Skip(1))
            {
                Delay[] all = [.. rounds.SelectMany(round => delays(Of(variant, round)))];
                table.Add(
                [
                    $"{load}: {variant.Name}", $"{all.Length}",
                    .. Both(all.Select(delay => delay.Commit)),
                    .. Both(all.Select(delay => delay.Behind)),
                    .. Both(all.Select(delay => delay.Total)),
                ]);
            }
        }

        return table;
    }

    private static Outcome Of(Variant variant, List<Outcome> round) =>
        round.Single(one => one.Variant == variant);

    private static string[] Both(IEnumerable<double> numbers)
    {
        double[] all = [.. numbers];
        return [$"{all.Median():F1}", $"{all.P99():F1}"];
    }
}
