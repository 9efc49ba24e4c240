using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Accounts;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Settings that would not do to sign in, or not safely, are told before anything is sent.</summary>
public sealed class SettingsRulesTests
{
    private static readonly ExchangeSettings Good = new()
    {
        Url = new Uri("https://mail.example/EWS/Exchange.asmx"),
        Account = "service@mail.example",
        Password = "p",
    };

    private static readonly OAuthSettings Application = new()
    {
        Authority = new Uri("https://login.example/tenant"),
        ClientId = "app",
        ClientSecret = "s",
    };

    private static readonly ExchangeSettings GoodOAuth = Good with
    {
        Authentication = Authentication.OAuth,
        Account = "",
        Password = "",
        OAuth = Application,
    };

    public static TheoryData<string, ExchangeSettings> Wrong => new()
    {
        { "in the clear", Good with { Url = new Uri("http://mail.example/EWS/Exchange.asmx") } },
        { "in the clear", GoodOAuth with { Url = new Uri("http://mail.example/EWS/Exchange.asmx") } },
        { "needs an account", Good with { Account = "" } },
        { "needs an account", Good with { Authentication = Authentication.Ntlm, Password = "" } },
        { "needs an account", Good with { Authentication = Authentication.Negotiate, Password = "" } },
        { "colon", Good with { Account = "a:b" } },
        { "second account", Good with { SecondAccount = "b" } },
        { "second account", Good with { SecondPassword = "b" } },
        { "for OAuth only", Good with { OAuth = Application } },
        { "needs an application", GoodOAuth with { OAuth = null } },
        { "no place", GoodOAuth with { Account = "a" } },
        { "its id", GoodOAuth with { OAuth = Application with { ClientId = "" } } },
        { "one of them", GoodOAuth with { OAuth = Application with { ClientSecret = null } } },
        { "one of them", GoodOAuth with { SecondOAuth = Application with { ClientSecret = null } } },
        { "needs a scope", GoodOAuth with { Url = null } },
        { "needs a scope", GoodOAuth with
        {
            Url = null, OAuth = Application with { Scope = "s" }, SecondOAuth = Application,
        } },
        { "https", GoodOAuth with { OAuth = At("http://login.example/tenant") } },
        { "tenant", GoodOAuth with { OAuth = At("https://login.example") } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void what_would_not_do_is_refused_in_words(string words, ExchangeSettings settings) =>
        Should.Throw<ArgumentException>(() => new EwsCalendars(settings)).Message.ShouldContain(words);

    private static OAuthSettings At(string authority) => Application with { Authority = new Uri(authority) };

    [Fact]
    public void what_will_do_is_taken()
    {
        ExchangeSettings[] good =
        [
            Good,
            Good with { Url = new Uri("http://127.0.0.1/EWS/Exchange.asmx") },
            Good with { SecondAccount = "b", SecondPassword = "q" },
            Good with { Authentication = Authentication.Negotiate, Account = "", Password = "" },
            GoodOAuth with { SecondOAuth = Application with { ClientSecret = "t" } },
        ];
        foreach (var settings in good)
        {
            Should.NotThrow(() => new EwsCalendars(settings).Dispose());
        }
    }
}
