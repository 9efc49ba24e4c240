using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Streaming;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// The EWS address, step by step: who asks, which back end answers, faults on the wire, reading the envelope,
/// dispatch, sending.
/// </summary>
internal sealed class EwsEndpoint(
    ReplyHeaders headers,
    SignIn signIn,
    BackEnds backEnds,
    Busy busy,
    FailingMailboxes failingMailboxes,
    CallReader calls,
    Dispatch dispatch,
    Statistics statistics,
    ReplyStyles styles,
    IHostApplicationLifetime lifetime)
{
    public const string Path = "/EWS/Exchange.asmx";

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
            await Sending.Fault(http, fault, styles.Next(), stopping.Token);
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

    private async Task Answer(HttpContext http, Caller caller, int backEnd, CancellationToken stopping)
    {
        var envelope = await RequestEnvelope.Read(http.Request.Body, stopping);
        Dispatch.Check(envelope.Operation);
        statistics.CountRequest(envelope.OperationName);
        if (await busy.Strike(http, envelope, stopping))
        {
            return;
        }

        var call = calls.Read(envelope, caller, backEnd);
        if (await failingMailboxes.Strike(http, call, stopping))
        {
            return;
        }

        await dispatch.Answer(http, call, stopping);
    }
}
