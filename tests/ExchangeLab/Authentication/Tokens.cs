using System.Security.Claims;
using System.Security.Cryptography;
using HybridCalendar.ExchangeLab.Pipeline;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>Signed tokens of applications: issued here, and checked by the EWS address.</summary>
internal sealed class Tokens(AuthenticationOptions options, SignInState state, TimeProvider time)
{
    /// <summary>As Exchange words it: its own id as an application, and who issues its tokens.</summary>
    public const string Challenge = "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", "
        + "trusted_issuers=\"lab\", token_types=\"app_asserted_user_v1 service_asserted_app_v1\"";

    private const string Issuer = "https://login.lab.example/";
    private const string Role = "full_access_as_app";
    private const int KeyLength = 32;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private volatile SymmetricSecurityKey _key = NewKey();

    /// <summary>No token that was issued before is good any more.</summary>
    public void Revoke() => _key = NewKey();

    /// <param name="audience">What it is for: the address of a server.</param>
    /// <returns>The token, and for how many seconds it is good.</returns>
    public (string Token, int Seconds) Issue(string audience)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var seconds = state.Settings.TokenSeconds!.Value;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddSeconds(seconds),
            Subject = new ClaimsIdentity([new Claim("appid", options.ClientId), new Claim("roles", Role)]),
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        });
        return (token, (int)seconds);
    }

    /// <summary>Whose token it is; null when it is not good for that server.</summary>
    public async Task<Caller?> Check(string token, HostString host)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudiences = [$"https://{host}", $"https://{host}/EWS/Exchange.asmx"],
            IssuerSigningKey = _key,
            LifetimeValidator = (from, to, _, _) => IsNow(from, to),
        });
        return result.IsValid
            && result.ClaimsIdentity.HasClaim("appid", options.ClientId)
            && result.ClaimsIdentity.FindAll("roles").Concat(result.ClaimsIdentity.FindAll(ClaimTypes.Role))
                .Any(role => role.Value == Role)
                ? new Caller(options.ClientId)
                : null;
    }

    /// <summary>Whether an assertion is signed by the application's certificate, for that address.</summary>
    public async Task<bool> IsAssertion(string assertion, SecurityKey certificate, string address)
    {
        var result = await _handler.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = options.ClientId,
            ValidAudience = address,
            IssuerSigningKey = certificate,
            LifetimeValidator = (from, to, _, _) => IsNow(from, to),
        });
        return result.IsValid;
    }

    private bool IsNow(DateTime? from, DateTime? to)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return from <= now && now < to;
    }

    private static SymmetricSecurityKey NewKey() => new(RandomNumberGenerator.GetBytes(KeyLength));
}
