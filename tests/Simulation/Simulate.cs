using System.Diagnostics;

namespace HybridCalendar.Simulation;

/// <summary>Runs seeds from the command line, and tells how that goes.</summary>
internal static class Simulate
{
    private const long SeedsBetweenSigns = 100;

    /// <summary>Runs one seed and prints each of its steps.</summary>
    /// <returns>The exit code.</returns>
    public static int One(long seed)
    {
        try
        {
            var (steps, events, _) = Seed.Run(seed, Console.WriteLine);
            Console.WriteLine($"Seed {seed} holds: {steps} steps, {events.Count} events.");
            return 0;
        }
        catch (SimulationException failure)
        {
            Console.WriteLine(failure);
            return 1;
        }
    }

    /// <summary>Runs the seeds from 1 on, as many at a time as there are processors.</summary>
    /// <returns>The exit code.</returns>
    public static int Many(long count)
    {
        var began = Stopwatch.GetTimestamp();
        var (done, steps) = (0L, 0L);
        var failures = Failures(
            count,
            taken =>
            {
                Interlocked.Add(ref steps, taken);
                if (Interlocked.Increment(ref done) % SeedsBetweenSigns == 0)
                {
                    Console.WriteLine($"{done} of {count} seeds");
                }
            },
            failure => Console.WriteLine(
                $"{Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s: {failure.Message}"));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(
            $"{count} seeds, {failures.Count} failed, {steps} steps in {seconds:F1} s: "
            + $"{count / seconds:F0} seeds and {steps / seconds:F0} steps a second.");
        return failures.Count == 0 ? 0 : 1;
    }

    /// <summary>The failures among the seeds from 1 on, in their order.</summary>
    /// <param name="holds">Is told the steps of each seed that holds, by any thread.</param>
    /// <param name="fails">Is told each failure at once, by one thread at a time.</param>
    public static IReadOnlyList<SimulationException> Failures(
        long count, Action<int>? holds = null, Action<SimulationException>? fails = null)
    {
        var failures = new SortedDictionary<long, SimulationException>();
        Parallel.For(1, count + 1, seed =>
        {
            try
            {
                holds?.Invoke(Seed.Run(seed).Steps);
            }
            catch (SimulationException failure)
            {
                lock (failures)
                {
                    failures[seed] = failure;
                    fails?.Invoke(failure);
                }
            }
        });
        return [.. failures.Values];
    }
}
