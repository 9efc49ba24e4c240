using System.Net;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Exchange.Versions;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>What a reply over HTTP means to who asked, and what is to be remembered of it.</summary>
internal sealed class ReplyJudge(Servers servers, TimeProvider time)
{
    /// <summary>Reads a reply to the end and says what it is.</summary>
    internal async Task<Reply<T>> Judge<T>(
        Account account,
        HttpResponseMessage response,
        Func<Stream, Parsed<T>> read,
        CallTrace trace,
        CancellationToken cancellation)
    {
        using var body = new ReplyBody();
        await body.Fill(await response.Content.ReadAsStreamAsync(cancellation), cancellation);
        trace.Received(body.Length);
        var parsed = body.Parse(read);
        if (parsed is not Parsed<T>.Failed { Verdict.Code: Verdict.MalformedCode or Verdict.TooLargeCode })
        {
            // It is Exchange itself that answers, and not somebody before it.
            account.Accept(trace.Began);
            if (body.Version() is { } version)
            {
                servers.At(response.RequestMessage?.RequestUri).Saw(version);
                trace.Saw(version);
            }
        }

        // A reply that can be read speaks for itself, whatever its HTTP status. Otherwise the status is all
        // there is.
        var ok = response.StatusCode == HttpStatusCode.OK;
        return parsed switch
        {
            Parsed<T>.Answer answer => new Reply<T>.Answer(answer.Value),
            Parsed<T>.Failed { Verdict: var verdict } when ok || verdict.Code is not Verdict.MalformedCode =>
                Refusal<T>(account, verdict.IsBusy && verdict.BackOff is null
                    ? verdict with { BackOff = RetryAfter(response) }
                    : verdict),
            _ when body.SaysLocked => Locked<T>(account, trace.Began),
            _ when Codes.Of(response) is var code && Codes.ReactionTo(code) == Reaction.BackOff =>
                new Reply<T>.Busy(account.BeginBackOff(RetryAfter(response))),
            _ => Refusal<T>(account, new Verdict(Codes.Of(response), "")),
        };
    }

    private static Reply<T> Locked<T>(Account account, long sent)
    {
        account.Lock(sent);
        return new Reply<T>.Refused(Codes.AccountLocked, "");
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    /// <summary>What a server said, as a reply.</summary>
    internal static Reply<T> Refusal<T>(Account account, Verdict verdict) =>
        verdict.IsBusy ? new Reply<T>.Busy(account.BeginBackOff(verdict.BackOff))
        : Codes.IsGone(verdict.Code) ? new Reply<T>.Gone()
        : new Reply<T>.Refused(verdict.Code, verdict.Message);
}
