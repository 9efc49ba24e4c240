using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Streaming;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The EWS address: checks who asks, reads the envelope and hands it to its operation.</summary>
internal sealed class EwsEndpoint(
    LabOptions options,
    Organization organization,
    Subscriptions subscriptions,
    Faults faults,
    BackOff backOff,
    BackEnds backEnds,
    Statistics statistics,
    AvailabilitySettings availability,
    GetStreamingEvents streaming,
    IHostApplicationLifetime lifetime)
{
    public const string Path = "/EWS/Exchange.asmx";
    private const int MillisecondsOfASecond = 1000;

    private static readonly Dictionary<string, Action<EwsCall, ReplyWriter>> Operations =
        new(StringComparer.Ordinal)
        {
            ["ConvertId"] = ConvertId.Answer,
            ["CreateItem"] = CreateItem.Answer,
            ["FindItem"] = FindItem.Answer,
            ["GetFolder"] = GetFolder.Answer,
            ["GetItem"] = GetItem.Answer,
            [GetUserAvailability.Element] = GetUserAvailability.Answer,
            ["GetUserOofSettingsRequest"] = GetUserOofSettings.Answer,
            ["Subscribe"] = Subscribe.Answer,
            ["SyncFolderItems"] = SyncFolderItems.Answer,
            ["Unsubscribe"] = Unsubscribe.Answer,
            ["UpdateItem"] = UpdateItem.Answer,
        };

    private long _lastRequest;

    public async Task Answer(HttpContext http)
    {
        if (!IsLetIn(http))
        {
            return;
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, lifetime.ApplicationStopping);
        if (backEnds.Route(http.Request) is not { } backEnd)
        {
            await AnswerUnavailable(http, stopping.Token);
            return;
        }

        WriteBackEnd(http, BackEnds.NameOf(backEnd));
        try
        {
            await Answer(http, backEnd, await ReadEnvelope(http, stopping.Token), stopping.Token);
        }
        catch (EwsFault fault)
        {
            using var reply = new ReplyWriter();
            reply.Fault(fault);
            await Send(http, StatusCodes.Status500InternalServerError, reply.Finish(), stopping.Token);
        }
    }

    /// <summary>
    /// Answers a browser or a client that looks whether there is anything: who asks comes first.
    /// </summary>
    public void AnswerProbe(HttpContext http)
    {
        if (IsLetIn(http))
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
        }
    }

    private bool IsLetIn(HttpContext http)
    {
        WriteHeaders(http);
        if (!faults.Settings.RefuseLogon
            && BasicAuthentication.IsAccount(http.Request.Headers.Authorization, options))
        {
            return true;
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = BasicAuthentication.Challenge;
        return false;
    }

    private async Task Answer(
        HttpContext http, int backEnd, XElement envelope, CancellationToken stopping)
    {
        var request = envelope.Child("Body")?.Elements().FirstOrDefault()
            ?? throw new EwsFault("ErrorInvalidRequest", "The request is invalid.");
        var operation = request.Name.LocalName;
        var isStreaming = operation == nameof(GetStreamingEvents);
        if (!isStreaming && !Operations.ContainsKey(operation))
        {
            throw EwsFault.SchemaViolation($"The element '{operation}' is not an operation of this server.");
        }

        statistics.CountRequest(NameOf(operation));
        var isTooEarly = backOff.IsRunning;
        if (isTooEarly)
        {
            statistics.CountRequestDuringBackOff();
        }

        if (isTooEarly || faults.IsBusy())
        {
            await AnswerBusy(http, request, stopping);
            return;
        }

        var call = Read(envelope, request, backEnd);
        if (faults.IsFailing(call.Impersonated))
        {
            await HtmlAnswer.Write(http, StatusCodes.Status502BadGateway, "Bad Gateway", stopping);
            return;
        }

        if (isStreaming)
        {
            await streaming.Answer(http, call, stopping);
            return;
        }

        using var reply = new ReplyWriter();
        lock (organization.Gate)
        {
            Operations[operation](call, reply);
        }

        Tie(http, operation, backEnd);
        await Send(http, StatusCodes.Status200OK, reply.Finish(), stopping);
    }

    /// <summary>The operation's name; some request elements have a suffix that the others lack.</summary>
    private static string NameOf(string element) =>
        element.EndsWith("Request", StringComparison.Ordinal) ? element[..^"Request".Length] : element;

    private EwsCall Read(XElement envelope, XElement request, int backEnd)
    {
        var header = envelope.Child("Header");
        var zoneId = header?.Child("TimeZoneContext")?.Child("TimeZoneDefinition")?.Attr("Id");
        return new EwsCall
        {
            Request = request,
            Version = ServerVersion.Rank(header?.Child("RequestServerVersion")?.Attr("Version")),
            ContextZone = (zoneId is null ? null : WindowsZones.TryZone(zoneId)) ?? DateTimeZone.Utc,
            Impersonated = Impersonation.Read(header, organization),
            BackEnd = backEnd,
            Organization = organization,
            Subscriptions = subscriptions,
            Faults = faults,
            Availability = availability,
        };
    }

    private static async Task<XElement> ReadEnvelope(HttpContext http, CancellationToken stopping)
    {
        var settings = new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit };
        try
        {
            using var reader = XmlReader.Create(http.Request.Body, settings);
            var document = await XDocument.LoadAsync(reader, LoadOptions.None, stopping);
            var root = document.Root!;
            return root.Name == XName.Get("Envelope", EwsNames.Soap)
                ? root
                : throw EwsFault.SchemaViolation("The document is not a SOAP 1.1 envelope.");
        }
        catch (XmlException broken)
        {
            throw EwsFault.SchemaViolation(broken.Message, broken.LineNumber, broken.LinePosition);
        }
    }

    private async Task AnswerBusy(HttpContext http, XElement request, CancellationToken stopping)
    {
        statistics.CountBusyAnswer();
        var settings = faults.Settings;
        backOff.Announce(settings.BusyBackOffMilliseconds);
        if (settings.BusyCarrier == "fault")
        {
            throw BusyAnswer.Fault(settings);
        }

        if (settings.BusyCarrier == "http503")
        {
            var seconds = (settings.BusyBackOffMilliseconds + MillisecondsOfASecond - 1)
                / MillisecondsOfASecond;
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await AnswerUnavailable(http, stopping);
            return;
        }

        using var reply = new ReplyWriter(isStreamed: request.Name.LocalName == nameof(GetStreamingEvents));
        BusyAnswer.Write(reply, request, settings);
        await Send(http, StatusCodes.Status200OK, reply.Finish(), stopping);
    }

    private void WriteHeaders(HttpContext http)
    {
        var number = Interlocked.Increment(ref _lastRequest);
        var name = string.Create(CultureInfo.InvariantCulture, $"request/{number}");
        var headers = http.Response.Headers;
        headers["request-id"] = Derived.Guid(organization.Seed, name).ToString();
        headers["X-FEServer"] = "MBX01";
        WriteBackEnd(http, BackEnds.NameOf(BackEnds.First));
    }

    private static void WriteBackEnd(HttpContext http, string name)
    {
        var shortName = name.Split('.')[0].ToUpperInvariant();
        var headers = http.Response.Headers;
        headers["X-CalculatedBETarget"] = name;
        headers["X-DiagInfo"] = shortName;
        headers["X-BEServer"] = shortName;
    }

    private static Task AnswerUnavailable(HttpContext http, CancellationToken stopping) => HtmlAnswer.Write(
        http, StatusCodes.Status503ServiceUnavailable, "Service Unavailable", stopping);

    /// <summary>Ties a client that wants it to the back end of its first subscription.</summary>
    private static void Tie(HttpContext http, string operation, int backEnd)
    {
        if (operation == nameof(Subscribe) && BackEnds.PrefersAffinity(http.Request)
            && BackEnds.NamedBy(http.Request) is null)
        {
            http.Response.Headers.SetCookie = BackEnds.CookieOf(backEnd) + "; path=/; HttpOnly";
        }
    }

    private static async Task Send(
        HttpContext http, int status, ReadOnlyMemory<byte> envelope, CancellationToken stopping)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/xml; charset=utf-8";
        http.Response.ContentLength = envelope.Length;
        await http.Response.Body.WriteAsync(envelope, stopping);
    }
}
