using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HybridCalendar.Contract.Exchange;

/// <summary>A server whose certificate was revoked, by a list that its issuer gives to everybody.</summary>
public sealed class RevocationTests
{
    private static readonly HashAlgorithmName Hash = HashAlgorithmName.SHA256;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true, "certificate-revoked")]
    [InlineData(true, false, "http-401")]
    [InlineData(false, true, "http-401")]
    public async Task a_revoked_certificate_is_refused_when_that_is_asked_for(
        bool isRevoked, bool checks, string code)
    {
        byte[] revoked = [];
        await using var lists = Server("http://127.0.0.1:0", null);
        lists.MapGet("/crl", () => Results.Bytes(revoked, "application/pkix-crl"));
        await lists.StartAsync(Cancellation);

        var now = TimeProvider.System.GetUtcNow();
        using var authority = Authority(now);
        using var certificate = Certificate(authority, now, $"{lists.Urls.Single()}/crl");
        var builder = new CertificateRevocationListBuilder();
        if (isRevoked)
        {
            builder.AddEntry(certificate, now.AddHours(-1));
        }

        revoked = builder.Build(
            authority, BigInteger.One, now.AddDays(1), Hash, thisUpdate: now.AddHours(-1));
        await using var exchange = Server("https://127.0.0.1:0", certificate);
        exchange.MapPost("/EWS/Exchange.asmx", () => Results.Unauthorized());
        await exchange.StartAsync(Cancellation);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem(), Cancellation);

        using var client = new EwsCalendars(new ExchangeSettings
        {
            Url = new Uri($"{exchange.Urls.Single()}/EWS/Exchange.asmx"),
            Account = "a",
            Password = "p",
            CertificateAuthorities = file,
            CheckRevocation = checks,
        });
        File.Delete(file);
        var reply = await client.ReadAutomaticReplies(SecureLab.NewMailbox(LabExchange.Anna), Cancellation);

        reply.ShouldBeOfType<Reply<AutomaticReplies>.Refused>().Code.ShouldBe(code);
    }

    private static WebApplication Server(string url, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    private static X509Certificate2 Authority(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=An authority", key, Hash);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static X509Certificate2 Certificate(X509Certificate2 authority, DateTimeOffset now, string list)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=A server", key, Hash);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        request.CertificateExtensions.Add(
            CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([list]));
        using var certificate = request.Create(
            authority, now.AddHours(-2), now.AddHours(2), RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }
}
