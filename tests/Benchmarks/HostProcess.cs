using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HybridCalendar.Benchmarks;

/// <summary>One of the project's programs as a process of its own, as it is deployed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    /// <summary>The service.</summary>
    public static readonly (string Folder, string Assembly) Service = ("src/Host", "HybridCalendar.Host");

    /// <summary>The pretend Exchange.</summary>
    public static readonly (string Folder, string Assembly) Lab =
        ("tests/ExchangeLab", "HybridCalendar.ExchangeLab");

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
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var host = new HostProcess(Start(program, settings, "--urls", url.ToString().TrimEnd('/')), url);
        await host.Wait(path, cancellation);
        return host;
    }

    /// <summary>Makes the tables of the service.</summary>
    public static async Task ApplySchema(
        IEnumerable<(string Name, string Value)> settings, CancellationToken cancellation)
    {
        using var process = Start(Service, settings, "db-apply");
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            throw new ServerException("The service's tables could not be made.");
        }
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

    private static Process Start(
        (string Folder, string Assembly) program,
        IEnumerable<(string Name, string Value)> settings,
        params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var file = Path.Combine(
            Server.Repository(), program.Folder, "bin", configuration, "net10.0", $"{program.Assembly}.dll");
        var start = new ProcessStartInfo("dotnet", [file, .. arguments])
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
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
