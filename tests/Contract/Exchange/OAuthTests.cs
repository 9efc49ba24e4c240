using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Contract.Exchange.Autodiscover;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Tokens are kept, renewed, and asked for again when they are refused.</summary>
public sealed class OAuthTests
{
    [Fact]
    public async Task a_token_is_kept_as_long_as_it_is_good()
    {
        await using var lab = await SecureLab.Start("bearer");
        var client = lab.Client(Authentication.OAuth);
        await lab.AskWell(client);
        await lab.AskWell(client);
        (await Tokens(lab)).ShouldBe(1);
    }

    [Fact]
    public async Task a_token_is_renewed_before_it_ends()
    {
        // The last five minutes of a token are not used.
        await using var lab = await SecureLab.Start("bearer", "--Lab:TokenSeconds=290");
        var client = lab.Client(Authentication.OAuth);
        await lab.AskWell(client);
        await lab.AskWell(client);
        (await Tokens(lab)).ShouldBe(2);
        (await lab.SignIns()).GetProperty("refused").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task a_token_that_is_refused_is_replaced_at_once()
    {
        await using var lab = await SecureLab.Start("bearer");
        var client = lab.Client(Authentication.OAuth);
        await lab.AskWell(client);
        await lab.Do(HttpMethod.Post, "tokens/revoke");
        await lab.AskWell(client);
        (await Tokens(lab)).ShouldBe(2);
    }

    [Fact]
    public async Task when_the_new_token_is_refused_too_the_account_is()
    {
        await using var lab = await SecureLab.Start("basic");
        var client = lab.Client(Authentication.OAuth);
        (await lab.AskInVain(client)).ShouldBe("http-401");
        (await lab.AskInVain(client)).ShouldBe("http-401");
        (await Tokens(lab)).ShouldBe(2);
    }

    [Fact]
    public async Task a_token_for_another_server_is_refused()
    {
        await using var lab = await SecureLab.Start("bearer");
        var client = lab.Client(Authentication.OAuth, settings => settings with
        {
            OAuth = lab.Application with { Scope = "https://elsewhere.example/.default" },
        });
        (await lab.AskInVain(client)).ShouldBe("http-401");
    }

    [Fact]
    public async Task an_application_whose_secret_is_wrong_is_told_and_held_back()
    {
        await using var lab = await SecureLab.Start("bearer");
        var client = lab.Client(Authentication.OAuth, settings => settings with
        {
            OAuth = lab.Application with { ClientSecret = "yesterday's" },
        });
        (await lab.AskInVain(client)).ShouldBe("token-refused");
        (await lab.AskInVain(client)).ShouldBe("token-refused");
        (await Tokens(lab)).ShouldBe(0);
    }

    [Theory]
    [InlineData("https://127.0.0.1:9/nobody-listens", "token-unavailable")]
    [InlineData("/adfs", "token-unavailable")]
    public async Task when_no_token_can_be_had_that_is_told_in_a_word(string authority, string code)
    {
        await using var lab = await SecureLab.Start("bearer");
        var client = lab.Client(Authentication.OAuth, settings => settings with
        {
            OAuth = lab.Application with { Authority = new Uri(lab.Authority, authority) },
        });
        (await lab.AskInVain(client)).ShouldBe(code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"token_type":"Bearer","access_token":"a","expires_in":9223372036854775807}""")]
    [InlineData("""{"token_type":"Bearer","access_token":"a\r\nX: b","expires_in":3600}""")]
    public async Task a_reply_that_holds_no_token_is_told_in_a_word(string reply)
    {
        await using var internet = await Internet.Start();
        internet.On("https://login.lab.example", 200, reply, "application/json");
        var client = internet.Calendars(settings => settings with
        {
            Url = new Uri("https://mail.lab.example/EWS/Exchange.asmx"),
            Authentication = Authentication.OAuth,
            Account = "",
            Password = "",
            OAuth = new OAuthSettings
            {
                Authority = new Uri("https://login.lab.example/tenant"),
                ClientId = "app",
                ClientSecret = "s",
            },
        });
        (await client.ReadAutomaticReplies(ScriptedExchange.Mailbox("an"), Internet.Stop))
            .ShouldBeOfType<Reply<AutomaticReplies>.Refused>().Code.ShouldBe("token-unavailable");
    }

    [Fact]
    public async Task whoever_issues_tokens_is_held_to_the_same_trust()
    {
        await using var lab = await SecureLab.Start("bearer");
        var client = lab.Client(
            Authentication.OAuth, settings => settings with { CertificateAuthorities = null });
        (await lab.AskInVain(client)).ShouldBe("certificate-not-trusted");
    }

    [Fact]
    public async Task an_application_may_prove_itself_by_a_certificate()
    {
        using var right = NewCertificate();
        using var wrong = NewCertificate();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file, right.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var lab = await SecureLab.Start("bearer", $"--Lab:ClientCertificate={file}");
        EwsCalendars Client(X509Certificate2 certificate) =>
            lab.Client(Authentication.OAuth, settings => settings with
            {
                OAuth = lab.Application with { ClientSecret = null, Certificate = certificate },
            });
        await lab.AskWell(Client(right));
        (await lab.AskInVain(Client(wrong))).ShouldBe("token-refused");
        File.Delete(file);
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest(
                "CN=An application", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    private static async Task<int> Tokens(SecureLab lab) =>
        (await lab.SignIns()).GetProperty("tokens").GetInt32();
}
