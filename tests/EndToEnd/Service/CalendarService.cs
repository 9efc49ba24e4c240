using System.Text.Json;
using HybridCalendar.Host.Read;
using HybridCalendar.EndToEnd.Cluster;
using HybridCalendar.Projections;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>The service itself as a process, and its HTTP API as others use it.</summary>
internal sealed class CalendarService : IAsyncDisposable
{
    private static readonly (string, string) Program = ("src/Host", "HybridCalendar.Host");

    private readonly Dictionary<string, string> environment;
    private readonly (string Folder, string Assembly) program;
    private readonly DirectoryInfo? files;
    private readonly ServiceProcess process;
    private readonly string list;

    /// <param name="account">The connection string, where it is not the database's owner's.</param>
    /// <param name="settings">Other settings than those of most tests.</param>
    public CalendarService(
        TestDatabase database,
        Uri exchange,
        IEnumerable<LabMailbox> mailboxes,
        string? account = null,
        IReadOnlyDictionary<string, string>? settings = null)
    {
        program = Program;
        files = Directory.CreateTempSubdirectory("calendar-service-");
        list = Path.Combine(files.FullName, "mailboxes.txt");
        List(mailboxes);
        environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Calendar"] = account ?? database.ConnectionString,
            ["Exchange__Url"] = exchange.ToString(),
            ["Exchange__Account"] = Lab.Account,
            ["Exchange__Password"] = Lab.Password,
            ["Exchange__Mailboxes"] = list,
            ["Keys__File"] = Path.Combine(files.FullName, "keys", "key-encryption-key"),
            ["Watch__Coalesce"] = "00:00:00.2",
            ["Watch__Sweep"] = "00:00:05",
            ["Watch__Reconcile"] = "00:00:10",
            ["Watch__Rest"] = "00:00:02",
            ["Watch__AutomaticReplies"] = "00:00:04",
            ["Audit__Head"] = "00:00:01",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            environment[name] = value;
        }

        process = new ServiceProcess(program, [], environment, "/health/ready");
    }

    private CalendarService(CalendarService first, (string, string) program, string ready)
    {
        this.program = program;
        list = first.list;
        environment = first.environment;
        process = new ServiceProcess(program, [], environment, ready);
    }

    /// <summary>The settings, as an operator gives them.</summary>
    public IReadOnlyDictionary<string, string> Settings => environment;

    /// <summary>Changes a setting; the service reads it when it starts.</summary>
    public void Set(string name, string value) => environment[name] = value;

    public HttpClient Http => process.Http;

    public string Output => process.Output;

    /// <summary>A second process with the same settings.</summary>
    /// <param name="program">Another build of it: its folder's full path, and its assembly.</param>
    /// <param name="ready">What answers 200 once it is as far as the test wants it.</param>
    public CalendarService Another((string, string)? program = null, string ready = "/health/ready") =>
        new(this, program ?? Program, ready);

    public Task Start() => process.Start();

    public Task Kill() => process.Kill();

    public Task<int> Stop() => process.Stop();

    /// <summary>Writes the list of the mailboxes to watch; the service reads it when it starts.</summary>
    public void List(IEnumerable<LabMailbox> mailboxes) =>
        File.WriteAllLines(list, mailboxes.Select(mailbox => $"{mailbox.Address},{mailbox.Kind}"));

    public Task<IReadOnlyList<MailboxView>> Mailboxes() => Get<IReadOnlyList<MailboxView>>("/v1/mailboxes");

    public Task<MeetingListView> Meetings(Guid mailbox, Instant from, Instant to) =>
        Get<MeetingListView>($"/v1/mailboxes/{mailbox}/meetings?from={from}&to={to}");

    public Task<JoinScheduleView> JoinSchedule(Guid mailbox, Instant at) =>
        Get<JoinScheduleView>($"/v1/mailboxes/{mailbox}/join-schedule?at={at}");

    public Task<PresenceView> Presence(Guid mailbox, Instant at) =>
        Get<PresenceView>($"/v1/mailboxes/{mailbox}/presence?at={at}");

    public Task<IReadOnlyList<RecordedEvent>> History(Guid meeting) =>
        Get<IReadOnlyList<RecordedEvent>>($"/v1/meetings/{meeting}/history");

    public async Task<T> Get<T>(string path)
    {
        using var reply = await Http.GetAsync(path);
        var text = await reply.Content.ReadAsStringAsync();
        reply.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        return JsonSerializer.Deserialize<T>(text, EventJson.Options)!;
    }

    /// <summary>What is answered to those that ask for JSON Lines; with a body, by POST.</summary>
    public async Task<IReadOnlyList<T>> Lines<T>(string path, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Content = body;
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var reply = await Http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        reply.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        return Parse<T>(text);
    }

    public static IReadOnlyList<T> Parse<T>(string lines) =>
    [
        .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<T>(line, EventJson.Options)!),
    ];

    /// <summary>Starts the service with a setting that is wrong, and answers how it ended.</summary>
    public Task<Shell.Outcome> FailToStart((string Name, string Value) setting) => Shell.Run(
        "dotnet",
        [ServiceProcess.PathOf(program)],
        [
            .. environment.Where(pair => pair.Key != setting.Name).Select(pair => (pair.Key, pair.Value)),
            setting,
        ]);

    /// <summary>Runs the service's program with a command, e.g. projections rebuild.</summary>
    public Task<string> Command(params string[] words) => CommandIn([], words);

    /// <summary>The same, where more is set in the environment.</summary>
    public async Task<string> CommandIn((string Name, string Value)[] more, params string[] words)
    {
        var outcome = await Shell.Run(
            "dotnet",
            [ServiceProcess.PathOf(program), .. words],
            [.. environment.Select(pair => (pair.Key, pair.Value)), .. more]);
        outcome.Code.ShouldBe(0, outcome.Answer + outcome.Told);
        return outcome.Answer;
    }

    /// <summary>The same, however it ends.</summary>
    public Task<Shell.Outcome> TryCommand(params string[] words) => Shell.Run(
        "dotnet",
        [ServiceProcess.PathOf(program), .. words],
        [.. environment.Select(pair => (pair.Key, pair.Value))]);

    /// <summary>Begins a command that is to be killed.</summary>
    public System.Diagnostics.Process Begin(params string[] words)
    {
        var start = new System.Diagnostics.ProcessStartInfo(
            "dotnet", [ServiceProcess.PathOf(program), .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return System.Diagnostics.Process.Start(start).ShouldNotBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        files?.Delete(recursive: true);
    }
}
