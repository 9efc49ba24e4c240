using System.Globalization;
using System.Runtime.Versioning;

namespace HybridCalendar.EndToEnd.Cluster;

/// <summary>A cluster that belongs to one test, in a directory that PostgreSQL's user can reach.</summary>
[SupportedOSPlatform("linux")]
internal sealed class OwnCluster : IAsyncDisposable
{
    public OwnCluster(int firstPort)
    {
        FirstPort = firstPort;
        Root = Directory.CreateTempSubdirectory("calendar-cluster-").FullName;
        File.SetUnixFileMode(Root, (UnixFileMode)Convert.ToInt32("755", 8));
    }

    public string Root { get; }

    public int FirstPort { get; }

    public string Home => Path.Combine(Root, "postgres");

    public int PostmasterId => int.Parse(
        File.ReadLines(Path.Combine(Home, "data", "postmaster.pid")).First(),
        CultureInfo.InvariantCulture);

    public Task<Shell.Outcome> Run(string command) => Shell.Run(
        Path.Combine(Shell.Root, "db", "cluster"), [command],
        ("HYBRID_CALENDAR_DATA", Root), ("HYBRID_CALENDAR_PGPORT", $"{FirstPort}"));

    /// <summary>Runs db/cluster, which must succeed, and answers what it printed.</summary>
    public async Task<string> Do(string command)
    {
        var outcome = await Run(command);
        outcome.Code.ShouldBe(0, outcome.Told);
        return outcome.Answer;
    }

    /// <summary>Logs in with a connection string and answers what one SQL statement yields.</summary>
    public static Task<Shell.Outcome> Query(string connection, string sql)
    {
        var given = connection.Split(';').Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var user = $"{given["Username"]}:{given["Password"]}";
        var address = $"postgresql://{user}@{given["Host"]}:{given["Port"]}/{given["Database"]}";
        return Shell.Run(Shell.Psql(), ["-X", "-Atq", "-d", address, "-c", sql]);
    }

    public static int Port(string connection) =>
        int.Parse(connection.Split("Port=")[1].Split(';')[0], CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Run("destroy");
        Directory.Delete(Root, recursive: true);
    }
}
