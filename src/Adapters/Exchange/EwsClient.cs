using System.Net;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Autodiscover;
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
    private readonly ServiceAccounts accounts;
    private readonly Servers servers;
    private readonly ReplyJudge judge;

    /// <exception cref="ArgumentException">
    /// The address would send the password in the clear, or the settings do not suffice to sign in.
    /// </exception>
    internal EwsClient(ExchangeSettings settings, TimeProvider time)
    {
        settings.Check();
        this.settings = settings;
        this.time = time;
        accounts = new ServiceAccounts(settings, time);
        Placement = new Placement(new Discoverer(accounts, settings, time), settings, time);
        servers = new Servers(settings);
        judge = new ReplyJudge(servers, time);
    }

    internal Placement Placement { get; }

    /// <summary>The account that serves now.</summary>
    internal Account AccountInUse => accounts.InUse;

    /// <summary>
    /// Places for open streams of an account where these mailboxes are; who has none yet opens none.
    /// </summary>
    internal async Task<Places> Streams(
        Account account, IReadOnlyCollection<string> mailboxes, CancellationToken cancellation) =>
        servers.At(await Placement.AddressOf(mailboxes, cancellation)).StreamsOf(account);

    /// <summary>Asks one question.</summary>
    /// <remarks>
    /// A refusal that servers give now and then without reason is believed when it comes again; an older
    /// dialect is spoken at once when the server does not take this one.
    /// </remarks>
    internal Task<Reply<T>> Call<T>(
        EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation) =>
        Placement.At(request, placed => Repeated(placed, read, cancellation), cancellation);

    private async Task<Reply<T>> Repeated<T>(
        EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation)
    {
        for (var repeats = 0; ; repeats++)
        {
            var reply = await Rotated(request, read, cancellation);
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
        Placement.At(request, placed => Opened(placed, life, cancellation), cancellation);

    private Task<Reply<EnvelopeStream>> Opened(
        EwsRequest request, TimeSpan life, CancellationToken cancellation)
    {
        var account = request.Affinity?.Account ?? accounts.InUse;
        return Spoken(request, async dialect =>
        {
            if (Hindrance<EnvelopeStream>(account) is { } hindrance)
            {
                return hindrance;
            }

            using var timeout = new Deadline(settings.CallTimeout, time, cancellation);
            return await Traced<EnvelopeStream>(request.Operation, trace => timeout.Guard(async token =>
            {
                var sent = await Send(account, request, dialect, trace, token);
                if (sent is not Reply<HttpResponseMessage>.Answer { Value: var response })
                {
                    return sent.Failure<EnvelopeStream>()!;
                }

                if (response.StatusCode == HttpStatusCode.OK)
                {
                    account.Accept(trace.Began);
                    return new Reply<EnvelopeStream>.Answer(
                        new EnvelopeStream(response, life, settings, time, servers.At(request.Url)));
                }

                using (response)
                {
                    return await judge.Judge(
                        account, response, SoapReply.FaultOnly<EnvelopeStream>, trace, token);
                }
            }));
        });
    }

    /// <summary>
    /// The server said, inside a reply, that it is busy or that something is wrong: the same as a reply that
    /// says so.
    /// </summary>
    internal Reply<T> Refusal<T>(Verdict verdict) => ReplyJudge.Refusal<T>(accounts.InUse, verdict);

    /// <summary>
    /// The server said to a group's account that it is busy: nothing is sent until the instant that is
    /// returned.
    /// </summary>
    internal Instant BeginBackOff(Verdict verdict, Affinity group) =>
        (group.Account ?? accounts.InUse).BeginBackOff(verdict.BackOff);

    public void Dispose() => accounts.Dispose();

    // When the account is refused, by the other one if there is one.
    private async Task<Reply<T>> Rotated<T>(
        EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation)
    {
        if (request.Affinity?.Account is { } owner)
        {
            return await Ask(owner, request, read, cancellation);
        }

        var account = accounts.ForCall();
        var reply = await Ask(account, request, read, cancellation);
        return reply is Reply<T>.Refused { Reaction: Reaction.SignIn }
            && accounts.InUse is var other && other != account
                ? await Ask(other, request, read, cancellation)
                : reply;
    }

    private async Task<Reply<T>> Ask<T>(
        Account account, EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation)
    {
        if (account.Hindrance<T>() is { } hindrance)
        {
            return hindrance;
        }

        using var turn = await account.Turn(request, cancellation);
        using var timeout = new Deadline(request.Timeout ?? settings.CallTimeout, time, cancellation);
        return await Spoken(request, async dialect =>
            // It may have begun while this call waited for its turn.
            Hindrance<T>(account) ?? await Traced<T>(request.Operation, trace => timeout.Guard(async token =>
            {
                var sent = await Send(account, request, dialect, trace, token);
                if (sent is not Reply<HttpResponseMessage>.Answer { Value: var response })
                {
                    return sent.Failure<T>()!;
                }

                using (response)
                {
                    var judged = await judge.Judge(account, response, read, trace, token);
                    turn.Weigh(judged, response);
                    return judged;
                }
            })));
    }

    // Again in an older dialect, as long as there is one.
    private async Task<Reply<T>> Spoken<T>(EwsRequest request, Func<Dialect, Task<Reply<T>>> ask)
    {
        var server = servers.At(request.Url);
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

    private static Reply<T>? Hindrance<T>(Account account) =>
        account.Hindrance<T>() ?? (account.TryPass() ? null : account.Refusal<T>());

    private async Task<Reply<HttpResponseMessage>> Send(
        Account account,
        EwsRequest request,
        Dialect dialect,
        CallTrace trace,
        CancellationToken cancellation)
    {
        var reply = await account.Send(
            () =>
            {
                var message = request.Message(request.Url!, dialect);
                trace.Sent(message.Content?.Headers.ContentLength ?? 0);
                return message;
            },
            cancellation);
        if (request.Affinity is not null
            && reply is Reply<HttpResponseMessage>.Answer { Value: var response }
            && response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            foreach (var cookie in cookies)
            {
                request.Affinity.Keep(cookie);
            }
        }

        return reply;
    }

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
