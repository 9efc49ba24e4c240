using System.Diagnostics;
using HybridCalendar.Host.Rebuild;
using Spectre.Console;

namespace HybridCalendar.Host.Commands.Projections;

/// <summary>Shows how far a rebuild is: a bar on a terminal, a line now and then elsewhere.</summary>
internal static class BuildDisplay
{
    private static readonly TimeSpan BarPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LinePause = TimeSpan.FromSeconds(2);

    public static async Task Show(BuildProgress told, Func<Task> build)
    {
        var begun = Stopwatch.GetTimestamp();
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            await Follow(build(), LinePause, () => Console.WriteLine(Words(told, begun)));
        }
        else
        {
            await AnsiConsole.Progress()
                .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn())
                .StartAsync(progress =>
                {
                    var bar = progress.AddTask("begins");
                    return Follow(build(), BarPause, () =>
                    {
                        bar.Value = Share(told) * bar.MaxValue;
                        bar.Description = Words(told, begun);
                    });
                });
        }

        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine(
            $"Rebuilt: {told.Events} events in {seconds:0.0} s, {told.Events / seconds:0} events/s.");
    }

    // What is shown last is how it ended.
    private static async Task Follow(Task build, TimeSpan pause, Action show)
    {
        while (!build.IsCompleted)
        {
            show();
            await Task.WhenAny(build, Task.Delay(pause));
        }

        show();
        await build;
    }

    private static string Words(BuildProgress told, long begun)
    {
        var elapsed = Stopwatch.GetElapsedTime(begun);
        var share = Share(told);
        var left = share is > 0 and < 1
            ? $", {elapsed.TotalSeconds / share * (1 - share):0} s left"
            : "";
        var part = told.Parts > 1 ? $"part {told.Part + 1} of {told.Parts}, " : "";
        return $"{told.Doing}: {part}event {told.Position} of {told.Ceiling}, {told.Events} folded, "
            + $"{told.Events / elapsed.TotalSeconds:0} events/s{left}";
    }

    private static double Share(BuildProgress told) =>
        told.Ceiling == 0 ? 0 : (told.Part + ((double)told.Position / told.Ceiling)) / told.Parts;
}
