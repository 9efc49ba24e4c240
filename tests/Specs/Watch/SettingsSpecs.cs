using HybridCalendar.Host;
using Microsoft.Extensions.Configuration;
using NodaTime;

namespace HybridCalendar.Specs.Watch;

/// <summary>What an operator is told about settings: all that is wrong, each by its name, at once.</summary>
public sealed class SettingsSpecs : IDisposable
{
    private readonly string mailboxes = Path.GetTempFileName();

    private Dictionary<string, string?> Least => new()
    {
        ["ConnectionStrings:Calendar"] = "Host=localhost",
        ["Keys:File"] = "/var/lib/calendar/key",
        ["Exchange:Mailboxes"] = mailboxes,
        ["Exchange:Url"] = "https://mail.example.com/EWS/Exchange.asmx",
        ["Exchange:Account"] = "watcher@example.com",
        ["Exchange:Password"] = "not a secret",
    };

    public void Dispose() => File.Delete(mailboxes);

    [Fact]
    public void What_must_be_set_is_enough()
    {
        var settings = Read(Least);

        settings.Database.ShouldBe("Host=localhost");
        settings.KeyFile.ShouldBe("/var/lib/calendar/key");
        settings.MailboxFile.ShouldBe(mailboxes);
        settings.Exchange.Url.ShouldBe(new Uri("https://mail.example.com/EWS/Exchange.asmx"));
        settings.Exchange.Account.ShouldBe("watcher@example.com");
        settings.Exchange.Password.ShouldBe("not a secret");
    }

    [Fact]
    public void Without_an_address_every_mailbox_is_searched_by_Autodiscover()
    {
        var settings = Least;
        settings.Remove("Exchange:Url");
        settings["Exchange:AutodiscoverHosts"] = "mail.example.net,*.example.org";
        Read(settings).Exchange.Url.ShouldBeNull();
        Read(settings).Exchange.AutodiscoverHosts.ShouldBe(["mail.example.net", "*.example.org"]);
    }

    [Fact]
    public void What_is_not_set_is_as_documented()
    {
        var settings = Read(Least);

        settings.Exchange.LocationLife.ShouldBe(TimeSpan.FromHours(24));
        settings.Coalesce.ShouldBe(Duration.FromSeconds(1));
        settings.Sweep.ShouldBe(Duration.FromHours(1));
        settings.AutomaticReplies.ShouldBe(Duration.FromMinutes(4));
        settings.Parallel.ShouldBe(8);
    }

    [Fact]
    public void A_table_of_providers_comes_before_that_of_the_service()
    {
        File.WriteAllText(mailboxes, """{ "providers": [ { "name": "acme" } ] }""");
        var settings = Read(new(Least) { ["Joining:Providers"] = mailboxes });

        settings.Providers.Providers[0].ShouldBe("acme");
        settings.Providers.Providers.ShouldContain("zoom");
        Read(Least).Providers.Providers.ShouldNotContain("acme");
    }

    [Fact]
    public void A_table_of_providers_that_cannot_be_used_is_told_with_its_file()
    {
        File.WriteAllText(mailboxes, """{ "without": "nobody" }""");

        Complaints(new(Least) { ["Joining:Providers"] = mailboxes }).ShouldBe(
            [$"Joining__Providers, {mailboxes}: without names \"nobody\", which is no provider"]);
        Complaints(new(Least) { ["Joining:Providers"] = "/nowhere/providers.json" })
            .ShouldHaveSingleItem()
            .ShouldStartWith("Joining__Providers names the file /nowhere/providers.json");
    }

    [Fact]
    public void Everything_that_is_missing_is_named_at_once() =>
        Complaints([]).ShouldBe(
        [
            "ConnectionStrings__Calendar is not set: a PostgreSQL connection string; "
                + "db/cluster url prints the private one's.",
            "Keys__File is not set: a path; the file is made on first start.",
            "Exchange__Mailboxes is not set: a file with a line 'address,user' or 'address,room' "
                + "for each mailbox.",
            "Exchange__Account is not set: the account that may impersonate the mailboxes.",
            "Exchange__Password is not set: that account's password.",
        ]);

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once_with_what_would_be_right()
    {
        var settings = Least;
        settings["Exchange:Mailboxes"] = "/nowhere/mailboxes";
        settings["Exchange:Url"] = "mail.example.com";
        settings["Exchange:AutodiscoverHosts"] = "mail.example.net, *.example.org, https://x";
        settings["Exchange:LocationLife"] = "8.00:00:00";
        settings["Watch:Coalesce"] = "soon";
        settings["Watch:Sweep"] = "00:00:00";
        settings["Watch:Parallel"] = "65";

        Complaints(settings).ShouldBe(
        [
            "Exchange__Mailboxes names the file /nowhere/mailboxes, which is not there: "
                + "a file with a line 'address,user' or 'address,room' for each mailbox.",
            "Exchange__Url is not a web address: for example https://mail.example.com/EWS/Exchange.asmx.",
            "Exchange__AutodiscoverHosts has 'https://x', which is not the name of a host.",
            "Exchange__LocationLife is '8.00:00:00': a span from 00:01:00 to 7.00:00:00, written hh:mm:ss.",
            "Watch__Coalesce is 'soon': a span from 00:00:00 to 00:01:00, written hh:mm:ss.",
            "Watch__Sweep is '00:00:00': a span from 00:00:01 to 1.00:00:00, written hh:mm:ss.",
            "Watch__Parallel is '65': a whole number from 1 to 64.",
        ]);
    }

    [Theory]
    [InlineData("basic", "Basic")]
    [InlineData("NTLM", "Ntlm")]
    [InlineData("negotiate", "Negotiate")]
    public void The_account_signs_in_as_is_said(string word, string way) =>
        Read(With(("Exchange:Authentication", word))).Exchange.Authentication.ToString().ShouldBe(way);

