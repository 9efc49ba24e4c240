using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>The part of the control API that handles signing in, and the address for tokens.</summary>
internal static class AuthenticationEndpoints
{
    public static void MapAuthentication(this WebApplication app, RouteGroupBuilder lab)
    {
        app.MapPost(TokenEndpoint.Path, TokenEndpoint.Answer);
        lab.MapGet("/authentication", (SignInState state) => state.Settings);
        lab.MapPut("/authentication", Set);
        lab.MapPut("/accounts/{account}/password",
            (string account, PasswordWish wish, ServiceAccounts accounts) =>
                accounts.Change(account, wish.Password, wish.SignOut));
        lab.MapPost("/tokens/revoke", (Tokens tokens) => tokens.Revoke());
        lab.MapGet("/sign-ins", (SignInStatistics statistics) => statistics);
    }

    private static AuthenticationSettings Set(AuthenticationSettings wish, SignInState state)
    {
        if (wish.TokenSeconds is <= 0)
        {
            throw new LabRefusal("The life of tokens is out of range: give seconds above 0.");
        }

        return state.Settings = state.Settings.With(wish);
    }

    /// <param name="SignOut">Whether nobody is signed in on any connection any more.</param>
    internal sealed record PasswordWish(string Password, bool SignOut = false);
}
