using System.Net;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Autodiscover;
using HybridCalendar.Adapters.Exchange.Soap;
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
    }

    internal Placement Placement { get; }

    /// <summary>The account that serves now.</summary>
    internal Account AccountInUse => accounts.InUse;

    /// <summary>Asks one question; when the account is refused, by the other one if there is one.</summary>
    internal Task<Reply<T>> Call<T>(
        EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation) =>
        Placement.At(request, placed => CallPlaced(placed, read, cancellation), cancellation);

    private async Task<Reply<T>> CallPlaced<T>(
        EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation)
    {
        if (request.Affinity?.Account is { } owner)
        {
            return await Call(owner, request, read, cancellation);
        }

        var account = accounts.ForCall();
        var reply = await Call(account, request, read, cancellation);
        return reply is Reply<T>.Refused { Code: var code } && Codes.IsOfTheAccount(code)
            && accounts.InUse is var other && other != account
                ? await Call(other, request, read, cancellation)
                : reply;
    }

    private async Task<Reply<T>> Call<T>(
        Account account, EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation)
    {
        if (account.Hindrance<T>() is { } hindrance)
        {
            return hindrance;
        }

        using var turn = await account.Turn(cancellation);
        // It may have begun while this call waited for its turn.
        if (account.Hindrance<T>() is { } since)
        {
            return since;
        }

        if (!account.TryPass())
        {
            return account.Refusal<T>();
        }

        using var timeout = new Deadline(request.Timeout ?? settings.CallTimeout, time, cancellation);
        return await Traced<T>(request.Operation, () => timeout.Guard(async token =>
        {
            var sent = await Send(account, request, token);
            if (sent is not Reply<HttpResponseMessage>.Answer { Value: var response })
            {
                return sent.Failure<T>()!;
            }

            using (response)
            {
                return Judge(account, await Read(response, read, token), response);
            }
        }));
    }

    /// <summary>Asks a question whose reply is a stream.</summary>
    /// <param name="life">Longest time for all of it.</param>
    /// <returns>The stream, to be disposed of by the caller.</returns>
    internal Task<Reply<EnvelopeStream>> Open(
        EwsRequest request, TimeSpan life, CancellationToken cancellation) =>
        Placement.At(request, placed => OpenPlaced(placed, life, cancellation), cancellation);

    private async Task<Reply<EnvelopeStream>> OpenPlaced(
        EwsRequest request, TimeSpan life, CancellationToken cancellation)
    {
        var account = request.Affinity?.Account ?? accounts.InUse;
        if (account.Hindrance<EnvelopeStream>() is { } hindrance)
        {
            return hindrance;
        }

        if (!account.TryPass())
        {
            return account.Refusal<EnvelopeStream>();
        }

        using var timeout = new Deadline(settings.CallTimeout, time, cancellation);
        return await Traced<EnvelopeStream>(request.Operation, () => timeout.Guard(async token =>
        {
            var sent = await Send(account, request, token);
            if (sent is not Reply<HttpResponseMessage>.Answer { Value: var response })
            {
                return sent.Failure<EnvelopeStream>()!;
            }

            if (response.StatusCode == HttpStatusCode.OK)
            {
                account.Accept();
                return new Reply<EnvelopeStream>.Answer(new EnvelopeStream(response, life, settings, time));
            }

            using (response)
            {
                var parsed = await Read(response, SoapReply.FaultOnly<EnvelopeStream>, token);
                return Judge(account, parsed, response);
            }
        }));
    }

    /// <summary>
    /// The server said, inside a reply, that it is busy or that something is wrong: the same as a reply that
    /// says so.
    /// </summary>
    internal Reply<T> Refusal<T>(Verdict verdict) => Refusal<T>(accounts.InUse, verdict);

    private static Reply<T> Refusal<T>(Account account, Verdict verdict) =>
        verdict.IsBusy ? new Reply<T>.Busy(account.BeginBackOff(verdict.BackOff))
        : Codes.IsGone(verdict.Code) ? new Reply<T>.Gone()
        : new Reply<T>.Refused(verdict.Code, verdict.Message);

    /// <summary>
    /// The server said to a group's account that it is busy: nothing is sent until the instant that is
    /// returned.
    /// </summary>
    internal Instant BeginBackOff(Verdict verdict, Affinity group) =>
        (group.Account ?? accounts.InUse).BeginBackOff(verdict.BackOff);

    public void Dispose() => accounts.Dispose();

    private static async Task<Reply<HttpResponseMessage>> Send(
        Account account, EwsRequest request, CancellationToken cancellation)
    {
        var reply = await account.Send(request, cancellation);
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

    private static async Task<Parsed<T>> Read<T>(
        HttpResponseMessage response, Func<Stream, Parsed<T>> read, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        using var bytes = new MemoryStream();
        var chunk = new byte[Bounds.ChunkBytes];
        while (await body.ReadAsync(chunk, cancellation) is var length and > 0)
        {
            if (bytes.Length + length > Bounds.ReplyBytes)
            {
                var verdict = new Verdict(Verdict.TooLargeCode, $"more than {Bounds.ReplyBytes} bytes");
                return new Parsed<T>.Failed(verdict);
            }

            bytes.Write(chunk, 0, length);
        }

        bytes.Position = 0;
        return read(bytes);
    }

    // A reply that can be read speaks for itself, whatever its HTTP status. Otherwise the status is all there
    // is.
    private Reply<T> Judge<T>(Account account, Parsed<T> parsed, HttpResponseMessage response)
    {
        if (parsed is not Parsed<T>.Failed { Verdict.Code: Verdict.MalformedCode or Verdict.TooLargeCode })
        {
            // It is Exchange itself that answers, and not somebody before it.
            account.Accept();
        }

        var ok = response.StatusCode == HttpStatusCode.OK;
        return parsed switch
        {
            Parsed<T>.Answer answer => new Reply<T>.Answer(answer.Value),
            Parsed<T>.Failed { Verdict: var verdict } when ok || verdict.Code is not Verdict.MalformedCode =>
                Refusal<T>(account, verdict),
            _ when Codes.IsBusy(response.StatusCode) =>
                new Reply<T>.Busy(account.BeginBackOff(RetryAfter(response))),
            _ => new Reply<T>.Refused(Codes.Of(response), ""),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private async Task<Reply<T>> Traced<T>(string operation, Func<Task<Reply<T>>> call)
    {
        using var activity = Telemetry.Begin(operation);
        var began = time.GetTimestamp();
        var code = "broken-connection";
        try
        {
            var reply = await call();
            code = Codes.Of(reply);
            return reply;
        }
        catch (OperationCanceledException)
        {
            code = "cancelled";
            throw;
        }
        finally
        {
            Telemetry.End(activity, operation, code, time.GetElapsedTime(began));
        }
    }
}
