using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NetworkCredentials = System.Net.ICredentials;

namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>How a request shows who sends it.</summary>
internal interface ICredentials
{
    /// <summary>What the connections themselves show, in a handshake; null when the requests do.</summary>
    NetworkCredentials? OfConnections => null;

    /// <summary>
    /// Whether a proof that was refused may be out of date, so that a new one is worth a try.
    /// </summary>
    bool CanRenew => false;

    /// <summary>Adds what proves the account to a request that is about to be sent.</summary>
    /// <param name="afresh">The last proof was refused: get another one.</param>
    /// <returns>Null, or the code of what kept the proof from being had.</returns>
    ValueTask<string?> Authorize(HttpRequestMessage request, bool afresh, CancellationToken cancellation);
}

/// <summary>Account and password with every request (RFC 7617).</summary>
internal sealed class BasicCredentials : ICredentials
{
    private readonly AuthenticationHeaderValue header;

    internal BasicCredentials(string account, string password)
    {
        var both = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{password}"));
        header = new AuthenticationHeaderValue("Basic", both);
    }

    public ValueTask<string?> Authorize(
        HttpRequestMessage request, bool afresh, CancellationToken cancellation)
    {
        request.Headers.Authorization = header;
        return default;
    }
}

/// <summary>
/// A handshake for each connection, NTLM or what Negotiate agrees on; its refusals on the way are answered by
/// the connection itself, and what is seen here is the last one.
/// </summary>
/// <remarks>
/// Over TLS the handshake is bound to the server's certificate (channel binding), as Extended Protection
/// wants. Connections of an account are its own, since a server remembers on them who signed in. Measured
/// with .NET 10: three requests on a new connection and one on a known one, the body with each of them,
/// whether it asks to continue (Expect) or not.
/// </remarks>
internal sealed class HandshakeCredentials : ICredentials
{
    private const string Ntlm = "NTLM";
    private const string Negotiate = "Negotiate";

    /// <param name="url">The only server they are for; null for each to which the account is shown.</param>
    /// <param name="account">Empty for the process's own Kerberos ticket, which only Negotiate knows.</param>
    internal HandshakeCredentials(Uri? url, bool negotiates, string account, string password)
    {
        if (account.Length == 0)
        {
            OfConnections = new Proof(url, [Negotiate], CredentialCache.DefaultNetworkCredentials);
            return;
        }

        NtlmProvider.Choose();
        var proof = account.Split('\\', 2) is [var domain, var name]
            ? new NetworkCredential(name, password, domain)
            : new NetworkCredential(account, password);
        OfConnections = new Proof(url, negotiates ? [Ntlm, Negotiate] : [Ntlm], proof);
    }

    public NetworkCredentials OfConnections { get; }

    public ValueTask<string?> Authorize(
        HttpRequestMessage request, bool afresh, CancellationToken cancellation) => default;

    // Whoever holds the connections shows it on purpose, and follows no redirect.
    private sealed class Proof(Uri? server, string[] ways, NetworkCredential proof) : NetworkCredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType)
        {
            var isMeant = server is null
                ? uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback
                : uri.GetLeftPart(UriPartial.Authority) == server.GetLeftPart(UriPartial.Authority);
            return isMeant && ways.Contains(authType, StringComparer.OrdinalIgnoreCase) ? proof : null;
        }
    }
}
