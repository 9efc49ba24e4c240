using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>An authority of a test's own, which gives any host a certificate.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly X509Certificate2 root;
    private readonly ConcurrentDictionary<string, X509Certificate2> hosts = new();

    internal CertificateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Authority of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        PemFile = Path.GetTempFileName();
        File.WriteAllText(PemFile, root.ExportCertificatePem());
    }

    /// <summary>The file for those who are to trust it.</summary>
    internal string PemFile { get; }

    internal X509Certificate2 Of(string host) => hosts.GetOrAdd(host, Issue);

    public void Dispose()
    {
        File.Delete(PemFile);
        root.Dispose();
        foreach (var certificate in hosts.Values)
        {
            certificate.Dispose();
        }
    }

    private X509Certificate2 Issue(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(
            root, root.NotBefore, root.NotAfter, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
