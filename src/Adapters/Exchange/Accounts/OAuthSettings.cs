using System.Security.Cryptography.X509Certificates;

namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>The application that asks for tokens, and whom it asks.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-authenticate-an-ews-application-by-using-oauth"/>
public sealed record OAuthSettings
{
    /// <summary>Who issues the tokens, tenant included: https://login.microsoftonline.com/TENANT.</summary>
    public required Uri Authority { get; init; }

    /// <summary>The application's id at the authority.</summary>
    public required string ClientId { get; init; }

    /// <summary>What proves the application; null when a certificate does.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>
    /// A certificate with its private key, which proves the application; null when a secret does.
    /// </summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>
    /// What the token is for. Null for everything at Exchange's host: https://HOST/.default, which is right for
    /// Exchange Online, and for Exchange Server when its address is registered as the service's name.
    /// </summary>
    public string? Scope { get; init; }

    // A record would print the secret.
    public override string ToString() => nameof(OAuthSettings);
}
