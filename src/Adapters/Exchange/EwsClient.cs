using System.Net;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Exchange.Throttling;
using HybridCalendar.Adapters.Exchange.Versions;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>Sends requests to Exchange and takes the replies. The only place that knows HTTP.</summary>
/// <remarks>
/// Nothing is followed: a redirect is a refusal, since it would carry the password elsewhere. During a
/// back-off, and for a time after the account was refused, nothing is sent. A connection that breaks or takes
/// too long is an <see cref="HttpRequestException"/> or <see cref="IOException"/>.
/// </remarks>
internal sealed class EwsClient : IDisposable
{
    private readonly ExchangeSettings settings;
    private readonly TimeProvider time;
    private readonly Account account;
    private readonly Server server;

    /// <exception cref="ArgumentException">The address would send the password in the clear.</exception>
    internal EwsClient(ExchangeSettings settings, TimeProvider time)
    {
        settings.Check();
        this.settings = settings;
        this.time = time;
        account = new Account(settings, time);
        server = new Server(settings);
    }

    /// <summary>Places for open streams; who has none yet opens none.</summary>
    internal Places Streams => server.Streams;

    /// <summary>Asks one question.</summary>
    /// <remarks>
    /// A refusal that servers give now and then without reason is believed when it comes again; an older
    /// dialect is spoken at once when the server does not take this one.
    /// </remarks>
    internal async Task<Reply<T>> Call<T>(
        EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation)
    {
        for (var repeats = 0; ; repeats++)
        {
            var reply = await Ask(request, read, cancellation);
            if (repeats == Bounds.SporadicRepeats
                || reply is not Reply<T>.Refused { Code: var code } || !Codes.IsSporadic(code))
            {
                return reply;
            }

            Telemetry.Retried(request.Operation, code);
            await Task.Delay(settings.SporadicPause * (repeats + 1), time, cancellation);
        }
    }

    /// <summary>Asks a question whose reply is a stream.</summary>
    /// <param name="life">Longest time for all of it.</param>
    /// <returns>The stream, to be disposed of by the caller.</returns>
    internal Task<Reply<EnvelopeStream>> Open(
        EwsRequest request, TimeSpan life, CancellationToken cancellation) =>
        Spoken(request, async dialect =>
        {
            if (Hindrance<EnvelopeStream>() is { } hindrance)
            {
                return hindrance;
            }

            using var timeout = new Deadline(settings.CallTimeout, time, cancellation);
            return await Traced<EnvelopeStream>(request.Operation, trace => timeout.Guard(async token =>
            {
                var response = await Send(request, dialect, trace, token);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    account.Accept();
                    return new Reply<EnvelopeStream>.Answer(
                        new EnvelopeStream(response, life, settings, time, server));
                }

                using (response)
                {
                    return await Judged(response, SoapReply.FaultOnly<EnvelopeStream>, trace, token);
                }
            }));
        });

    /// <summary>
    /// The server said, inside a reply, that it is busy or that something is wrong: the same as a reply that
    /// says so.
    /// </summary>
    internal Reply<T> Refusal<T>(Verdict verdict) =>
        verdict.IsBusy ? new Reply<T>.Busy(BeginBackOff(verdict))
        : Codes.IsGone(verdict.Code) ? new Reply<T>.Gone()
        : new Reply<T>.Refused(verdict.Code, verdict.Message);

    /// <summary>
    /// The server said that it is busy: nothing is sent until the instant that is returned.
    /// </summary>
    internal Instant BeginBackOff(Verdict verdict) => account.BeginBackOff(verdict.BackOff);

    public void Dispose() => account.Dispose();

    private async Task<Reply<T>> Ask<T>(
        EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation)
    {
        if (account.Hindrance<T>() is { } hindrance)
        {
            return hindrance;
        }

        using var turn = await account.Turn(request, cancellation);
        using var timeout = new Deadline(request.Timeout ?? settings.CallTimeout, time, cancellation);
        return await Spoken(request, async dialect =>
            // It may have begun while this call waited for its turn.
            Hindrance<T>() ?? await Traced<T>(request.Operation, trace => timeout.Guard(async token =>
            {
                using var response = await Send(request, dialect, trace, token);
                var judged = await Judged(response, read, trace, token);
                turn.Weigh(judged, response);
                return judged;
            })));
    }

    // Again in an older dialect, as long as there is one.
    private async Task<Reply<T>> Spoken<T>(EwsRequest request, Func<Dialect, Task<Reply<T>>> ask)
    {
        while (true)
        {
            var spoken = server.DialectFor(request.Impersonated);
            var dialect = spoken > request.Needs ? spoken : request.Needs;
            var reply = await ask(dialect);
            if (reply is not Reply<T>.Refused { Reaction: Reaction.Downgrade } refused)
            {
                return reply;
            }

            if (!server.StepDown(dialect, request.Needs, request.Impersonated, refused.Code))
            {
                return new Reply<T>.Refused(Codes.ServerTooOld, refused.Message);
            }

            Telemetry.Retried(request.Operation, refused.Code);
        }
    }

    private Reply<T>? Hindrance<T>() =>
        account.Hindrance<T>() ?? (account.TryPass() ? null : Account.SignInRefused<T>());

    private async Task<HttpResponseMessage> Send(
        EwsRequest request, Dialect dialect, CallTrace trace, CancellationToken cancellation)
    {
        using var message = request.Message(settings.Url, dialect);
        trace.Sent(message.Content?.Headers.ContentLength ?? 0);
        var response = await account.Send(message, cancellation);
        if (request.Affinity is not null && response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            foreach (var cookie in cookies)
            {
                request.Affinity.Keep(cookie);
            }
        }

        return response;
    }

    private async Task<Reply<T>> Judged<T>(
        HttpResponseMessage response,
        Func<Stream, Parsed<T>> read,
        CallTrace trace,
        CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            return Account.SignInRefused<T>();
        }

        var body = await ReplyBody.Read(response, cancellation);
        trace.Received(body.Length);
        var parsed = body.Parse(read);
        if (parsed is not Parsed<T>.Failed { Verdict.Code: Verdict.MalformedCode or Verdict.TooLargeCode })
        {
            // It is Exchange itself that answers, and not somebody before it.
            account.Accept();
            if (body.Version() is { } version)
            {
                server.Saw(version);
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
                Refusal<T>(verdict),
            _ when body.SaysLocked => Locked<T>(trace.Began),
            _ when Codes.Of(response) is var code && Codes.ReactionTo(code) == Reaction.BackOff =>
                new Reply<T>.Busy(account.BeginBackOff(RetryAfter(response))),
            _ => Refusal<T>(new Verdict(Codes.Of(response), "")),
        };
    }

    private Reply<T> Locked<T>(long sent)
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

    private async Task<Reply<T>> Traced<T>(string operation, Func<CallTrace, Task<Reply<T>>> call)
    {
        using var trace = new CallTrace(operation, time);
        try
        {
            var reply = await call(trace);
            trace.Code = Codes.Of(reply);
            return reply;
        }
        catch (OperationCanceledException)
        {
            trace.Code = "cancelled";
            throw;
        }
    }
}
