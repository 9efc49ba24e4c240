using System.Net;
using HybridCalendar.Adapters.Exchange.Throttling;
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
    private readonly Turns turns;
    private volatile string refusal = Codes.SignInRefused;

    /// <param name="name">What it is called where its real name has no place: first or second.</param>
    internal Account(
        string name,
        ICredentials credentials,
        ExchangeSettings settings,
        ServerTrust trust,
        TimeProvider time)
    {
        Name = name;
        this.time = time;
        this.credentials = credentials;
        backOff = new BackOff(settings, time);
        signIn = new SignIn(settings, time);
        turns = new Turns(settings.CallsAtOnce, settings.CallsPerMailbox);
        http = Connections.Open(settings.Url, settings, trust, credentials.OfConnections);
    }

    internal string Name { get; }

    /// <summary>Whether it was refused a short time ago, and nothing may be sent for now.</summary>
    internal bool IsClosed => signIn.IsClosed;

    /// <summary>Whether it was refused, and has not been taken since.</summary>
    internal bool IsRefused => signIn.IsRefused;

    /// <summary>What keeps the account from sending anything for now; null when nothing does.</summary>
    internal Reply<T>? Hindrance<T>() =>
        backOff.Now() is { } until ? new Reply<T>.Busy(until)
        : signIn.IsClosed ? Refusal<T>()
        : null;

    /// <summary>
    /// Asks to show the account to the server: after a refusal one request a pause is let through.
    /// </summary>
    internal bool TryPass() => signIn.TryPass();

    /// <summary>The account is refused, for the reason for which it was last.</summary>
    internal Reply<T> Refusal<T>() => new Reply<T>.Refused(refusal, "");

    /// <summary>
    /// Waits for one of the calls that the account, and the mailbox, may have under way at once; disposing
    /// gives it back.
    /// </summary>
    internal Task<Turns.Turn> Turn(EwsRequest request, CancellationToken cancellation) =>
        turns.Wait(request.Impersonated, request.IsSync, cancellation);

    /// <summary>Sends a request in the account's name; its reply's body is yet to be read.</summary>
    /// <param name="write">Writes the request, once more for each time that it is sent.</param>
    /// <param name="isExchange">
    /// False for a host that may be another: its refusal is not counted, which is then the caller's to do.
    /// </param>
    /// <returns>An answer of whatever status, or why the account or the server was not taken.</returns>
    internal async Task<Reply<HttpResponseMessage>> Send(
        Func<HttpRequestMessage> write, CancellationToken cancellation, bool isExchange = true)
    {
        var sent = time.GetTimestamp();
        var reply = await Send(write, afresh: false, cancellation);
        if (credentials.CanRenew && reply is Reply<HttpResponseMessage>.Refused { Code: Codes.SignInRefused })
        {
            reply = await Send(write, afresh: true, cancellation);
        }

        if (isExchange && reply is Reply<HttpResponseMessage>.Refused { Code: var code }
            && Codes.IsOfTheAccount(code))
        {
            Refuse(code, sent);
        }

        return reply;
    }

    /// <summary>The directory has locked the account: the same as a refusal of its password.</summary>
    /// <param name="sent">When the request was sent.</param>
    internal void Lock(long sent) => Refuse(Codes.AccountLocked, sent);

    /// <summary>The account was refused by all who might be Exchange.</summary>
    internal void Refuse() => Refuse(Codes.SignInRefused, time.GetTimestamp());

    /// <summary>It was Exchange itself that answered, so it took the account.</summary>
    /// <param name="sent">When the request was sent.</param>
    internal void Accept(long sent) => signIn.Accept(sent);

    /// <summary>It was Exchange that answered just now.</summary>
    internal void Accept() => signIn.Accept(time.GetTimestamp());

    /// <summary>The server said that it is busy.</summary>
    /// <param name="asked">For how long, if it said so.</param>
    /// <returns>Until when nothing is sent.</returns>
    internal Instant BeginBackOff(TimeSpan? asked) => backOff.Begin(asked);

    // Whatever holds the account prints this, and what is printed is logged.
    public override string ToString() => Name;

    public void Dispose()
    {
        http.Dispose();
        (credentials as IDisposable)?.Dispose();
    }

    private async Task<Reply<HttpResponseMessage>> Send(
        Func<HttpRequestMessage> write, bool afresh, CancellationToken cancellation)
    {
        using var message = write();
        if (await credentials.Authorize(message, afresh, cancellation) is { } code)
        {
            return new Reply<HttpResponseMessage>.Refused(code, "");
        }

        try
        {
            var response = await http.SendAsync(
                message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
            {
                return new Reply<HttpResponseMessage>.Answer(response);
            }

            response.Dispose();
            return new Reply<HttpResponseMessage>.Refused(Codes.SignInRefused, "");
        }
        catch (HttpRequestException broken) when (Codes.OfTls(broken) is not null)
        {
            return new Reply<HttpResponseMessage>.Refused(Codes.OfTls(broken)!, "");
        }
        catch (Exception unreadable) when (credentials.OfConnections is not null
            && unreadable is FormatException or ArgumentException)
        {
            // Measured with .NET 10: NTLM says so of a challenge that is no Base64, or is cut.
            throw new HttpRequestException(
                HttpRequestError.UserAuthenticationError,
                "The server's handshake cannot be read.",
                unreadable);
        }
    }

    private void Refuse(string code, long sent)
    {
        refusal = code;
        signIn.Refuse(sent);
    }
}
