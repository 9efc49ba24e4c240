using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace HybridCalendar.EndToEnd.Cluster;

/// <summary>db/cluster, run as a person would, on a cluster of its own for each test.</summary>
[SupportedOSPlatform("linux")]
public class ClusterTests
{
    [Fact]
    public async Task a_started_cluster_answers_at_its_url()
    {
        await using var cluster = new OwnCluster(Ports.Free());

        var url = await cluster.Do("start");

        url.ShouldMatch(
            "^Host=127.0.0.1;Port=[0-9]+;Database=calendar;Username=calendar;Password=[0-9a-f]{48}$");
        (await cluster.Do("url")).ShouldBe(url);
        (await cluster.Do("status")).ShouldStartWith($"running on 127.0.0.1:{OwnCluster.Port(url)};");
        (await Ask(url, "select current_user, current_database()")).ShouldBe("calendar|calendar");
    }

    [Fact]
    public async Task a_cluster_sorts_by_code_point_and_keeps_its_time_in_utc()
    {
        await using var cluster = new OwnCluster(Ports.Free());
        var url = await cluster.Do("start");

        (await Ask(url, "select 'B' < 'a'")).ShouldBe("t");
        (await Ask(url, "show server_encoding")).ShouldBe("UTF8");
        (await Ask(url, "show timezone")).ShouldBe("UTC");
        (await Ask(url, "show fsync")).ShouldBe("on");
    }

