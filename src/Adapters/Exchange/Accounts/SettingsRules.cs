namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>What settings must hold before anything is sent by them.</summary>
internal static class SettingsRules
{
    /// <exception cref="ArgumentException">
    /// The address would send a secret in the clear, or what is needed to sign in is missing or
    /// contradictory.
    /// </exception>
    internal static void Check(ExchangeSettings settings)
    {
        if (settings.Url is { } url)
        {
            CheckAddress(url);
        }

        if (settings.Authentication == Authentication.OAuth)
        {
            Refuse(
                settings.OAuth is null, "OAuth needs an application: its authority, its id and its proof.");
            Refuse(
                settings.Account.Length > 0 || settings.SecondAccount is not null,
                "OAuth signs in an application: an account and a password have no place beside it.");
            Refuse(
                settings is { Url: null, OAuth.Scope: null } or { Url: null, SecondOAuth: { Scope: null } },
                "OAuth with Autodiscover needs a scope, since there is no one address to ask for.");
            Check(settings.OAuth!);
            if (settings.SecondOAuth is { } second)
            {
                Check(second);
            }

            return;
        }

        Refuse(
            settings.OAuth is not null || settings.SecondOAuth is not null,
            $"An application is for OAuth only, and the way to sign in is {settings.Authentication}.");
        var isTicket = settings is { Authentication: Authentication.Negotiate, Account: "", Password: "" };
        Refuse(
            !isTicket && (settings.Account.Length == 0 || settings.Password.Length == 0),
            $"{settings.Authentication} needs an account and its password.");
        Refuse(
            string.IsNullOrEmpty(settings.SecondAccount) != string.IsNullOrEmpty(settings.SecondPassword),
            "The second account needs a name and a password, or neither.");
        Refuse(
            settings.Authentication == Authentication.Basic && settings.Account.Contains(':'),
            "With Basic authentication the account must not hold a colon.");
    }

    private static void Check(OAuthSettings application)
    {
        Refuse(
            application.Authority is not { IsAbsoluteUri: true, Scheme: "https" } authority
                || authority.AbsolutePath == "/",
            "The authority must be an absolute https:// address with the tenant in its path.");
        Refuse(application.ClientId.Length == 0, "The application needs its id.");
        Refuse(
            string.IsNullOrEmpty(application.ClientSecret) == (application.Certificate is null),
            "The application proves itself by a secret or by a certificate: give one of them.");
        Refuse(
            application.Certificate is { HasPrivateKey: false },
            "The application's certificate comes without its private key, and proves nothing.");
    }

    private static void CheckAddress(Uri url)
    {
        Refuse(
            !url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp),
            "Exchange's address must be an absolute https:// address.");
        Refuse(
            url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback,
            $"Exchange's address http://{url.Host} would send the password in the clear: use https. "
                + "Plain http is allowed to this computer only.");
        Refuse(
            url.UserInfo.Length > 0, "Exchange's address must not hold an account or a password.");
    }

    private static void Refuse(bool isWrong, string sentence)
    {
        if (isWrong)
        {
            throw new ArgumentException(sentence);
        }
    }
}
