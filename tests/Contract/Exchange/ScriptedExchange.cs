using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Mailboxes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HybridCalendar.Contract.Exchange;

/// <summary>A request that arrived.</summary>
internal sealed record Arrived(string Operation, string Body, IHeaderDictionary Headers)
{
    internal string Dialect => Regex.Match(Body, "RequestServerVersion Version=\"([^\"]*)\"").Groups[1].Value;

    internal string Impersonated => Regex.Match(Body, "PrimarySmtpAddress>([^<]*)<").Groups[1].Value;
}

/// <summary>
/// A server on this machine that answers over real HTTP as a test tells it, one answer an operation.
/// </summary>
internal sealed partial class ScriptedExchange : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Arrived, Task>> answers = new();
    private readonly List<IDisposable> clients = [];

    private ScriptedExchange(WebApplication app) => this.app = app;

    /// <summary>All requests so far, in the order of their arrival.</summary>
    internal ConcurrentQueue<Arrived> Arrived { get; } = new();

    internal string Dialects => string.Join(" ", Arrived.Select(arrived => arrived.Dialect));

    internal string Operations => string.Join(" ", Arrived.Select(arrived => arrived.Operation));

    internal static async Task<ScriptedExchange> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new ScriptedExchange(builder.Build());
        server.app.Run(server.Handle);
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Answers an operation from now on.</summary>
    internal ScriptedExchange On(string operation, Func<HttpContext, Arrived, Task> answer)
    {
        answers[operation] = answer;
        return this;
    }

    internal ScriptedExchange On(string operation, string reply, int status = 200) =>
        On(operation, (http, _) => Write(http, reply, status));

    internal ScriptedExchange On(string operation, Func<Arrived, string> reply) =>
        On(operation, (http, arrived) => Write(http, reply(arrived)));

    internal EwsCalendars Client(
        Func<ExchangeSettings, ExchangeSettings>? change = null, TimeProvider? time = null)
    {
        var settings = new ExchangeSettings
        {
            Url = new Uri($"{app.Urls.Single()}/EWS/Exchange.asmx"),
            Account = "service",
            Password = "p\u00E4ss",
            FirstPause = TimeSpan.FromMilliseconds(5),
            FirstOverloadPause = TimeSpan.FromMilliseconds(10),
            LongestPause = TimeSpan.FromMilliseconds(20),
            SporadicPause = TimeSpan.FromMilliseconds(5),
        };
        var client = new EwsCalendars(change?.Invoke(settings) ?? settings, time);
        clients.Add(client);
        return client;
    }

    internal static WatchedMailbox Mailbox(string name) =>
        new(new MailboxId(Guid.NewGuid()), $"{name}@example.org",
            new MailboxSeal(Guid.NewGuid(), new byte[32]));

    internal static async Task Write(HttpContext http, string text, int status = 200)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "text/xml; charset=utf-8";
        }

        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    internal static string OperationOf(string body) => Operation().Match(body).Groups[1].Value;

    /// <summary>Keeps the connection open and silent until the client goes.</summary>
    internal static async Task Silence(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await app.DisposeAsync();
    }

    private async Task Handle(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        // The server uses its headers again for the next request.
        var headers = new HeaderDictionary(http.Request.Headers.ToDictionary());
        var arrived = new Arrived(OperationOf(body), body, headers);
        Arrived.Enqueue(arrived);
        await answers[arrived.Operation](http, arrived);
    }

    [GeneratedRegex("<s:Body><m:([A-Za-z]+?)(Request)?[ >]")]
    private static partial Regex Operation();
}
