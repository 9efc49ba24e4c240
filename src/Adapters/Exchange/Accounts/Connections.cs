using System.Text;

namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>How connections are opened and kept, to Exchange and to whoever issues its tokens.</summary>
internal static class Connections
{
    /// <summary>How long a connection is used at most, so that changes of addresses are followed.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a connection waits for its next request: less than the two minutes after which a web server
    /// of Microsoft's closes it, and long, since a new one may cost a handshake of three requests.
    /// </summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Connections without a limit in number: calls are counted elsewhere, streams hold theirs.
    /// </summary>
    /// <param name="server">The only one they lead to; null for any.</param>
    internal static HttpClient Open(
        Uri? server,
        ExchangeSettings settings,
        ServerTrust trust,
        System.Net.ICredentials? credentials = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = server is not { IsLoopback: true },
            ConnectTimeout = settings.ConnectTimeout,
            PooledConnectionLifetime = Lifetime,
            PooledConnectionIdleTimeout = Idle,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            SslOptions = trust.Options(),
            Credentials = credentials,
        };
        settings.Connecting?.Invoke(handler);
        // Every call has a timeout of its own; a stream lives for half an hour.
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
