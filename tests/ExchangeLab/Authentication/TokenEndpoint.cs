using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.IdentityModel.Tokens;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>
/// Where the application asks for tokens, with its secret or with an assertion signed by its certificate.
/// </summary>
/// <seealso href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow"/>
internal static class TokenEndpoint
{
    public const string Path = "/{tenant}/oauth2/v2.0/token";

    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const string DefaultScope = "/.default";

    public static async Task<IResult> Answer(
        HttpRequest request, AuthenticationOptions options, Tokens tokens, SignInStatistics statistics)
    {
        var form = await request.ReadFormAsync();
        if (form["grant_type"] != "client_credentials")
        {
            return Refuse(StatusCodes.Status400BadRequest, "unsupported_grant_type");
        }

        if (form["client_id"] != options.ClientId)
        {
            return Refuse(StatusCodes.Status400BadRequest, "unauthorized_client");
        }

        var isProven = form["client_assertion_type"] == AssertionType
            ? options.ClientCertificate is { } file && await tokens.IsAssertion(
                form["client_assertion"].ToString(),
                new X509SecurityKey(X509CertificateLoader.LoadCertificateFromFile(file)),
                $"https://{request.Host}{request.Path}")
            : IsSecret(form["client_secret"].ToString(), options.ClientSecret);
        if (!isProven)
        {
            return Refuse(StatusCodes.Status401Unauthorized, "invalid_client");
        }

        var scope = form["scope"].ToString();
        if (!scope.EndsWith(DefaultScope, StringComparison.Ordinal))
        {
            return Refuse(StatusCodes.Status400BadRequest, "invalid_scope");
        }

        var (token, seconds) = tokens.Issue(scope[..^DefaultScope.Length]);
        statistics.CountToken();
        return Results.Json(new Grant(token, seconds));
    }

    private static bool IsSecret(string shown, string known) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(known));

    private static IResult Refuse(int status, string error) =>
        Results.Json(new Refusal(error), statusCode: status);

    private sealed record Grant(
        [property: JsonPropertyName("access_token")] string Token,
        [property: JsonPropertyName("expires_in")] int Seconds)
    {
        [JsonPropertyName("token_type")]
        public string Type => "Bearer";
    }

    private sealed record Refusal([property: JsonPropertyName("error")] string Error)
    {
        [JsonPropertyName("error_description")]
        public string Description => "The lab refuses this request for a token.";
    }
}
