using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace HybridCalendar.Benchmarks.Listing;

/// <summary>
/// The service as a process, asked for a full calendar, against the least that answering takes.
/// </summary>
/// <remarks>The service and the floor take turns, request by request, so that what else a machine does hits
/// both.
/// </remarks>
internal sealed class ListMeasurement : IMeasurement
{
    private const int Hundred = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Name => "list";

    public string Question => "four weeks of a mailbox with 500 meetings, 50 of them series: how fast?";

    public async Task Run(Arguments arguments, CancellationToken cancellation)
    {
        await using var server = await Server.Start(cancellation);
        await using var database = await OwnDatabase.Create(server.Connection, cancellation);
        Console.WriteLine(await Machine.Describe(database, cancellation));
        var files = Directory.CreateTempSubdirectory("calendar-benchmark-");
        var key = Path.Combine(files.FullName, "key");
        var list = Path.Combine(files.FullName, "mailboxes");
        await File.WriteAllTextAsync(list, $"{FullCalendar.Address},user\n", cancellation);
        (string, string)[] settings =
        [
            ("ConnectionStrings__Calendar", database.Connection),
            ("Exchange__Url", "http://127.0.0.1:1/EWS/Exchange.asmx"),
            ("Exchange__Account", "nobody"),
            ("Exchange__Password", "none"),
            ("Exchange__Mailboxes", list),
            ("Keys__File", key),
        ];
        await HostProcess.ApplySchema(settings, cancellation);
        var mailbox = await FullCalendar.Record(database.Connection, key, cancellation);
        await using var host = await HostProcess.Start(
            HostProcess.Service, "/health/ready", settings, cancellation);
        var meetings = $"/v1/mailboxes/{mailbox}/meetings?from={FullCalendar.From}&to={FullCalendar.To}";
        var joins = $"/v1/mailboxes/{mailbox}/join-schedule?at={FullCalendar.From}";
        var answer = await WaitForAll(host, meetings, cancellation);
        await using var floor = await Floor.Start(database.Connection, mailbox, answer, cancellation);
        using var bare = new HttpClient { BaseAddress = new Uri(floor.Urls.Single()) };

        var requests = (arguments.Quick ? 10 : Hundred) * arguments.Rounds;
        var table = new Table("ms", "p50", "p99", "to the floor", "processor");
        var (list500, least, processor) =
            await Take((host, meetings), (bare, "/"), requests, cancellation);
        var share = list500.Zip(least, (own, floor) => own / floor).Median();
        table.Add(["meetings", .. Both(list500), Ratio(share), Number(processor)]);
        var (buttons, _, other) = await Take((host, joins), (bare, "/"), requests, cancellation);
        table.Add(["join-schedule", .. Both(buttons), "", Number(other)]);
        table.Add(["one bare query, the same bytes", .. Both(least), "1", ""]);
        Console.WriteLine(
            $"{requests} requests each, answers of {answer.Length / 1024} kB, one at a time");
        Console.WriteLine(table);
        files.Delete(recursive: true);
    }

    private static async Task<(double[] Own, double[] Floor, double Processor)> Take(
        (HostProcess Host, string Path) own,
        (HttpClient Http, string Path) floor,
        int requests,
        CancellationToken cancellation)
    {
        var (owns, floors) = (new double[requests], new double[requests]);
        for (var warm = 0; warm < requests; warm++)
        {
            await Time(own.Host.Http, own.Path, cancellation);
            await Time(floor.Http, floor.Path, cancellation);
        }

        var before = own.Host.ProcessorTime;
        for (var request = 0; request < requests; request++)
        {
            owns[request] = await Time(own.Host.Http, own.Path, cancellation);
            floors[request] = await Time(floor.Http, floor.Path, cancellation);
        }

        return (owns, floors, (own.Host.ProcessorTime - before).TotalMilliseconds / requests);
    }

    // From the request to the last byte.
    private static async Task<double> Time(HttpClient http, string path, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        (await http.GetByteArrayAsync(path, cancellation)).Length.ToString(CultureInfo.InvariantCulture);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<byte[]> WaitForAll(
        HostProcess host, string path, CancellationToken cancellation)
    {
        while (true)
        {
            using var reply = await host.Http.GetAsync(path, cancellation);
            var bytes = await reply.Content.ReadAsByteArrayAsync(cancellation);
            if (reply.IsSuccessStatusCode && Count(bytes) == FullCalendar.Meetings)
            {
                return bytes;
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private static int Count(byte[] answer) =>
        JsonDocument.Parse(answer).RootElement.GetProperty("meetings").EnumerateArray()
            .Select(meeting => meeting.GetProperty("id").GetGuid())
            .Distinct()
            .Count();

    private static string[] Both(double[] numbers) => [Number(numbers.Median()), Number(numbers.P99())];

    private static string Number(double number) => number.ToString("F1", CultureInfo.InvariantCulture);

    private static string Ratio(double number) => number.ToString("F2", CultureInfo.InvariantCulture);
}
