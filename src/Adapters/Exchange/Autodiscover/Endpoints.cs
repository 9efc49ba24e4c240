using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>Asks single endpoints of Autodiscover, each in its own protocol.</summary>
/// <remarks>Nothing is followed here, and whatever comes is a value.</remarks>
internal sealed class Endpoints(ServiceAccounts accounts, ExchangeSettings settings, TimeProvider time)
{
    /// <remarks>
    /// How many mailboxes a server takes is nowhere said: one that refuses gets half of them.
    /// </remarks>
    internal async Task<EndpointReply> AskSoap(
        Uri endpoint, IReadOnlyList<string> addresses, CancellationToken cancellation)
    {
        var reply = await Ask(
            nameof(GetUserSettings),
            () => Post(endpoint, GetUserSettings.Write(endpoint, addresses), addresses[0]),
            isSignedIn: true,
            body => GetUserSettings.Read(body).Then(users => users.Count == addresses.Count
                ? new Parsed<IReadOnlyList<UserAnswer>>.Answer(users)
                : SoapReply.Malformed<IReadOnlyList<UserAnswer>>($"{users.Count} users")),
            cancellation);
        if (reply is not EndpointReply.Failed { Why: "InvalidRequest" } || addresses.Count == 1)
        {
            return reply;
        }

        var half = addresses.Count / 2;
        var first = await AskSoap(endpoint, [.. addresses.Take(half)], cancellation);
        return first is EndpointReply.Answer(var users)
            && await AskSoap(endpoint, [.. addresses.Skip(half)], cancellation)
                is EndpointReply.Answer(var others)
                ? new EndpointReply.Answer([.. users, .. others])
                : reply;
    }

    internal Task<EndpointReply> AskPlainXml(
        Uri endpoint, string address, CancellationToken cancellation) => Ask(
            nameof(PlainXml),
            () => Post(endpoint, PlainXml.Write(address), address),
            isSignedIn: true,
            reply => Only(PlainXml.Read(reply)),
            cancellation);

    /// <summary>Shows nobody, since anybody is told.</summary>
    internal Task<EndpointReply> AskVersionTwo(
        Site site, string address, CancellationToken cancellation) => Ask(
            nameof(VersionTwo),
            () => Get(VersionTwo.Question(site, address)),
            isSignedIn: false,
            reply => Only(VersionTwo.Read(reply)),
            cancellation);

    /// <summary>Asks where to go, over plain http: only a 302 counts.</summary>
    internal Task<EndpointReply> AskSignpost(Uri signpost, CancellationToken cancellation) => Ask(
        "Signpost",
        () => Get(signpost),
        isSignedIn: false,
        static _ => SoapReply.Malformed<IReadOnlyList<UserAnswer>>("not a 302"),
        cancellation);

    private static Parsed<IReadOnlyList<UserAnswer>> Only(Parsed<UserAnswer> one) =>
        one.Then<IReadOnlyList<UserAnswer>>(user => new Parsed<IReadOnlyList<UserAnswer>>.Answer([user]));

