using System.Diagnostics;

namespace HybridCalendar.Host.Commands;

/// <summary>Tells people who wait for a verification how far it is.</summary>
internal static class VerificationProgress
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly Stopwatch Watch = Stopwatch.StartNew();
    private static TimeSpan told;

    public static void Show(long events)
    {
        if (Watch.Elapsed - told > Pause)
        {
            told = Watch.Elapsed;
            Console.Error.WriteLine($"{events} events so far.");
        }
    }
}
