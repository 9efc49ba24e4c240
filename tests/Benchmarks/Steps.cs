using Spectre.Console;

namespace HybridCalendar.Benchmarks;

/// <summary>Shows how far a run has come: a bar on a terminal, a line for each step elsewhere.</summary>
internal static class Steps
{
    /// <summary>Takes the steps in order, one after the other.</summary>
    public static async Task Take(IReadOnlyList<(string Name, Func<Task<string>> Step)> steps)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            foreach (var (name, step) in steps)
            {
                Console.WriteLine($"{name}: {await step()}");
            }

            return;
        }

        await AnsiConsole.Progress()
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("starting", maxValue: steps.Count);
                foreach (var (name, step) in steps)
                {
                    bar.Description = Markup.Escape(name);
                    AnsiConsole.MarkupLineInterpolated($"{name}: {await step()}");
                    bar.Increment(1);
                }
            });
    }
}
