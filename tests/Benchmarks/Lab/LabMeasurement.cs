using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace HybridCalendar.Benchmarks.Lab;

/// <summary>The lab with many mailboxes against a bare web server that sends the same bytes.</summary>
internal sealed class LabMeasurement : IMeasurement
{
    private const int BytesOfAMebibyte = 1024 * 1024;

    public string Name => "lab";

    public string Question => "How much of a bare web server's rate does the Exchange lab reach?";

    public async Task Run(Arguments arguments, CancellationToken cancellation)
    {
        Console.WriteLine(Machine.Describe());
        var (mailboxes, each, duration) = arguments.Quick
            ? (100, 20, TimeSpan.FromSeconds(0.2))
            : (10_000, 200, TimeSpan.FromSeconds(2));
        await using var lab = await StartLab(mailboxes, each, cancellation);
        var address = new Uri(lab.Urls.Single());
        var workloads = await Workload.Prepare(address, Authorization(), mailboxes, cancellation);
        await using var bare = await BareServer.Start(
            [.. workloads.Select(workload => workload.Answer)], cancellation);
        var bareAddress = new Uri(bare.Urls.Single());

        var table = new Table("requests/s", "answer", "lab", "bare", "ratio", "middle half");
        for (var number = 0; number < workloads.Count; number++)
        {
            var workload = workloads[number];
            var bareRequests = BareRequests(bareAddress, number, workload);
            var pairs = new List<(double Lab, double Bare)>();
            for (var round = 0; round <= arguments.Rounds; round++)
            {
                pairs.Add((
                    await Driver.Rate(address, workload.Requests, duration, cancellation),
                    await Driver.Rate(bareAddress, bareRequests, duration, cancellation)));
            }

            // The first round warms up.
            pairs.RemoveAt(0);
            var ratios = pairs.ConvertAll(pair => pair.Lab / pair.Bare);
            var (from, to) = ratios.MiddleHalf();
            table.Add(
                workload.Name,
                string.Create(CultureInfo.InvariantCulture, $"{workload.Answer.Length / 1024.0:F1} kB"),
                Whole(pairs.Select(pair => pair.Lab).Median()),
                Whole(pairs.Select(pair => pair.Bare).Median()),
                Share(ratios.Median()),
                $"{Share(from)}-{Share(to)}");
        }

        Console.WriteLine(table);
    }

    private static async Task<WebApplication> StartLab(int mailboxes, int each, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var lab = ExchangeLab.Lab.Create(
            "--urls", "http://127.0.0.1:0",
            "--Lab:Mailboxes", mailboxes.ToString(CultureInfo.InvariantCulture),
            "--Lab:MeetingsEach", each.ToString(CultureInfo.InvariantCulture));
        await lab.StartAsync(cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{mailboxes} mailboxes with {each} items each, "
            + $"{GC.GetTotalMemory(forceFullCollection: true) / BytesOfAMebibyte} MiB, "
            + $"started in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
        return lab;
    }

    /// <summary>Requests of the same length as those to the lab.</summary>
    private static List<byte[]> BareRequests(Uri address, int number, Workload workload)
    {
        var body = new string(' ', workload.Requests[0].Length);
        var path = string.Create(CultureInfo.InvariantCulture, $"/{number}");
        return [RawClient.Prepare(address, path, Authorization(), body)];
    }

    private static string Authorization() => "Basic "
        + Convert.ToBase64String(Encoding.UTF8.GetBytes("svc-calendar@lab.example:lab-password"));

    private static string Whole(double number) => number.ToString("F0", CultureInfo.InvariantCulture);

    private static string Share(double number) => number.ToString("F2", CultureInfo.InvariantCulture);
}