    [Fact]
    public void With_negotiate_the_kerberos_ticket_of_the_process_will_do()
    {
        var exchange = Read(With(
            ("Exchange:Authentication", "negotiate"),
            ("Exchange:Account", null),
            ("Exchange:Password", null)))
            .Exchange;
        exchange.Account.ShouldBe("");
        exchange.Password.ShouldBe("");
    }

    [Fact]
    public void An_application_signs_in_at_its_tenant_with_two_secrets()
    {
        var exchange = Read(Application(("Exchange:SecondClientSecret", "another"))).Exchange;
        exchange.OAuth!.Authority.AbsolutePath.ShouldBe("/tenant.example");
        exchange.OAuth.ClientId.ShouldBe("app");
        exchange.OAuth.ClientSecret.ShouldBe("not a secret");
        exchange.SecondOAuth!.ClientId.ShouldBe("app");
        exchange.SecondOAuth.ClientSecret.ShouldBe("another");
    }

    [Fact]
    public void A_secret_may_stand_in_a_file()
    {
        File.WriteAllText(mailboxes, "from a file\n");
        var exchange = Read(With(("Exchange:Password", null), ("Exchange:PasswordFile", mailboxes))).Exchange;
        exchange.Password.ShouldBe("from a file");
        Complaints(With(("Exchange:PasswordFile", mailboxes))).ShouldBe(
            ["Exchange__PasswordFile is set beside Exchange__Password: remove one of them."]);
        Complaints(With(("Exchange:Password", null), ("Exchange:PasswordFile", "/nowhere/password")))
            .ShouldHaveSingleItem()
            .ShouldStartWith("Exchange__PasswordFile names the file /nowhere/password");
    }

    public static TheoryData<string, string?, string> Contradictions => new()
    {
        { "Exchange:ClientId", null, "Exchange__ClientId is not set" },
        { "Exchange:Account", "a@example.com", "Exchange__Account is set, and Exchange__Authentication" },
        { "Exchange:Tenant", null, "Exchange__Tenant is not set" },
        { "Exchange:Authority", "https://login.example/t", "Exchange__Tenant is set beside" },
        { "Exchange:ClientSecret", null, "Exchange__ClientSecret or Exchange__Certificate proves" },
        { "Exchange:SecondClientId", "other", "Exchange__SecondClientSecret or Exchange__SecondCertificate" },
        { "Exchange:Authentication", "kerberos", "Exchange__Authentication is 'kerberos'" },
        { "Exchange:CheckRevocation", "perhaps", "Exchange__CheckRevocation is 'perhaps'" },
        { "Exchange:CertificateAuthorities", "/nowhere/ca", "Exchange__CertificateAuthorities names" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void What_contradicts_the_way_to_sign_in_is_told(string name, string? value, string complaint) =>
        Complaints(Application((name, value)))[0].ShouldStartWith(complaint);

    [Fact]
    public void A_second_account_needs_its_password() =>
        Complaints(With(("Exchange:SecondAccount", "second@example.com"))).ShouldBe(
            ["Exchange__SecondPassword is not set: the second account's password."]);

    [Fact]
    public void A_password_is_never_in_a_message()
    {
        var settings = Least;
        settings["Exchange:Account"] = "";
        Complaints(settings).ShouldHaveSingleItem().ShouldNotContain("not a secret");
    }

    [Theory]
    [InlineData("Watch:Parallel", "1")]
    [InlineData("Watch:Parallel", "64")]
    [InlineData("Watch:Coalesce", "00:00:00")]
    [InlineData("Watch:Coalesce", "00:01:00")]
    [InlineData("Watch:Sweep", "1.00:00:00")]
    [InlineData("Watch:AutomaticReplies", "00:00:01")]
    [InlineData("Exchange:Url", "http://127.0.0.1:8080/EWS/Exchange.asmx")]
    public void A_bound_is_within_what_is_right(string name, string value) =>
        Should.NotThrow(() => Read(new Dictionary<string, string?>(Least) { [name] = value }));

    [Theory]
    [InlineData("Watch:Parallel", "0")]
    [InlineData("Watch:Parallel", "8.5")]
    [InlineData("Watch:Parallel", "")]
    [InlineData("Watch:Coalesce", "-00:00:01")]
    [InlineData("Watch:AutomaticReplies", "4")]
    [InlineData("Exchange:Url", "file:///etc/passwd")]
    [InlineData("Exchange:Url", "/EWS/Exchange.asmx")]
    [InlineData("Keys:File", " ")]
    public void What_is_outside_the_bounds_is_refused(string name, string value) =>
        Complaints(new Dictionary<string, string?>(Least) { [name] = value })
            .ShouldHaveSingleItem()
            .ShouldStartWith(name.Replace(":", "__", StringComparison.Ordinal));

    private Dictionary<string, string?> With(params (string Name, string? Value)[] more)
    {
        var settings = Least;
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }

    private Dictionary<string, string?> Application(params (string Name, string? Value)[] more) => With(
    [
        ("Exchange:Authentication", "oauth"),
        ("Exchange:Account", null),
        ("Exchange:Password", null),
        ("Exchange:Tenant", "tenant.example"),
        ("Exchange:ClientId", "app"),
        ("Exchange:ClientSecret", "not a secret"),
        .. more,
    ]);

    private static string[] Complaints(Dictionary<string, string?> settings) =>
        Should.Throw<SettingsException>(() => Read(settings)).Message.Split(Environment.NewLine);

    private static Settings Read(Dictionary<string, string?> settings) =>
        Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
