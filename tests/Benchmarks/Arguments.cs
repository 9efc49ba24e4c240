using System.Globalization;

namespace HybridCalendar.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Quick">Only show that it works: a few seconds, numbers that say nothing.</param>
/// <param name="Rounds">How often everything is measured.</param>
/// <param name="Events">Of how many events a history is.</param>
internal sealed record Arguments(string Measurement, bool Quick, int Rounds, int? Events)
{
    public const string Usage = """
        usage: dotnet run -c Release --project tests/Benchmarks -- MEASUREMENT
                   [--quick] [--rounds N] [--events N]

          --quick     only show that it works, in some seconds: the numbers say nothing
          --rounds N  how often everything is measured, 1 to 50 (default: 9; with --quick: 1)
          --events N  events of rebuild, 1000 to 10000000 (default: 200000; with --quick: 10000)

          ConnectionStrings__Calendar  the PostgreSQL of lifecycle and rebuild, where a database is made
                                       and dropped; without it, db/cluster starts a private one

        measurements:
        """;

    private const int RoundsMax = 50;
    private const int RoundsUsual = 9;
    private const int EventsMin = 1_000;
    private const int EventsMax = 10_000_000;

    /// <summary>The arguments; null when they cannot be understood.</summary>
    public static Arguments? Read(string[] words)
    {
        if (words is [] or ["-h" or "--help", ..])
        {
            return null;
        }

        var quick = false;
        int? rounds = null;
        int? events = null;
        for (var index = 1; index < words.Length; index++)
        {
            if (words[index] == "--quick")
            {
                quick = true;
            }
            else if (words[index] == "--rounds" && index + 1 < words.Length
                && int.TryParse(words[++index], NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                && n is >= 1 and <= RoundsMax)
            {
                rounds = n;
            }
            else if (words[index] == "--events" && index + 1 < words.Length
                && int.TryParse(words[++index], NumberStyles.None, CultureInfo.InvariantCulture, out var e)
                && e is >= EventsMin and <= EventsMax)
            {
                events = e;
            }
            else
            {
                return null;
            }
        }

        return new Arguments(words[0], quick, rounds ?? (quick ? 1 : RoundsUsual), events);
    }
}
