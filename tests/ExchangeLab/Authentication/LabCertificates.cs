using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>The certificates that the lab shows over https, below an authority made at its start.</summary>
internal sealed class LabCertificates : IDisposable
{
    private const string Localhost = "localhost";

    /// <summary>A certificate is for servers (RFC 5280 section 4.2.1.12).</summary>
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly SignInState _state;
    private readonly Dictionary<CertificateKind, X509Certificate2> _shown;

    public LabCertificates(AuthenticationOptions options, SignInState state, TimeProvider time)
    {
        _state = state;
        var now = time.GetUtcNow();
        using var authority = Authority("Exchange lab", now);
        using var other = Authority("Somebody else", now);
        _shown = new()
        {
            [CertificateKind.Good] = Server(authority, Localhost, now, now.AddDays(1)),
            [CertificateKind.Expired] = Server(authority, Localhost, now, now.AddHours(-1)),
            [CertificateKind.WrongName] = Server(authority, "elsewhere.example", now, now.AddDays(1)),
            [CertificateKind.OtherAuthority] = Server(other, Localhost, now, now.AddDays(1)),
        };
        if (options.CertificateAuthority is { } path)
        {
            File.WriteAllText(path, authority.ExportCertificatePem() + Environment.NewLine);
        }
    }

    /// <summary>The one that is shown now.</summary>
    public X509Certificate2 Current => _shown[_state.Settings.Certificate!.Value];

    public void Dispose()
    {
        foreach (var certificate in _shown.Values)
        {
            certificate.Dispose();
        }
    }

    private static X509Certificate2 Authority(string name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
    }

    private static X509Certificate2 Server(
        X509Certificate2 authority, string name, DateTimeOffset now, DateTimeOffset end)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == Localhost)
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([ServerAuthentication], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var serial = RandomNumberGenerator.GetBytes(16);
        using var certificate = request.Create(authority, now.AddDays(-1), end, serial);
        return certificate.CopyWithPrivateKey(key);
    }
}
