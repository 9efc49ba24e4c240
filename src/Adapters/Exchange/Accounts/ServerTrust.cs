using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>The server's certificate is not to be trusted, or the connection cannot be encrypted.</summary>
internal sealed class CertificateRefusal(string code)
    : AuthenticationException($"The server's certificate is refused: {code}.")
{
    /// <summary>One of the adapter's own words.</summary>
    internal string Code { get; } = code;
}

/// <summary>
/// Which servers are trusted with what proves the account: TLS 1.2 or newer, and a certificate for the
/// address's host, in its time, issued below an authority of the system or of an extra file.
/// </summary>
/// <remarks>
/// Always checked. Whether it was revoked is asked only when the settings say so, since every new connection
/// then waits for the issuer's list: what is revoked is refused, and what cannot be found out is not held
/// against it.
/// </remarks>
internal sealed class ServerTrust
{
    /// <summary>Longest wait for a list of revoked certificates.</summary>
    private static readonly TimeSpan RevocationTimeout = TimeSpan.FromSeconds(5);

    private readonly X509Certificate2Collection authorities = [];
    private readonly X509RevocationMode revocation;

    /// <exception cref="ArgumentException">
    /// The file of extra authorities cannot be read, or holds no certificate.
    /// </exception>
    internal ServerTrust(ExchangeSettings settings)
    {
        revocation = settings.CheckRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
        if (settings.CertificateAuthorities is not { } authoritiesFile)
        {
            return;
        }

        try
        {
            authorities.ImportFromPemFile(authoritiesFile);
        }
        catch (Exception wrong)
            when (wrong is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException(
                $"The certificate authorities in {authoritiesFile} cannot be read: {wrong.Message}", wrong);
        }

        if (authorities.Count == 0)
        {
            throw new ArgumentException($"{authoritiesFile} holds no certificate: give a PEM file.");
        }
    }

    internal SslClientAuthenticationOptions Options() => new()
    {
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = Policy(),
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            Refusal(certificate as X509Certificate2, chain, errors) is { } code
                ? throw new CertificateRefusal(code)
                : true,
    };

    /// <summary>Why a certificate is refused, in a word; null when it is trusted.</summary>
    private string? Refusal(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || chain is null)
        {
            return Codes.CertificateNotTrusted;
        }

        var isChainGood = !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors);
        var status = isChainGood ? X509ChainStatusFlags.NoError : Status(certificate, chain);
        return status.HasFlag(X509ChainStatusFlags.Revoked) ? Codes.CertificateRevoked
            : (status & ~X509ChainStatusFlags.NotTimeValid) != 0 ? Codes.CertificateNotTrusted
            : status != 0 ? Codes.CertificateExpired
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? Codes.CertificateName
            : null;
    }

    // What is wrong with the chain; by the extra authorities when the system's do not know the issuer.
    private X509ChainStatusFlags Status(X509Certificate2 certificate, X509Chain chain)
    {
        var status = Together(chain);
        if (authorities.Count == 0)
        {
            return status;
        }

        using var extra = new X509Chain { ChainPolicy = Policy() };
        extra.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        extra.ChainPolicy.CustomTrustStore.AddRange(authorities);
        extra.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        extra.Build(certificate);
        var other = Together(extra);
        const X509ChainStatusFlags Unknown =
            X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
        return (status & Unknown) != 0 ? other : status;
    }

    private static X509ChainStatusFlags Together(X509Chain chain) => chain.ChainStatus
        .Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status)
        & ~(X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation);

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = revocation,
            RevocationFlag = X509RevocationFlag.ExcludeRoot,
            UrlRetrievalTimeout = RevocationTimeout,
            VerificationFlags = X509VerificationFlags.IgnoreEndRevocationUnknown
                | X509VerificationFlags.IgnoreCertificateAuthorityRevocationUnknown,
        };
        // Of servers only: a certificate for something else proves no server.
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        return policy;
    }
}
