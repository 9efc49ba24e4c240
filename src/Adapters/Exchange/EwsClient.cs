using System.Net;
using System.Text;
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
    private readonly ICredentials credentials;
    private readonly TimeProvider time;
    private readonly BackOff backOff;
    private readonly SignIn signIn;
    private readonly HttpClient http;
    private readonly SemaphoreSlim calls;

    /// <exception cref="ArgumentException">The address would send the password in the clear.</exception>
    internal EwsClient(ExchangeSettings settings, TimeProvider time)
    {
        settings.Check();
        this.settings = settings;
        this.time = time;
        credentials = new BasicCredentials(settings.Account, settings.Password);
        backOff = new BackOff(settings, time);
        signIn = new SignIn(settings, time);
        calls = new SemaphoreSlim(settings.CallsAtOnce);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !settings.Url.IsLoopback,
            ConnectTimeout = settings.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        })
        {
            // Every call has a timeout of its own; a stream lives for half an hour.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Asks one question.</summary>
    internal async Task<Reply<T>> Call<T>(
        EwsRequest request, Func<Stream, Parsed<T>> read, CancellationToken cancellation)
    {
        if (Hindrance<T>() is { } hindrance)
        {
            return hindrance;
        }

        await calls.WaitAsync(cancellation);
        try
        {
            // It may have begun while this call waited for its turn.
            if (Hindrance<T>() is { } since)
            {
                return since;
            }

            if (!signIn.TryPass())
            {
                return SignInRefused<T>();
            }

            using var timeout = new Deadline(request.Timeout ?? settings.CallTimeout, time, cancellation);
            return await Traced<T>(request.Operation, () => timeout.Guard(async token =>
            {
                using var response = await Send(request, token);
                return response.StatusCode == HttpStatusCode.Unauthorized
                    ? SignInRefused<T>()
                    : Judge(await Read(response, read, token), response);
            }));
        }
        finally
        {
            calls.Release();
        }
    }

    /// <summary>Asks a question whose reply is a stream.</summary>
    /// <param name="life">Longest time for all of it.</param>
    /// <returns>The stream, to be disposed of by the caller.</returns>
    internal async Task<Reply<EnvelopeStream>> Open(
        EwsRequest request, TimeSpan life, CancellationToken cancellation)
    {
        if (Hindrance<EnvelopeStream>() is { } hindrance)
        {
            return hindrance;
        }

        if (!signIn.TryPass())
        {
            return SignInRefused<EnvelopeStream>();
        }

        using var timeout = new Deadline(settings.CallTimeout, time, cancellation);
        return await Traced<EnvelopeStream>(request.Operation, () => timeout.Guard(async token =>
        {
            var response = await Send(request, token);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                signIn.Accept();
                return new Reply<EnvelopeStream>.Answer(new EnvelopeStream(response, life, settings, time));
            }

            using (response)
            {
                return response.StatusCode == HttpStatusCode.Unauthorized
                    ? SignInRefused<EnvelopeStream>()
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
    internal Instant BeginBackOff(Verdict verdict) => backOff.Begin(verdict.BackOff);

    public void Dispose()
    {
        http.Dispose();
        calls.Dispose();
    }

    // What keeps the account from sending anything for now.
    private Reply<T>? Hindrance<T>() =>
        backOff.Now() is { } until ? new Reply<T>.Busy(until)
        : signIn.IsClosed ? SignInRefused<T>()
        : null;

    private static Reply<T> SignInRefused<T>() => new Reply<T>.Refused(Codes.SignInRefused, "");

    private async Task<HttpResponseMessage> Send(EwsRequest request, CancellationToken cancellation)
    {
        using var message = request.Message(settings.Url);
        await credentials.Authorize(message, cancellation);
        var sent = time.GetTimestamp();
        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            signIn.Refuse(sent);
        }

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
        using var bytes = new ReplyBytes();
        return await bytes.Fill(body, Bounds.ReplyBytes, cancellation)
            ? read(bytes.Open())
            : new Parsed<T>.Failed(new Verdict(Verdict.TooLargeCode, $"more than {Bounds.ReplyBytes} bytes"));
    }

    // A reply that can be read speaks for itself, whatever its HTTP status. Otherwise the status is all there
    // is.
    private Reply<T> Judge<T>(Parsed<T> parsed, HttpResponseMessage response)
    {
        if (parsed is not Parsed<T>.Failed { Verdict.Code: Verdict.MalformedCode or Verdict.TooLargeCode })
        {
            // It is Exchange itself that answers, and not somebody before it.
            signIn.Accept();
        }

        var ok = response.StatusCode == HttpStatusCode.OK;
        return parsed switch
        {
            Parsed<T>.Answer answer => new Reply<T>.Answer(answer.Value),
            Parsed<T>.Failed { Verdict: var verdict } when ok || verdict.Code is not Verdict.MalformedCode =>
                Refusal<T>(verdict),
            _ when Codes.IsBusy(response.StatusCode) =>
                new Reply<T>.Busy(backOff.Begin(RetryAfter(response))),
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
