using System.Net.Http.Json;
using HybridCalendar.ExchangeLab;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>The lab, at several names of an internet of its own.</summary>
internal sealed class LabInternet : IAsyncDisposable
{
    private readonly WebApplication lab;

    private LabInternet(WebApplication lab, Internet internet)
    {
        this.lab = lab;
        Internet = internet;
        Http = new HttpClient { BaseAddress = new Uri(lab.Urls.Single()) };
    }

    internal Internet Internet { get; }

    /// <summary>Leads to the lab itself.</summary>
    internal HttpClient Http { get; }

    internal static async Task<LabInternet> Start()
    {
        var app = Lab.Create(["--urls=http://127.0.0.1:0", "--Lab:Today=2026-11-23", .. Shared.LabSchemas]);
        await app.StartAsync(Internet.Stop);
        var lab = new LabInternet(app, await Internet.Start());
        foreach (var site in new[] { "https://autodiscover.lab.example", "https://mail.lab.example",
            "https://new.lab.example" })
        {
            lab.Internet.On(site, lab.Forward);
        }

        await lab.Set(new { ewsUrl = Replies.Url });
        return lab;
    }

    /// <summary>Says where Autodiscover answers otherwise.</summary>
    internal Task Set(object settings) => Send(HttpMethod.Put, "autodiscover", settings);

    /// <summary>Acts on a mailbox.</summary>
    internal Task Do(string mailbox, string path, object wish) =>
        Send(HttpMethod.Post, $"mailboxes/{mailbox}/{path}", wish);

    /// <summary>Acts on the lab.</summary>
    internal async Task Send(HttpMethod method, string path, object content)
    {
        using var request = new HttpRequestMessage(method, $"/lab/{path}");
        request.Content = JsonContent.Create(content);
        using var reply = await Http.SendAsync(request, Internet.Stop);
        reply.IsSuccessStatusCode.ShouldBeTrue(await reply.Content.ReadAsStringAsync(Internet.Stop));
    }

    /// <summary>What stands before the lab in a real installation: it ends TLS.</summary>
    internal async Task Forward(HttpContext to)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(to.Request.Method), to.Request.Path + to.Request.QueryString.Value);
        if (to.Request.Method == "POST")
        {
            request.Content = new StreamContent(to.Request.Body);
        }

        foreach (var (name, value) in to.Request.Headers.Where(header => header.Key != "Transfer-Encoding"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value);
            }
        }

        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = Http.BaseAddress };
        using var reply = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, to.RequestAborted);
        to.Response.Headers.Location = reply.Headers.Location?.OriginalString;
        to.Response.StatusCode = (int)reply.StatusCode;
        to.Response.ContentType = reply.Content.Headers.ContentType?.ToString();
        await reply.Content.CopyToAsync(to.Response.Body, to.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await Internet.DisposeAsync();
        await Http.ShouldHaveBeenValid();
        Http.Dispose();
        await lab.DisposeAsync();
    }
}
