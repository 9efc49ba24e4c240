using System.Net.Http.Json;
using System.Text.Json;
using HybridCalendar.EndToEnd.Cluster;
using HybridCalendar.Projections;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>A mailbox of the lab.</summary>
internal sealed record LabMailbox(string Address, string Name, string Kind);

/// <summary>A line of a calendar as the lab's people see it: the truth.</summary>
internal sealed record LabLine(
    Instant Start,
    Instant End,
    Instant? OriginalStart,
    bool AllDay,
    string? Subject,
    string? Location,
    string? Organizer,
    string[] Required,
    string[] Optional,
    string[] Resources,
    string ShowAs,
    string Sensitivity,
    string MyResponse,
    bool Cancelled,
    string? Join);

/// <summary>Automatic replies in the lab.</summary>
internal sealed record LabReplies(string State, Instant? Start, Instant? End);

/// <summary>What the lab did.</summary>
internal sealed record LabChange(string Description);

/// <summary>The Exchange lab as a process, and its control API.</summary>
internal sealed class Lab(int seed, int people) : IAsyncDisposable
{
    /// <summary>As few people as there may be: for tests in which their number does not matter.</summary>
    public const int FewPeople = 8;

    /// <summary>All people that the lab knows.</summary>
    public const int AllPeople = 25;

    public const string Account = "svc-calendar@lab.example";
    public const string Password = "lab-password";

    private readonly ServiceProcess process = new(
        ("tests/ExchangeLab", "HybridCalendar.ExchangeLab"),
        [
            "--Lab:Seed", $"{seed}",
            "--Lab:People", $"{people}",
            "--Lab:Account", Account,
            "--Lab:Password", Password,
            "--Lab:HeartbeatSeconds", "2",
            .. Schemas(),
        ],
        new Dictionary<string, string>(),
        "/lab/health");

    private bool isKilled;

    public Uri EwsUrl => new(process.Url, "/EWS/Exchange.asmx");

    public Task Start() => process.Start();

    public Task Kill()
    {
        isKilled = true;
        return process.Kill();
    }

    public Task<IReadOnlyList<LabMailbox>> Mailboxes() => Get<IReadOnlyList<LabMailbox>>("/lab/mailboxes");

    public Task<IReadOnlyList<LabLine>> Calendar(string address, Instant from, Instant to) =>
        Get<IReadOnlyList<LabLine>>($"/lab/mailboxes/{address}/calendar?from={from}&to={to}");

    public Task<LabReplies> Replies(string address) =>
        Get<LabReplies>($"/lab/mailboxes/{address}/automatic-replies");

    /// <summary>One plausible change, drawn from the seed and what is there.</summary>
    public async Task<string> ChangeSomething(int drawing)
    {
        using var reply = await process.Http.PostAsync($"/lab/changes/random?seed={drawing}", content: null);
        return (await Read<LabChange>(reply)).Description;
    }

    public Task<JsonElement> Put(string path, object body) => Send(HttpMethod.Put, path, body);

    public Task<JsonElement> Patch(string path, object body) => Send(HttpMethod.Patch, path, body);

    public Task<JsonElement> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    /// <summary>
    /// Ends it. Where the schemas are, no request of the service and no reply may have been invalid by them.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var statistics = isKilled ? (JsonElement?)null : await Get<JsonElement>("/lab/statistics");
        await process.DisposeAsync();
        statistics?.GetProperty("invalidRequests").GetInt64().ShouldBe(0);
        statistics?.GetProperty("invalidReplies").GetInt64().ShouldBe(0);
    }

    // They lie beside the repository on some machines.
    private static string[] Schemas()
    {
        var folder = Path.Combine(Shell.Root, "..", "shared", "ews-xsd");
        return Directory.Exists(folder) ? ["--Lab:Schemas", folder] : [];
    }

    private static async Task<T> Read<T>(HttpResponseMessage reply)
    {
        var text = await reply.Content.ReadAsStringAsync();
        reply.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonSerializer.Deserialize<T>(text, EventJson.Options)!;
    }

    public async Task<T> Get<T>(string path)
    {
        using var reply = await process.Http.GetAsync(path);
        return await Read<T>(reply);
    }

    public async Task<JsonElement> Send(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Web);
        using var reply = await process.Http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        reply.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
