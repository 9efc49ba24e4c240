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
    private readonly Account account;

    // Null when one address is set for all.
    private readonly Locations? locations;

    /// <exception cref="ArgumentException">The address would send the password in the clear.</exception>
    internal EwsClient(ExchangeSettings settings, TimeProvider time)
    {
        settings.Check();
        this.settings = settings;
        this.time = time;
        account = new Account(settings, time);
        Discoverer = new Discoverer(account, settings, time);
        locations = settings.Url is null ? new Locations(Discoverer, settings, time) : null;
    }

    internal Discoverer Discoverer { get; }

    /// <summary>Where mailboxes are, by address; searches those whose time has come.</summary>
    internal async Task<IReadOnlyDictionary<string, Discovery>> Locate(
        IReadOnlyCollection<string> addresses, CancellationToken cancellation) =>
        locations is not null ? await locations.Refresh(addresses, cancellation)
        : addresses.ToDictionary(
            address => address, Discovery (_) => new Discovery.Located(new MailboxLocation(settings.Url!, "")));

    /// <summary>
    /// What Exchange said may mean that the mailbox is elsewhere by now: it is searched before long.
    /// </summary>
    internal void LocationDoubted(string mailbox) => locations?.Doubt(mailbox);

    /// <summary>Asks one question.</summary>
    internal async Task<Reply<T>> Call<T>(
        EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation)
    {
        if (account.Hindrance<T>() is { } hindrance)
        {
            return hindrance;
        }

        var place = await Locate(request, cancellation);
        if (place is not Reply<Uri>.Answer(var url))
        {
            return place.Failure<T>()!;
        }

        using var turn = await account.Turn(cancellation);
        // It may have begun while this call waited for its turn.
        if (account.Hindrance<T>() is { } since)
        {
            return since;
        }

        if (!account.TryPass())
        {
            return Account.SignInRefused<T>();
        }

        using var timeout = new Deadline(request.Timeout ?? settings.CallTimeout, time, cancellation);
        return await Traced<T>(request, () => timeout.Guard(async token =>
        {
            using var response = await Send(request, url, token);
            return response.StatusCode == HttpStatusCode.Unauthorized
                ? Account.SignInRefused<T>()
                : Judge(await Read(response, read, token), response);
        }));
    }

    /// <summary>Asks a question whose reply is a stream.</summary>
    /// <param name="life">Longest time for all of it.</param>
    /// <returns>The stream, to be disposed of by the caller.</returns>
    internal async Task<Reply<EnvelopeStream>> Open(
        EwsRequest request, TimeSpan life, CancellationToken cancellation)
    {
        if (account.Hindrance<EnvelopeStream>() is { } hindrance)
        {
            return hindrance;
        }

        var place = await Locate(request, cancellation);
        if (place is not Reply<Uri>.Answer(var url))
        {
            return place.Failure<EnvelopeStream>()!;
        }

        if (!account.TryPass())
        {
            return Account.SignInRefused<EnvelopeStream>();
        }

        using var timeout = new Deadline(settings.CallTimeout, time, cancellation);
        return await Traced<EnvelopeStream>(request, () => timeout.Guard(async token =>
        {
            var response = await Send(request, url, token);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                account.Accept();
                return new Reply<EnvelopeStream>.Answer(new EnvelopeStream(response, life, settings, time));
            }

            using (response)
            {
                return response.StatusCode == HttpStatusCode.Unauthorized
                    ? Account.SignInRefused<EnvelopeStream>()
                    : Judge(await Read(response, SoapReply.FaultOnly<EnvelopeStream>, token), response);
            }
        }));
    }

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

    public void Dispose()
    {
        Discoverer.Dispose();
        account.Dispose();
    }

    private async Task<Reply<Uri>> Locate(EwsRequest request, CancellationToken cancellation)
    {
        if (locations is null)
        {
            return new Reply<Uri>.Answer(settings.Url!);
        }

        // The account's own name is an address, too, where it is one of the directory's.
        return await locations.Find(request.Impersonated ?? settings.Account, cancellation) switch
        {
            Discovery.Located located => new Reply<Uri>.Answer(located.Location.Url),
            Discovery.Refused { Reason: DiscoveryRefusal.SignInRefused } => Account.SignInRefused<Uri>(),
            Discovery.Refused { Reason: DiscoveryRefusal.Busy } => new Reply<Uri>.Busy(
                Instant.FromDateTimeOffset(time.GetUtcNow() + settings.FirstSearchPause)),
            Discovery.Refused { Reason: DiscoveryRefusal.Unreachable } =>
                throw new HttpRequestException("No host of the mailbox's domain answers Autodiscover."),
            Discovery.Refused refused => new Reply<Uri>.Refused(refused.Code, ""),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<HttpResponseMessage> Send(
        EwsRequest request, Uri url, CancellationToken cancellation)
    {
        using var message = request.Message(url);
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
    private Reply<T> Judge<T>(Parsed<T> parsed, HttpResponseMessage response)
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
                Refusal<T>(verdict),
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

    private async Task<Reply<T>> Traced<T>(EwsRequest request, Func<Task<Reply<T>>> call)
    {
        using var activity = Telemetry.Begin(request.Operation);
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
            if (request.Impersonated is { } mailbox && Codes.DoubtsLocation(code))
            {
                LocationDoubted(mailbox);
            }

            Telemetry.End(activity, request.Operation, code, time.GetElapsedTime(began));
        }
    }
}
