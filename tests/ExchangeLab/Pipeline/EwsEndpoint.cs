using HybridCalendar.ExchangeLab.Authentication;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Streaming;
using HybridCalendar.ExchangeLab.Style;
using HybridCalendar.ExchangeLab.WireFaults;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// The EWS address, step by step: who asks, which back end answers, reading the envelope, validation,
/// faults on the wire, in whose name, dispatch and sending.
/// </summary>
internal sealed class EwsEndpoint(
    ReplyHeaders headers,
    SignIn signIn,
    BackEnds backEnds,
    WireStrike wire,
    Busy busy,
    SchemaGate schemas,
    Anchors anchors,
    FailingMailboxes failingMailboxes,
    MovedMailboxes movedMailboxes,
    CallReader calls,
    Dispatch dispatch,
    Statistics statistics,
    ReplyStyles styles,
    IHostApplicationLifetime lifetime)
{
    public const string Path = "/EWS/Exchange.asmx";

    /// <summary>The same behind another name, for mailboxes that moved there.</summary>
    public const string PathOfSite = "/{site}" + Path;

    public async Task Answer(HttpContext http)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, lifetime.ApplicationStopping);
        headers.Write(http);
        if (await signIn.Identify(http, stopping.Token) is not { } caller)
        {
            return;
        }

        if (backEnds.Route(http.Request) is not { } backEnd)
        {
            await HtmlAnswer.Unavailable(http, stopping.Token);
            return;
        }

        ReplyHeaders.WriteBackEnd(http, backEnd);
        try
        {
            await Answer(http, caller, backEnd, stopping.Token);
        }
        catch (EwsFault fault)
        {
            if (fault.Schema is not null)
            {
                statistics.CountInvalidRequest();
            }

            await Sending.Fault(http, fault, styles.Next(), stopping.Token);
        }
        catch (InvalidReply invalid)
        {
            statistics.CountInvalidReply();
            await Fail(http, invalid, stopping.Token);
        }
    }

    /// <summary>
    /// Answers a browser or a client that looks whether there is anything: who asks comes first.
    /// </summary>
    public async Task AnswerProbe(HttpContext http)
    {
        headers.Write(http);
        if (await signIn.Identify(http, http.RequestAborted) is not null)
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
        }
    }

    /// <summary>Says loudly that the lab is broken; a stream that has begun can only break.</summary>
    private static async Task Fail(HttpContext http, InvalidReply invalid, CancellationToken stopping)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(invalid.Message, stopping);
    }

    private async Task Answer(HttpContext http, Caller caller, int backEnd, CancellationToken stopping)
    {
        var envelope = await RequestEnvelope.Read(http.Request.Body, schemas.NeedsLines, stopping);
        Dispatch.Check(envelope.Operation);
        statistics.CountRequest(envelope.OperationName);
        schemas.Check(envelope);
        if (await busy.Strike(http, envelope, stopping) || await wire.Strike(http, envelope, stopping))
        {
            return;
        }

        var call = calls.Read(envelope, caller, backEnd);
        anchors.Count(http.Request, call);
        if (await failingMailboxes.Strike(http, call, stopping)
            || await movedMailboxes.Refuse(http, envelope, call.Impersonated, stopping))
        {
            return;
        }

        await dispatch.Answer(http, call, stopping);
    }
}
