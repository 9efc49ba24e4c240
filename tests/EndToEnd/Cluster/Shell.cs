using System.Diagnostics;

namespace HybridCalendar.EndToEnd.Cluster;

/// <summary>Runs a program of the repository, or any other, as a person at a terminal would.</summary>
internal static class Shell
{
    private static readonly TimeSpan _programTakesAtMost = TimeSpan.FromMinutes(5);

    public static string Root { get; } = FindRoot();

    /// <summary>How the program ended, what it answered, and what it told the person.</summary>
    public static async Task<Outcome> Run(
        string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start).ShouldNotBeNull();
        using var deadline = new CancellationTokenSource(_programTakesAtMost);
        try
        {
            var answer = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var told = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new Outcome(process.ExitCode, (await answer).TrimEnd(), (await told).TrimEnd());
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} took more than {_programTakesAtMost}.");
        }
    }

    /// <summary>PostgreSQL's client, which Debian keeps with the server.</summary>
    public static string Psql() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetFiles("/usr/lib/postgresql", "psql", SearchOption.AllDirectories).Max() ?? "psql"
            : "psql";

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HybridCalendar.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("not inside the repository");
        }

        return folder.FullName;
    }

    public sealed record Outcome(int Code, string Answer, string Told);
}
