using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Pipeline;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Primitives;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>Finds out who asks.</summary>
internal sealed class SignIn(
    SignInState state,
    ServiceAccounts accounts,
    Tokens tokens,
    LabCertificates certificates,
    SignInStatistics statistics,
    Faults faults,
    TimeProvider time)
{
    private static readonly object Key = new();

    /// <summary>Who asks; null when the request has been answered with a refusal or a challenge.</summary>
    public async ValueTask<Caller?> Identify(HttpContext http, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        var (scheme, proof) = Split(http.Request.Headers.Authorization);
        var caller = faults.Settings.RefuseLogon ? null : scheme switch
        {
            "" => OnConnection(http).Caller,
            "BASIC" when state.Allows(SignInMode.Basic) => BasicAuthentication.Check(proof, accounts),
            "BEARER" when state.Allows(SignInMode.Bearer) => await tokens.Check(proof, http.Request.Host),
            "NTLM" when state.Allows(SignInMode.Ntlm) => Shake(http, "NTLM", proof),
            "NEGOTIATE" when state.Allows(SignInMode.Negotiate) => Shake(http, "Negotiate", proof),
            _ => null,
        };
        if (caller is not null)
        {
            statistics.CountAccepted(caller);
            return caller;
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        if (StringValues.IsNullOrEmpty(http.Response.Headers.WWWAuthenticate))
        {
            http.Response.Headers.WWWAuthenticate = Challenges();
            statistics.CountRefused(scheme.Length > 0);
        }

        return null;
    }

    private Caller? Shake(HttpContext http, string scheme, string proof)
    {
        var bytes = new byte[proof.Length];
        if (!Convert.TryFromBase64String(proof, bytes, out var length))
        {
            return null;
        }

        var connection = OnConnection(http);
        var answer = connection.Take(
            bytes[..length], () => new NtlmHandshake(accounts, time), Binding(http.Request));
        if (answer is not null)
        {
            statistics.CountHandshake();
            http.Response.Headers.WWWAuthenticate = $"{scheme} {Convert.ToBase64String(answer)}";
        }

        return connection.Caller;
    }

    private byte[]? Binding(HttpRequest request) =>
        request.IsHttps && state.Settings.ExtendedProtection == true
            ? ChannelBinding.Of(certificates.Current)
            : null;

    private ConnectionSignIn OnConnection(HttpContext http)
    {
        var items = http.Features.Get<IConnectionItemsFeature>()!.Items;
        lock (items)
        {
            if (items.TryGetValue(Key, out var known)
                && known is ConnectionSignIn before && before.Generation == accounts.Generation)
            {
                return before;
            }

            var signIn = new ConnectionSignIn(accounts.Generation);
            items[Key] = signIn;
            return signIn;
        }
    }

    private string[] Challenges() =>
    [
        .. state.Settings.Modes!.Distinct().Order().Select(mode => mode switch
        {
            SignInMode.Basic => BasicAuthentication.Challenge,
            SignInMode.Bearer => Tokens.Challenge,
            SignInMode.Ntlm => "NTLM",
            _ => "Negotiate",
        }),
    ];

    private static (string Scheme, string Proof) Split(string? header)
    {
        var parts = (header ?? "").Split(' ', 2, StringSplitOptions.TrimEntries);
        return (parts[0].ToUpperInvariant(), parts.Length == 2 ? parts[1] : "");
    }
}
