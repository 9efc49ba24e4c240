using System.Diagnostics;

namespace HybridCalendar.Benchmarks;

/// <summary>Why there is no server to measure against.</summary>
internal sealed class ServerException(string message) : Exception(message);

/// <summary>The PostgreSQL to measure against: the one that is set, or a private one.</summary>
internal sealed class Server : IAsyncDisposable
{
    private const string Setting = "ConnectionStrings__Calendar";
    private readonly bool started;

    private Server(string connection, bool started)
    {
        Connection = connection;
        this.started = started;
    }

    public string Connection { get; }

    public static async Task<Server> Start(CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } connection)
        {
            return new Server(connection, started: false);
        }

        var (status, _) = await Cluster("status", cancellation);
        var (code, answer) = await Cluster("start", cancellation);
        return code == 0
            ? new Server(answer, started: status != 0)
            : throw new ServerException($"db/cluster start failed, and {Setting} is not set.");
    }

    /// <summary>Stops the private server unless it ran before.</summary>
    public async ValueTask DisposeAsync()
    {
        if (started)
        {
            await Cluster("stop", CancellationToken.None);
        }
    }

    private static async Task<(int Code, string Answer)> Cluster(
        string command, CancellationToken cancellation)
    {
        var script = Path.Combine(Repository(), "db", "cluster");
        var start = new ProcessStartInfo(script, [command]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new ServerException($"{script} cannot be started.");
        var answer = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, answer.Trim());
    }

    /// <summary>The root of the repository that this program was built from.</summary>
    internal static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is { }; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HybridCalendar.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new ServerException($"{AppContext.BaseDirectory} is not inside the repository: set {Setting}.");
    }
}
