using System.Diagnostics;
using System.Text;
using HybridCalendar.EndToEnd.Cluster;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>One of the project's programs as a process of its own, on a free loopback port.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const int OutputKept = 2_000_000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    private readonly string program;
    private readonly string[] arguments;
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly string readyPath;
    private readonly StringBuilder output = new();
    private Process? process;

    /// <param name="program">Folder and assembly, e.g. src/Host and HybridCalendar.Host.</param>
    /// <param name="readyPath">What answers 200 as soon as the program is ready.</param>
    public ServiceProcess(
        (string Folder, string Assembly) program,
        string[] arguments,
        IReadOnlyDictionary<string, string> environment,
        string readyPath)
    {
        this.program = PathOf(program);
        Url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        this.arguments = [.. arguments, "--urls", Url.ToString().TrimEnd('/')];
        this.environment = environment;
        this.readyPath = readyPath;
        Http = new HttpClient { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    /// <summary>The last of what it printed.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public static string PathOf((string Folder, string Assembly) program)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(
            Shell.Root, program.Folder, "bin", configuration, "net10.0", $"{program.Assembly}.dll");
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Deadline.Wait(NotReady, StartLimit);
    }

    /// <summary>Kills it as a power cut would: signal 9, no farewell.</summary>
    public async Task Kill()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (signal 15) and waits until it has.</summary>
    public async Task<int> Stop()
    {
        (await Shell.Run("kill", ["-TERM", $"{process!.Id}"])).Code.ShouldBe(0);
        using var limit = new CancellationTokenSource(StopLimit);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (process is { HasExited: false })
        {
            await Kill();
        }

        process?.Dispose();
    }

    private async Task<string?> NotReady()
    {
        process!.HasExited.ShouldBeFalse($"{program} ended: {Output}");
        try
        {
            using var reply = await Http.GetAsync(readyPath);
            return reply.IsSuccessStatusCode ? null : $"{program} answers {reply.StatusCode}: {Output}";
        }
        catch (HttpRequestException)
        {
            return $"{program} does not listen: {Output}";
        }
    }

    private void Keep(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
            if (output.Length > OutputKept)
            {
                output.Remove(0, output.Length - OutputKept);
            }
        }
    }
}
