namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>
/// The account that serves, and the one that takes over when it is refused: so passwords can be changed one
/// at a time, without a pause.
/// </summary>
/// <remarks>
/// The one in use is refused and the other one is not: they change places at once. An account that was
/// refused is shown to the server with one call now and then, which the one in use answers when it is refused
/// again; taken, it only waits to be needed. Safe for use by several threads.
/// </remarks>
internal sealed class ServiceAccounts : IDisposable
{
    private readonly Lock gate = new();
    private readonly ExchangeSettings settings;
    private readonly TimeProvider time;
    private readonly ServerTrust trust;
    private Account inUse;
    private Account? standby;
    private long standbyShown;

    /// <exception cref="ArgumentException">The extra certificate authorities cannot be read.</exception>
    internal ServiceAccounts(ExchangeSettings settings, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
        trust = new ServerTrust(settings);
        Anonymous = Connections.Open(server: null, settings, trust);
        inUse = Open("first", settings.Account, settings.Password, settings.OAuth);
        if (settings.SecondOAuth is not null || !string.IsNullOrEmpty(settings.SecondAccount))
        {
            standby = Open(
                "second", settings.SecondAccount ?? "", settings.SecondPassword ?? "", settings.SecondOAuth);
        }
    }

    /// <summary>Connections that show no account.</summary>
    internal HttpClient Anonymous { get; }

    /// <summary>The account that serves now.</summary>
    internal Account InUse
    {
        get
        {
            lock (gate)
            {
                if (standby is { IsClosed: false } other && inUse.IsClosed)
                {
                    (inUse, standby) = (other, inUse);
                    standbyShown = time.GetTimestamp();
                    Telemetry.AccountChanged(inUse.Name);
                }

                return inUse;
            }
        }
    }

    /// <summary>
    /// The account for a call that either may make: the one in use, or now and then the one that was refused.
    /// </summary>
    internal Account ForCall()
    {
        var serving = InUse;
        lock (gate)
        {
            if (standby is not { IsRefused: true } refused
                || time.GetElapsedTime(standbyShown) < settings.RefusedAccountPause)
            {
                return serving;
            }

            standbyShown = time.GetTimestamp();
            return refused;
        }
    }

    public void Dispose()
    {
        inUse.Dispose();
        standby?.Dispose();
        Anonymous.Dispose();
    }

    private Account Open(string name, string account, string password, OAuthSettings? oauth) =>
        new(name, Credentials(account, password, oauth), settings, trust, time);

    private ICredentials Credentials(string account, string password, OAuthSettings? oauth) =>
        settings.Authentication switch
        {
            Authentication.Basic => new BasicCredentials(account, password),
            Authentication.Ntlm => new HandshakeCredentials(settings.Url, false, account, password),
            Authentication.Negotiate => new HandshakeCredentials(settings.Url, true, account, password),
            Authentication.OAuth => new OAuthCredentials(oauth!, settings, trust),
            var other => throw new System.Diagnostics.UnreachableException($"{other} is not handled"),
        };
}
