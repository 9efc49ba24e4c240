using System.Globalization;
using System.Text.Json;

namespace HybridCalendar.Benchmarks.Polling;

/// <summary>What it costs to ask for automatic replies, beside a look that brings nothing.</summary>
/// <remarks>
/// The service and the lab run as processes; the service asks for one of both as often as it may, and the
/// lab counts. What the service does while it asks for neither is taken off.
/// </remarks>
internal sealed class PollMeasurement : IMeasurement
{
    private const int Mailboxes = 100;
    private const string Never = "1.00:00:00";
    private const string Often = "00:00:02";

    public string Name => "polls";

    public string Question => "asking for automatic replies, and a look that brings nothing: processor time?";

    public async Task Run(Arguments arguments, CancellationToken cancellation)
    {
        Console.WriteLine(Machine.Describe());
        await using var server = await Server.Start(cancellation);
        var span = TimeSpan.FromSeconds(arguments.Quick ? 4 : 20);
        var (polls, looks) = (new List<double>(), new List<double>());
        for (var round = 0; round < arguments.Rounds; round++)
        {
            var idle = await Take(server, Never, Never, span, cancellation);
            var polling = await Take(server, Often, Never, span, cancellation);
            var looking = await Take(server, Never, Often, span, cancellation);
            polls.Add((polling.Processor - idle.Processor) / (polling.Polls - idle.Polls));
            looks.Add((looking.Processor - idle.Processor) / (looking.Looks - idle.Looks));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {round + 1}: {polling.Polls} polls of {polls[^1]:F2} ms, "
                + $"{looking.Looks} looks of {looks[^1]:F2} ms, idle {idle.Processor:F0} ms"));
        }

        var table = new Table("processor time in ms", "median", "middle half");
        table.Add(["a poll", .. Of(polls)]);
        table.Add(["a look that brings nothing", .. Of(looks)]);
        Console.WriteLine(table);
    }

    private static async Task<(double Processor, int Polls, int Looks)> Take(
        Server server, string replies, string sweep, TimeSpan span, CancellationToken cancellation)
    {
        await using var database = await OwnDatabase.Create(server.Connection, cancellation);
        var files = Directory.CreateTempSubdirectory("calendar-benchmark-");
        await using var lab = await HostProcess.Start(HostProcess.Lab, "/lab/health", [], cancellation);
        var list = Path.Combine(files.FullName, "mailboxes");
        await File.WriteAllLinesAsync(list, await Addresses(lab, cancellation), cancellation);
        (string, string)[] settings =
        [
            ("ConnectionStrings__Calendar", database.Connection),
            ("Exchange__Url", $"{lab.Http.BaseAddress}EWS/Exchange.asmx"),
            ("Exchange__Account", "svc-calendar@lab.example"),
            ("Exchange__Password", "lab-password"),
            ("Exchange__Mailboxes", list),
            ("Keys__File", Path.Combine(files.FullName, "key")),
            ("Watch__AutomaticReplies", replies),
            ("Watch__Sweep", sweep),
        ];
        await HostProcess.ApplySchema(settings, cancellation);
        await using var host = await HostProcess.Start(
            HostProcess.Service, "/health/ready", settings, cancellation);

        // What the start brings is read first, and the programs are warm then.
        await Task.Delay(span, cancellation);
        var (processor, before) = (host.ProcessorTime, await Counts(lab, cancellation));
        await Task.Delay(span, cancellation);
        var after = await Counts(lab, cancellation);
        files.Delete(recursive: true);
        return (
            (host.ProcessorTime - processor).TotalMilliseconds,
            after.Polls - before.Polls,
            after.Looks - before.Looks);
    }

    private static async Task<IReadOnlyList<string>> Addresses(
        HostProcess lab, CancellationToken cancellation)
    {
        var mailboxes = await Json(lab, "/lab/mailboxes", cancellation);
        return
        [
            .. mailboxes.EnumerateArray()
                .Take(Mailboxes)
                .Select(mailbox => $"{mailbox.GetProperty("address")},{mailbox.GetProperty("kind")}"),
        ];
    }

    private static async Task<(int Polls, int Looks)> Counts(HostProcess lab, CancellationToken cancellation)
    {
        var requests = (await Json(lab, "/lab/statistics", cancellation)).GetProperty("requests");
        return (Count("GetUserOofSettings"), Count("SyncFolderItems"));

        int Count(string operation) =>
            requests.TryGetProperty(operation, out var count) ? count.GetInt32() : 0;
    }

    private static async Task<JsonElement> Json(HostProcess lab, string path, CancellationToken cancellation)
    {
        await using var text = await lab.Http.GetStreamAsync(path, cancellation);
        return (await JsonDocument.ParseAsync(text, default, cancellation)).RootElement;
    }

    private static string[] Of(List<double> numbers)
    {
        var (from, to) = numbers.MiddleHalf();
        return [Number(numbers.Median()), $"{Number(from)}-{Number(to)}"];
    }

    private static string Number(double number) => number.ToString("F2", CultureInfo.InvariantCulture);
}
