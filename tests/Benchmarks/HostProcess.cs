using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HybridCalendar.Benchmarks;

/// <summary>One of the project's programs as a process of its own, as it is deployed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly Process process;

    private HostProcess(Process process, Uri url)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = url };
    }

    public HttpClient Http { get; }

    /// <summary>What it has kept processors busy with so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program and waits until a path answers.</summary>
    public static async Task<HostProcess> Start(
        (string Folder, string Assembly) program,
        string path,
        IEnumerable<(string Name, string Value)> settings,
        CancellationToken cancellation)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var file = Path.Combine(
            Server.Repository(), program.Folder, "bin", configuration, "net10.0", $"{program.Assembly}.dll");
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo("dotnet", [file, "--urls", url.ToString().TrimEnd('/')])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new ServerException($"{file} cannot be started.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var host = new HostProcess(process, url);
        await host.Wait(path, cancellation);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task Wait(string path, CancellationToken cancellation)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < StartMax;)
        {
            try
            {
                using var reply = await Http.GetAsync(path, cancellation);
                if (reply.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Pause, cancellation);
        }

        throw new ServerException($"{Http.BaseAddress}{path} is not ready within {StartMax}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