    [Fact]
    public async Task tests_can_make_databases_but_nobody_logs_in_without_the_password()
    {
        await using var cluster = new OwnCluster(Ports.Free());
        var url = await cluster.Do("start");

        await Ask(url, "create database one_more");
        var wrongPassword = await OwnCluster.Query(url + "x", "select 1");
        var asSuperuser = url.Replace("Username=calendar", "Username=postgres");
        var superuser = await OwnCluster.Query(asSuperuser, "select 1");

        wrongPassword.Told.ShouldContain("password authentication failed");
        superuser.Told.ShouldContain("no pg_hba.conf entry");
        File.GetUnixFileMode(Path.Combine(cluster.Home, "password"))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task starting_twice_is_harmless()
    {
        await using var cluster = new OwnCluster(Ports.Free());
        var url = await cluster.Do("start");
        var postmaster = cluster.PostmasterId;

        (await cluster.Do("start")).ShouldBe(url);

        cluster.PostmasterId.ShouldBe(postmaster);
    }

    [Fact]
    public async Task of_two_that_start_at_once_both_get_the_same_cluster()
    {
        await using var cluster = new OwnCluster(Ports.Free());

        var urls = await Task.WhenAll(cluster.Do("start"), cluster.Do("start"));

        urls[0].ShouldBe(urls[1]);
        (await Ask(urls[0], "select 1")).ShouldBe("1");
    }

    [Fact]
    public async Task a_stopped_cluster_keeps_what_it_stores_and_its_port()
    {
        await using var cluster = new OwnCluster(Ports.Free());
        var url = await cluster.Do("start");
        await Ask(url, "create table kept as select 7 as seven");

        await cluster.Do("stop");
        var stopped = await cluster.Run("status");
        await cluster.Do("stop");

        stopped.Code.ShouldBe(3);
        stopped.Answer.ShouldStartWith("stopped");
        (await cluster.Do("start")).ShouldBe(url);
        (await Ask(url, "select seven from kept")).ShouldBe("7");
    }

    [Fact]
    public async Task a_killed_cluster_starts_again_with_what_was_committed()
    {
        await using var cluster = new OwnCluster(Ports.Free());
        var url = await cluster.Do("start");
        await Ask(url, "create table kept as select 7 as seven");

        await Kill(cluster.PostmasterId);
        (await cluster.Run("status")).Answer.ShouldStartWith("stopped");

        (await cluster.Do("start")).ShouldBe(url);
        (await Ask(url, "select seven from kept")).ShouldBe("7");
    }

    [Fact]
    public async Task a_process_id_left_behind_that_another_program_has_now_does_not_matter()
    {
        await using var cluster = new OwnCluster(Ports.Free());
        var url = await cluster.Do("start");
        var left = Path.Combine(cluster.Home, "data", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(left, TestContext.Current.CancellationToken);
        await cluster.Do("stop");

        lines[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(left, lines, TestContext.Current.CancellationToken);

        (await cluster.Do("start")).ShouldBe(url);
    }

    [Fact]
    public async Task a_half_made_cluster_is_made_anew()
    {
        await using var cluster = new OwnCluster(Ports.Free());
        await cluster.Do("start");
        File.Delete(Path.Combine(cluster.Home, "made"));

        var again = await cluster.Run("start");

        again.Told.ShouldContain("half-made");
        (await Ask(again.Answer, "select 1")).ShouldBe("1");
    }

    [Fact]
    public async Task a_cluster_of_a_version_that_is_not_here_is_refused_and_left_alone()
    {
        await using var cluster = new OwnCluster(Ports.Free());
        await cluster.Do("start");
        await cluster.Do("stop");
        var version = Path.Combine(cluster.Home, "data", "PG_VERSION");
        await File.WriteAllTextAsync(version, "9\n", TestContext.Current.CancellationToken);

        var refused = await cluster.Run("start");

        refused.Code.ShouldBe(1);
        refused.Told.ShouldContain("made by PostgreSQL 9, missing here");
        File.Exists(version).ShouldBeTrue();
    }

    [Fact]
    public async Task a_new_cluster_takes_the_next_port_when_the_first_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var cluster = new OwnCluster(((IPEndPoint)other.LocalEndpoint).Port);

        var url = await cluster.Do("start");

        OwnCluster.Port(url).ShouldBeGreaterThan(cluster.FirstPort);
        (await Ask(url, "select 1")).ShouldBe("1");
    }

    [Fact]
    public async Task a_made_cluster_whose_port_is_taken_moves_to_the_next_and_remembers_it()
    {
        await using var cluster = new OwnCluster(Ports.Free());
        var url = await cluster.Do("start");
        await Ask(url, "create table kept as select 7 as seven");
        await cluster.Do("stop");
        string moved;
        using (var other = new TcpListener(IPAddress.Loopback, OwnCluster.Port(url)))
        {
            other.Start();

            var outcome = await cluster.Run("start");

            moved = outcome.Answer;
            OwnCluster.Port(moved).ShouldBeGreaterThan(OwnCluster.Port(url));
            outcome.Told.ShouldContain($"so it moves to port {OwnCluster.Port(moved)}.");
            (await Ask(moved, "select seven from kept")).ShouldBe("7");
        }

        await cluster.Do("stop");
        (await cluster.Do("start")).ShouldBe(moved);
    }

    [Fact]
    public async Task destroy_leaves_nothing()
    {
        await using var cluster = new OwnCluster(Ports.Free());
        await cluster.Do("start");
        var postmaster = cluster.PostmasterId;

        await cluster.Do("destroy");

        Directory.EnumerateFileSystemEntries(cluster.Root).ShouldBeEmpty();
        IsPostgres(postmaster).ShouldBeFalse();
        (await cluster.Run("status")).Answer.ShouldBe("no cluster");
        (await cluster.Run("url")).Code.ShouldBe(1);
    }

    private static async Task<string> Ask(string url, string sql)
    {
        var outcome = await OwnCluster.Query(url, sql);
        outcome.Code.ShouldBe(0, outcome.Told);
        return outcome.Answer;
    }

    // The postmaster leads a process group of its own; the minus sign means the group.
    private static async Task Kill(int postmaster)
    {
        using var kill = Process.Start("kill", ["-9", "--", $"-{postmaster}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        kill.ExitCode.ShouldBe(0);
        SpinWait.SpinUntil(() => !IsPostgres(postmaster), TimeSpan.FromMinutes(1)).ShouldBeTrue();
    }

    // A process that has ended may be listed until its parent asks, but has no command line any more.
    private static bool IsPostgres(int id) =>
        File.Exists($"/proc/{id}/cmdline") && File.ReadAllText($"/proc/{id}/cmdline").Contains("postgres");
}
