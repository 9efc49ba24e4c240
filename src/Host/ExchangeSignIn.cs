using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Accounts;
using NodaTime;

namespace HybridCalendar.Host;

/// <summary>Reads where Exchange is and how the service signs in there: <c>Exchange:…</c>.</summary>
/// <remarks>
/// Every secret can stand in a file of its own instead: <c>Exchange:PasswordFile</c> for
/// <c>Exchange:Password</c>, and so on.
/// </remarks>
internal static class ExchangeSignIn
{
    private const string Way = "Exchange:Authentication";
    private const string SecretName = "ClientSecret";
    private const string CertificateName = "Certificate";

    private static readonly string[] OfAccounts =
    [
        "Account", "Password", "PasswordFile", "SecondAccount", "SecondPassword", "SecondPasswordFile",
    ];

    private static readonly string[] OfApplications =
    [
        "Tenant", "Authority", "Scope", "ClientId", SecretName, "ClientSecretFile", CertificateName,
        "CertificatePassword", "CertificatePasswordFile", "SecondClientId", "SecondClientSecret",
        "SecondClientSecretFile", "SecondCertificate", "SecondCertificatePassword",
        "SecondCertificatePasswordFile",
    ];

    public static ExchangeSettings Exchange(this SettingsReader reader)
    {
        var settings = new ExchangeSettings
        {
            Url = reader.OptionalUrl("Exchange:Url", "https://mail.example.com/EWS/Exchange.asmx"),
            AutodiscoverHosts = reader.Hosts("Exchange:AutodiscoverHosts"),
            LocationLife = reader.Span(
                "Exchange:LocationLife",
                Duration.FromHours(24),
                Duration.FromMinutes(1),
                Duration.FromDays(7)).ToTimeSpan(),
            Authentication = reader.Word(Way, Authentication.Basic),
            CertificateAuthorities = reader.OptionalFile(
                "Exchange:CertificateAuthorities", "a PEM file of the authorities to trust as well"),
            CheckRevocation = reader.Switch("Exchange:CheckRevocation"),
        };
        return settings.Authentication == Authentication.OAuth
            ? OfApplication(reader, settings)
            : OfAccount(reader, settings);
    }

    private static ExchangeSettings OfAccount(SettingsReader reader, ExchangeSettings settings)
    {
        reader.Exclude(Way, OfApplications.Select(Name), "applications sign in by oauth");
        var second = reader.Optional("Exchange:SecondAccount");
        var secondPassword = reader.Secret("Exchange:SecondPassword");
        reader.Require(second is not null || secondPassword is null, "Exchange:SecondAccount",
            "is not set: the account that Exchange__SecondPassword belongs to");
        reader.Require(second is null || secondPassword is not null, "Exchange:SecondPassword",
            "is not set: the second account's password");
        var isTicket = settings.Authentication == Authentication.Negotiate
            && reader.Optional("Exchange:Account") is null && reader.Secret("Exchange:Password") is null;
        return settings with
        {
            Account = isTicket
                ? ""
                : reader.Text("Exchange:Account", "the account that may impersonate the mailboxes"),
            Password = isTicket
                ? ""
                : reader.NeededSecret("Exchange:Password", "that account's password"),
            SecondAccount = second,
            SecondPassword = secondPassword,
        };
    }

    private static ExchangeSettings OfApplication(SettingsReader reader, ExchangeSettings settings)
    {
        reader.Exclude(Way, OfAccounts.Select(Name), "an application signs in without an account");
        var first = new OAuthSettings
        {
            Authority = Authority(reader),
            ClientId = reader.Text("Exchange:ClientId", "the application's id at who issues the tokens"),
            ClientSecret = reader.Secret(Name(SecretName)),
            Certificate = Certificate(reader, ""),
            Scope = reader.Optional("Exchange:Scope"),
        };
        reader.Require(
            HasOne(reader, ""), Name(SecretName),
            "or Exchange__Certificate proves the application: set one of them, and not both");
        var hasSecond = reader.Optional("Exchange:SecondClientId") is not null
            || HasAny(reader, "Second");
        reader.Require(
            !hasSecond || HasOne(reader, "Second"), Name("Second" + SecretName),
            "or Exchange__SecondCertificate takes over: set one of them, and not both");
        return settings with
        {
            OAuth = first,
            SecondOAuth = hasSecond
                ? first with
                {
                    ClientId = reader.Optional("Exchange:SecondClientId") ?? first.ClientId,
                    ClientSecret = reader.Secret(Name("Second" + SecretName)),
                    Certificate = Certificate(reader, "Second"),
                }
                : null,
        };
    }

    private static Uri Authority(SettingsReader reader)
    {
        if (reader.Optional("Exchange:Authority") is null)
        {
            var tenant = reader.Text(
                "Exchange:Tenant", "the tenant's id or domain, unless Exchange__Authority is set");
            return new Uri($"https://login.microsoftonline.com/{Uri.EscapeDataString(tenant)}");
        }

        reader.Require(reader.Optional("Exchange:Tenant") is null, "Exchange:Tenant",
            "is set beside Exchange__Authority, which names the tenant already: remove one of them");
        return reader.Url("Exchange:Authority", "https://login.microsoftonline.com/TENANT");
    }

    private static bool HasAny(SettingsReader reader, string which) =>
        reader.Secret(Name(which + SecretName)) is not null
        || reader.Optional(Name(which + CertificateName)) is not null;

    private static bool HasOne(SettingsReader reader, string which) =>
        (reader.Secret(Name(which + SecretName)) is not null)
        != (reader.Optional(Name(which + CertificateName)) is not null);

    // Either a PEM file with certificate and key, or PKCS #12.
    private static X509Certificate2? Certificate(SettingsReader reader, string which)
    {
        var name = Name(which + CertificateName);
        if (reader.OptionalFile(name, "the certificate and its key, PEM or PKCS #12") is not { } path)
        {
            return null;
        }

        var password = reader.Secret(name + "Password");
        try
        {
            return !File.ReadLines(path).First().StartsWith("-----BEGIN", StringComparison.Ordinal)
                ? X509CertificateLoader.LoadPkcs12FromFile(path, password)
                : password is null ? X509Certificate2.CreateFromPemFile(path)
                : X509Certificate2.CreateFromEncryptedPemFile(path, password);
        }
        catch (Exception wrong)
            when (wrong is CryptographicException or IOException or InvalidOperationException)
        {
            reader.Require(false, name, "holds no certificate with its key, PEM or PKCS #12");
            return null;
        }
    }

    private static string Name(string part) => $"Exchange:{part}";
}
