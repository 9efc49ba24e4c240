using System.Diagnostics;
using System.Globalization;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Benchmarks.Joining;

/// <summary>Looking for ways to join: the service's finder against the naive way, in one run.</summary>
/// <remarks>
/// The naive way is one compiled regular expression for each link of the same table, each asked for all its
/// matches in the text as it is. It is asked for less: it unwraps and decodes nothing, knows no quotes and no
/// dial strings, and does not rank. Both have their turn in every round, ratios are taken within a round, and
/// their medians printed. A first round warms up and is not counted.
/// </remarks>
internal sealed class JoiningMeasurement : IMeasurement
{
    private const double MillisecondsMin = 100;

    /// <summary>Until the compiler has done its best for what is called often.</summary>
    private const double WarmMilliseconds = 3_000;

    public string Name => "joining";

    public string Question => "ways to join in a text: how long, and how long does the naive way take?";

    public async Task Run(Arguments arguments, CancellationToken cancellation)
    {
        Console.WriteLine(Machine.Describe());
        var finder = new JoinTargetFinder(ProviderTable.Default);
        var naive = NaiveFinder.OfTable();
        var table = new Table(
            $"{naive.Count} expressions, {arguments.Rounds} round(s)",
            "kB",
            "finder ms",
            "naive ms",
            "naive/finder");
        var steps = Texts.All(arguments.Quick).Select(text => (text.Name, Work: (Func<Task<string>>)(() =>
        {
            var invitation = new Invitation { Body = text.Body, BodyFormat = BodyFormat.Html };
            var rounds = new List<(double Finder, double Naive)>();
            for (var round = 0; round <= arguments.Rounds; round++)
            {
                cancellation.ThrowIfCancellationRequested();
                var least = arguments.Quick ? 0 : round == 0 ? WarmMilliseconds : MillisecondsMin;
                rounds.Add((
                    Milliseconds(() => finder.Find(invitation).Count, least),
                    Milliseconds(() => naive.Find(text.Body), least)));
            }

            var counted = rounds.Skip(1).ToList();
            var ratio = counted.Select(round => round.Naive / round.Finder).Median();
            table.Add(
                text.Name,
                Text(text.Body.Length / 1000.0, "F0"),
                Text(counted.Select(round => round.Finder).Median(), "F2"),
                Text(counted.Select(round => round.Naive).Median(), "F2"),
                Text(ratio, "F1"));
            return Task.FromResult($"{Text(ratio, "F1")} times");
        })));
        await Steps.Take([.. steps]);
        Console.WriteLine();
        Console.WriteLine(table);
    }

    /// <summary>
    /// Of the fastest of as many calls as take the least time: other work on the machine only lengthens one.
    /// </summary>
    private static double Milliseconds(Func<int> work, double least)
    {
        var watch = Stopwatch.StartNew();
        var fastest = TimeSpan.MaxValue;
        do
        {
            var start = watch.Elapsed;
            work();
            fastest = new[] { fastest, watch.Elapsed - start }.Min();
        }
        while (watch.Elapsed.TotalMilliseconds < least);
        return fastest.TotalMilliseconds;
    }

    private static string Text(double number, string format) =>
        number.ToString(format, CultureInfo.InvariantCulture);
}
