using System.Net;
using System.Text;
using HybridCalendar.Adapters.Exchange.Throttling;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>
/// A service account at Exchange: how it shows itself, over which connections, and what keeps it from asking.
/// </summary>
/// <remarks>Budgets, back-offs and lockouts are counted by Exchange for each account, and so they are here.</remarks>
internal sealed class Account : IDisposable
{
    private readonly TimeProvider time;
    private readonly ICredentials credentials;
    private readonly BackOff backOff;
    private readonly SignIn signIn;
    private readonly HttpClient http;
    private readonly Turns turns;

    internal Account(ExchangeSettings settings, TimeProvider time)
    {
        this.time = time;
        credentials = new BasicCredentials(settings.Account, settings.Password);
        backOff = new BackOff(settings, time);
        signIn = new SignIn(settings, time);
        turns = new Turns(settings.CallsAtOnce, settings.CallsPerMailbox);
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
    /// Waits for one of the calls that the account, and the mailbox, may have under way at once; disposing
    /// gives it back.
    /// </summary>
    internal Task<Turns.Turn> Turn(EwsRequest request, CancellationToken cancellation) =>
        turns.Wait(request.Impersonated, request.IsSync, cancellation);

    /// <summary>Sends a request in the account's name; its reply's body is yet to be read.</summary>
    internal async Task<HttpResponseMessage> Send(HttpRequestMessage message, CancellationToken cancellation)
    {
        await credentials.Authorize(message, cancellation);
        var sent = time.GetTimestamp();
        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            signIn.Refuse(sent);
        }

        return response;
    }

    /// <summary>The directory has locked the account: the same as a refusal of its password.</summary>
    internal void Lock(long sent) => signIn.Refuse(sent);

    /// <summary>It was Exchange itself that answered, so it took the account.</summary>
    internal void Accept() => signIn.Accept();

    /// <summary>The server said that it is busy.</summary>
    /// <param name="asked">For how long, if it said so.</param>
    /// <returns>Until when nothing is sent.</returns>
    internal Instant BeginBackOff(TimeSpan? asked) => backOff.Begin(asked);

    public void Dispose() => http.Dispose();
}
