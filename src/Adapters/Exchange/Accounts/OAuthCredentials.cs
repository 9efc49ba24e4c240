using System.Net;
using System.Net.Http.Headers;
using Microsoft.Identity.Client;

namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>
/// A token of an application: kept while it is good, renewed some minutes before it ends, and once more when
/// it was refused before that.
/// </summary>
/// <remarks>
/// The authority of the settings is taken at its word: nobody else is asked whether it is one. Whoever issues
/// the tokens is held to the same rules of trust as Exchange.
/// </remarks>
internal sealed class OAuthCredentials : ICredentials, IMsalHttpClientFactory, IDisposable
{
    private readonly HttpClient http;
    private readonly IConfidentialClientApplication application;
    private readonly string[] scopes;

    internal OAuthCredentials(OAuthSettings oauth, ExchangeSettings settings, ServerTrust trust)
    {
        http = Connections.Open(oauth.Authority, settings, trust);
        scopes = [oauth.Scope ?? new Uri(settings.Url!, "/.default").AbsoluteUri];
        var builder = ConfidentialClientApplicationBuilder.Create(oauth.ClientId)
            .WithAuthority(oauth.Authority.AbsoluteUri, validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(this, retryOnceOn5xx: false);
        application = (oauth.Certificate is { } certificate
            ? builder.WithCertificate(certificate, sendX5C: true)
            : builder.WithClientSecret(oauth.ClientSecret)).Build();
    }

    public bool CanRenew => true;

    public HttpClient GetHttpClient() => http;

    public async ValueTask<string?> Authorize(
        HttpRequestMessage request, bool afresh, CancellationToken cancellation)
    {
        try
        {
            var token = await application.AcquireTokenForClient(scopes)
                .WithForceRefresh(afresh)
                .ExecuteAsync(cancellation);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
            return null;
        }
        catch (MsalServiceException refused) when (
            (HttpStatusCode)refused.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
                or HttpStatusCode.Forbidden)
        {
            return Codes.TokenRefused;
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            // A reply that is none may be anything to MSAL: an empty one is a NullReferenceException.
            return Codes.OfTls(trouble) ?? Codes.TokenUnavailable;
        }
    }

    public void Dispose() => http.Dispose();
}
