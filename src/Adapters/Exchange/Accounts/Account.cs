using System.Net;
using System.Text;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>
/// A service account at Exchange: how it shows itself, over which connections, and what keeps it from asking.
/// </summary>
/// <remarks>Exchange counts budgets, back-offs and lockouts for each account, and so does this.</remarks>
internal sealed class Account : IDisposable
{
    private readonly TimeProvider time;
    private readonly ICredentials credentials;
    private readonly BackOff backOff;
    private readonly SignIn signIn;
    private readonly HttpClient http;
    private readonly SemaphoreSlim calls;

    internal Account(ExchangeSettings settings, TimeProvider time)
    {
        this.time = time;
        credentials = new BasicCredentials(settings.Account, settings.Password);
        backOff = new BackOff(settings, time);
        signIn = new SignIn(settings, time);
        calls = new SemaphoreSlim(settings.CallsAtOnce);
        http = Connect(settings);
    }

    /// <summary>Whether account and password were refused, and not taken since.</summary>
    internal bool IsRefused => signIn.IsRefused;

    /// <summary>Connections that show nobody, and follow nothing.</summary>
    internal static HttpClient Connect(ExchangeSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = settings.Url is not { IsLoopback: true },
            ConnectTimeout = settings.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        };
        settings.Connecting?.Invoke(handler);
        // Every call has a timeout of its own; a stream lives for half an hour.
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>What keeps the account from sending anything for now; null when nothing does.</summary>
    internal Reply<T>? Hindrance<T>() =>
        backOff.Now() is { } until ? new Reply<T>.Busy(until)
        : signIn.IsClosed ? SignInRefused<T>()
        : null;

    /// <summary>
    /// Asks to show the account to the server: after a refusal one request a pause is let through.
    /// </summary>
    internal bool TryPass() => signIn.TryPass();

    internal static Reply<T> SignInRefused<T>() => new Reply<T>.Refused(Codes.SignInRefused, "");

    /// <summary>
    /// Waits for one of the calls that the account may have under way at once; disposing gives it back.
    /// </summary>
    internal async Task<IDisposable> Turn(CancellationToken cancellation)
    {
        await calls.WaitAsync(cancellation);
        return new Slot(calls);
    }

    /// <summary>Sends a request in the account's name; its reply's body is yet to be read.</summary>
    /// <param name="isExchange">
    /// False for a host that may be another: its refusal is not counted, which is then the caller's to do.
    /// </param>
    internal async Task<HttpResponseMessage> Send(
        HttpRequestMessage message, CancellationToken cancellation, bool isExchange = true)
    {
        await credentials.Authorize(message, cancellation);
        var sent = time.GetTimestamp();
        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.Unauthorized && isExchange)
        {
            signIn.Refuse(sent);
        }

        return response;
    }

    /// <summary>The account was refused by all who might be Exchange.</summary>
    internal void Refuse() => signIn.Refuse(time.GetTimestamp());

    /// <summary>It was Exchange itself that answered, so it took the account.</summary>
    internal void Accept() => signIn.Accept();

    /// <summary>The server said that it is busy.</summary>
    /// <param name="asked">For how long, if it said so.</param>
    /// <returns>Until when nothing is sent.</returns>
    internal Instant BeginBackOff(TimeSpan? asked) => backOff.Begin(asked);

    public void Dispose()
    {
        http.Dispose();
        calls.Dispose();
    }

    private sealed class Slot(SemaphoreSlim calls) : IDisposable
    {
        public void Dispose() => calls.Release();
    }
}
