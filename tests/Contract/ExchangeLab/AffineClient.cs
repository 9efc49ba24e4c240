using System.Net;
using System.Text;
using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>A client that decides itself which anchor and cookie it sends.</summary>
internal sealed class AffineClient : IDisposable
{
    private readonly HttpClient _http;

    public AffineClient(LabServer lab)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = lab.Http.BaseAddress,
        };
        _http.DefaultRequestHeaders.Authorization = lab.Http.DefaultRequestHeaders.Authorization;
    }

    /// <summary>Asks to be told about a mailbox; gives the id and the cookie that came.</summary>
    public async Task<(string Id, string? Cookie)> Subscribe(
        string mailbox, string anchor, string? cookie = null, bool prefersAffinity = true)
    {
        using var reply = await Send(
            Wire.Subscribe("CreatedEvent"), mailbox, anchor, cookie, prefersAffinity);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        var envelope = XElement.Parse(await reply.Content.ReadAsStringAsync(LabServer.Stop));
        var isSet = reply.Headers.TryGetValues("Set-Cookie", out var cookies);
        return (envelope.Value("SubscriptionId")!, isSet ? cookies!.Single().Split(';')[0] : null);
    }

    public async Task<EnvelopeReader> Open(string anchor, string? cookie, params string[] ids)
    {
        var reply = await Send(Wire.Stream(ids), null, anchor, cookie);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new EnvelopeReader(reply, await reply.Content.ReadAsStreamAsync(LabServer.Stop));
    }

    public async Task<string> Unsubscribe(string id, string anchor, string? cookie)
    {
        var request = $"<m:Unsubscribe><m:SubscriptionId>{id}</m:SubscriptionId></m:Unsubscribe>";
        using var reply = await Send(request, null, anchor, cookie);
        return XElement.Parse(await reply.Content.ReadAsStringAsync(LabServer.Stop)).Codes().Single();
    }

    public async Task<HttpResponseMessage> Send(
        string operation, string? mailbox, string anchor, string? cookie, bool prefersAffinity = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/EWS/Exchange.asmx")
        {
            Content = new StringContent(Wire.Envelope(operation, mailbox), Encoding.UTF8, "text/xml"),
        };
        request.Headers.Add("X-AnchorMailbox", anchor);
        if (prefersAffinity)
        {
            request.Headers.Add("X-PreferServerAffinity", "true");
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, LabServer.Stop);
    }

    public void Dispose() => _http.Dispose();
}
