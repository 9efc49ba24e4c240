using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using HybridCalendar.Contract.Exchange;
using HybridCalendar.ExchangeLab;
using Microsoft.AspNetCore.Builder;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>A lab of a test's own, on a free port of this machine, spoken to over real HTTP.</summary>
internal sealed class LabServer : IAsyncDisposable
{
    public const string Today = "2026-03-16";
    public const string Anna = "anna.brandt@lab.example";
    public const string Ben = "ben.okafor@lab.example";
    public const string Carla = "carla.ruiz@lab.example";
    public const string Room = "room.alster@lab.example";
    private const string Ews = "/EWS/Exchange.asmx";

    private readonly WebApplication _app;

    private LabServer(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Http.DefaultRequestHeaders.Authorization = Basic("svc-calendar@lab.example", "lab-password");
    }

    public HttpClient Http { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<LabServer> Start(params string[] more) => Start(TimeProvider.System, more);

    public static async Task<LabServer> Start(TimeProvider time, params string[] more)
    {
        string[] settings = ["--urls", "http://127.0.0.1:0", "--Lab:Today", Today, .. Shared.LabSchemas];
        var app = Lab.Create([.. settings, .. more], time);
        await app.StartAsync(Stop);
        return new LabServer(app);
    }

    public static AuthenticationHeaderValue Basic(string name, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    /// <summary>Sends an operation in the name of a mailbox; the reply has to please the schemas.</summary>
    public async Task<XElement> Ask(string operation, string? mailbox = Anna)
    {
        var (status, reply) = await Post(Wire.Envelope(operation, mailbox));
        status.ShouldBe(HttpStatusCode.OK, reply.ToString());
        Schemas.Objections(reply).ShouldBeEmpty();
        return reply;
    }

    /// <summary>Sends an operation that is refused as a whole; gives the fault.</summary>
    public async Task<XElement> AskForFault(string envelope)
    {
        var (status, reply) = await Post(envelope);
        status.ShouldBe(HttpStatusCode.InternalServerError);
        Wire.Body(reply).Name.ShouldBe(Wire.S + "Fault");
        reply.All("ServerVersionInfo").Single().Attribute("Version")!.Value.ShouldBe("V2017_07_11");
        return Wire.Body(reply);
    }

    public async Task<(HttpStatusCode Status, XElement Reply)> Post(string envelope, string path = Ews)
    {
        using var content = new StringContent(envelope, Encoding.UTF8, "text/xml");
        using var reply = await Http.PostAsync(path, content, Stop);
        return (reply.StatusCode, XElement.Parse(await reply.Content.ReadAsStringAsync(Stop)));
    }

    /// <summary>Opens a stream; the first envelope is still to be read.</summary>
    public async Task<EnvelopeReader> Open(params string[] ids)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Ews)
        {
            Content = new StringContent(Wire.Envelope(Wire.Stream(ids), null), Encoding.UTF8, "text/xml"),
        };
        var reply = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new EnvelopeReader(reply, await reply.Content.ReadAsStreamAsync(Stop));
    }

    /// <summary>Acts through the control API; gives its JSON.</summary>
    public async Task<JsonElement> Act(HttpMethod method, string path, object? wish = null)
    {
        using var request = new HttpRequestMessage(method, "/lab" + path)
        {
            Content = wish is null ? null : JsonContent.Create(wish),
        };
        using var reply = await Http.SendAsync(request, Stop);
        var text = await reply.Content.ReadAsStringAsync(Stop);
        reply.IsSuccessStatusCode.ShouldBeTrue(text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Books a meeting of Anna's with Ben; gives its uid.</summary>
    public async Task<string> Book(object? more = null)
    {
        var wish = JsonSerializer.SerializeToNode(new
        {
            organizer = Anna,
            required = new[] { Ben },
            rooms = new[] { Room },
            subject = "Tea",
            location = "Kitchen",
            body = "Bring cups.",
            start = "2026-03-18T09:00:00Z",
            end = "2026-03-18T10:00:00Z",
        })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject().ToList())
        {
            wish[name] = value?.DeepClone();
        }

        var reply = await Act(HttpMethod.Post, "/meetings", wish);
        return reply.GetProperty("uid").GetString()!;
    }

    public async Task<List<JsonElement>> Truth(string mailbox, string from, string to)
    {
        var lines = await Act(HttpMethod.Get, $"/mailboxes/{mailbox}/calendar?from={from}&to={to}");
        return [.. lines.EnumerateArray()];
    }

    /// <summary>The item of a meeting in a mailbox, in full.</summary>
    public async Task<XElement> Item(string uid, string mailbox = Anna)
    {
        var found = await Ask(Wire.FindPage(0, 1000), mailbox);
        var id = found.All("CalendarItem").Single(item => item.Element(Wire.T + "UID")!.Value == uid)
            .Element(Wire.T + "ItemId")!.Attribute("Id")!.Value;
        return (await Ask(Wire.GetItem(Wire.ItemId(id)), mailbox)).All("CalendarItem").Single();
    }

    /// <summary>Ends the lab, which must not have had a reply that the schemas forbid.</summary>
    public async ValueTask DisposeAsync()
    {
        using var statistics = await Http.GetAsync("/lab/statistics", CancellationToken.None);
        JsonDocument.Parse(await statistics.Content.ReadAsStringAsync(CancellationToken.None)).RootElement
            .GetProperty("invalidReplies").GetInt64().ShouldBe(0);
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