    private static HttpRequestMessage Post(Uri endpoint, byte[] body, string anchor)
    {
        var message = Request(HttpMethod.Post, endpoint);
        message.Content = new ByteArrayContent(body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
        message.Headers.Accept.ParseAdd("text/xml");
        message.Headers.TryAddWithoutValidation("X-AnchorMailbox", anchor);
        return message;
    }

    private static HttpRequestMessage Get(Uri endpoint) => Request(HttpMethod.Get, endpoint);

    private static HttpRequestMessage Request(HttpMethod method, Uri endpoint)
    {
        var message = new HttpRequestMessage(method, endpoint)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.UserAgent.ParseAdd("HybridCalendar");
        return message;
    }

    private async Task<EndpointReply> Ask(
        string operation,
        Func<HttpRequestMessage> message,
        bool isSignedIn,
        Func<Stream, Parsed<IReadOnlyList<UserAnswer>>> read,
        CancellationToken cancellation)
    {
        using var activity = Telemetry.Begin(operation);
        var began = time.GetTimestamp();
        var code = "cancelled";
        try
        {
            using var deadline = new Deadline(settings.AutodiscoverTimeout, time, cancellation);
            var reply = await deadline.Guard(async token =>
            {
                using var sent = await Send(message, isSignedIn, token);
                return sent.Failure ?? await Judge(sent.Response!, read, token);
            });
            code = reply is EndpointReply.Failed failed ? failed.Why : Verdict.NoError;
            return reply;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            var failed = Broken(broken);
            code = failed.Why;
            return failed;
        }
        finally
        {
            Telemetry.End(activity, operation, code, time.GetElapsedTime(began));
        }
    }

    private async Task<Sent> Send(
        Func<HttpRequestMessage> message, bool isSignedIn, CancellationToken cancellation)
    {
        if (!isSignedIn)
        {
            using var request = message();
            return new Sent(await accounts.Anonymous.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellation));
        }

        var account = accounts.InUse;
        if (account.Hindrance<HttpResponseMessage>() is Reply<HttpResponseMessage>.Busy)
        {
            // It began while the search was under way.
            return new Sent(
                null, new EndpointReply.Failed(DiscoveryRefusal.Busy, "back-off", IsOfTheHost: true));
        }

        return await account.Send(message, cancellation, isExchange: false) switch
        {
            Reply<HttpResponseMessage>.Answer answer => new Sent(answer.Value),
            Reply<HttpResponseMessage>.Refused { Code: var code } => new Sent(null, Codes.IsOfTheAccount(code)
                ? new EndpointReply.Failed(DiscoveryRefusal.SignInRefused, code)
                : new EndpointReply.Failed(DiscoveryRefusal.Unreachable, code, IsOfTheHost: true)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<EndpointReply> Judge(
        HttpResponseMessage response,
        Func<Stream, Parsed<IReadOnlyList<UserAnswer>>> read,
        CancellationToken cancellation)
    {
        var asked = response.RequestMessage!.RequestUri!;
        var status = string.Create(CultureInfo.InvariantCulture, $"http-{(int)response.StatusCode}");
        switch (response.StatusCode)
        {
            case HttpStatusCode.Unauthorized:
                return new EndpointReply.Failed(DiscoveryRefusal.SignInRefused, status);
            case HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests:
                return Refused(DiscoveryRefusal.Busy, status);
            case HttpStatusCode.Found:
            case HttpStatusCode.Moved or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                when asked.Scheme == Uri.UriSchemeHttps:
                return Uri.TryCreate(asked, response.Headers.Location, out var target)
                    && Site.HostOf(target) is not null
                    ? new EndpointReply.Redirect(target)
                    : new EndpointReply.Failed(DiscoveryRefusal.Malformed, status);
            case HttpStatusCode.OK:
            // A SOAP fault, or the JSON of an error.
            case HttpStatusCode.InternalServerError or HttpStatusCode.BadRequest or HttpStatusCode.NotFound:
                return await Read(response, read, cancellation) switch
                {
                    Parsed<IReadOnlyList<UserAnswer>>.Answer answer => new EndpointReply.Answer(answer.Value),
                    Parsed<IReadOnlyList<UserAnswer>>.Failed failed =>
                        Refused(failed.Verdict, response.StatusCode, status),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            default:
                return new EndpointReply.Failed(DiscoveryRefusal.NothingThere, status);
        }
    }

    // What cannot be read on an error page is just that page; a good one should have been readable.
    private static EndpointReply.Failed Refused(Verdict verdict, HttpStatusCode status, string word) =>
        verdict.Code == Verdict.MalformedCode && status != HttpStatusCode.OK
            ? new EndpointReply.Failed(DiscoveryRefusal.NothingThere, word)
            : Refused(GetUserSettings.Reason(verdict.Code), verdict.Code);

    private static EndpointReply.Failed Refused(DiscoveryRefusal reason, string code) =>
        new(reason, code, IsOfTheHost: reason == DiscoveryRefusal.Busy);

    private static async Task<Parsed<IReadOnlyList<UserAnswer>>> Read(
        HttpResponseMessage response,
        Func<Stream, Parsed<IReadOnlyList<UserAnswer>>> read,
        CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        using var bytes = new MemoryStream();
        var chunk = new byte[Bounds.ChunkBytes];
        while (await body.ReadAsync(chunk, cancellation) is var length and > 0)
        {
            if (bytes.Length + length > Bounds.DiscoveryBytes)
            {
                var verdict = new Verdict(Verdict.TooLargeCode, $"more than {Bounds.DiscoveryBytes} bytes");
                return new Parsed<IReadOnlyList<UserAnswer>>.Failed(verdict);
            }

            bytes.Write(chunk, 0, length);
        }

        bytes.Position = 0;
        return read(bytes);
    }

    private static EndpointReply.Failed Broken(Exception broken) =>
        broken is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }
            ? new(DiscoveryRefusal.NothingThere, "no-such-host", IsOfTheHost: true)
            : new(DiscoveryRefusal.Unreachable, Codes.OfTls(broken) ?? Codes.Broken, IsOfTheHost: true);

    /// <summary>What came of sending: a response, or why there is none.</summary>
    private readonly record struct Sent(HttpResponseMessage? Response, EndpointReply.Failed? Failure = null)
        : IDisposable
    {
        public void Dispose() => Response?.Dispose();
    }
}
