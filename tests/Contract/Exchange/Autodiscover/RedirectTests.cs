using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>Redirects are followed where the account may be shown, told where not, and end.</summary>
public sealed class RedirectTests
{
    private const string Host = "https://autodiscover.lab.example";
    private const string Mail = "https://mail.lab.example";
    private const string Cloud = "https://autodiscover.cloud.example";

    private static readonly Discovery Here =
        new Discovery.Located(new MailboxLocation(new Uri(Replies.Url), "one"));

    public static TheoryData<string> RedirectsTo(string target) =>
    [
        Replies.Soap(Replies.ToUrl(target)),
        Replies.PlainXml($"<Action>redirectUrl</Action><RedirectUrl>{target}</RedirectUrl>"),
        "",
    ];

    [Theory]
    [MemberData(nameof(RedirectsTo), "https://mail.lab.example/autodiscover/autodiscover.svc")]
    public async Task a_redirect_below_the_domain_is_followed_in_every_form(string reply)
    {
        await using var internet = await Internet.Start();
        Redirect(internet, Host, reply, Mail + "/autodiscover/autodiscover.svc");
        internet.On(Mail, 200, Replies.Soap(Replies.Located()));
        (await internet.Find()).ShouldBe(Here);
    }

    [Theory]
    [MemberData(nameof(RedirectsTo), "https://hostile.example/autodiscover/autodiscover.svc")]
    public async Task a_redirect_to_a_host_of_somebody_else_is_told_and_not_followed(string reply)
    {
        await using var internet = await Internet.Start();
        Redirect(internet, Host, reply, "https://hostile.example/autodiscover/autodiscover.svc");
        internet.On("https://hostile.example", 200, Replies.Soap(Replies.Located()));
        (await internet.Find())
            .ShouldBe(new Discovery.Refused(DiscoveryRefusal.RedirectNotAllowed, "hostile.example"));
        internet.Shown.ShouldNotContain("hostile.example");
    }

    [Theory]
    [MemberData(nameof(RedirectsTo), "http://mail.lab.example/autodiscover/autodiscover.svc")]
    public async Task a_redirect_without_encryption_is_told_and_not_followed(string reply)
    {
        await using var internet = await Internet.Start();
        Redirect(internet, Host, reply, "http://mail.lab.example/autodiscover/autodiscover.svc");
        internet.On("http://mail.lab.example", 200, Replies.Soap(Replies.Located()));
        (await internet.Find())
            .ShouldBe(new Discovery.Refused(DiscoveryRefusal.RedirectNotAllowed, "mail.lab.example"));
        internet.Asked.ShouldNotContain(line => line.StartsWith("http://mail", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("autodiscover.cloud.example")]
    [InlineData("*.cloud.example")]
    public async Task a_host_that_the_settings_allow_is_followed(string allowed)
    {
        await using var internet = await Internet.Start();
        internet.On(Host, 200, Replies.Soap(Replies.ToUrl(Cloud + "/autodiscover/autodiscover.svc")));
        internet.On(Cloud, 200, Replies.Soap(Replies.Located()));
        (await internet.Find(change: Allow(allowed))).ShouldBe(Here);
    }

    [Fact]
    public async Task another_address_is_searched_in_its_own_domain()
    {
        await using var internet = await Internet.Start();
        internet.On(Host, 200, Replies.Soap(Replies.ToAddress("anna@cloud.example")));
        internet.On(Cloud, 200, Replies.Soap(Replies.Located()));
        (await internet.Find()).ShouldBe(
            new Discovery.Refused(DiscoveryRefusal.RedirectNotAllowed, "cloud.example"));
        internet.Shown.ShouldBe(["autodiscover.lab.example"]);
        (await internet.Find(change: Allow("cloud.example", "*.cloud.example"))).ShouldBe(Here);
    }

    [Fact]
    public async Task a_mailbox_that_is_sent_in_circles_ends_after_ten_redirects()
    {
        await using var internet = await Internet.Start();
        internet.On(Host, 200, Replies.Soap(Replies.ToUrl(Host + "/autodiscover/autodiscover.svc")));
        (await internet.Find()).ShouldBe(new Discovery.Refused(DiscoveryRefusal.TooManyRedirects));
        internet.Shown.Count().ShouldBe(Bounds.Redirects + 1);
        internet.Asked.Clear();
        internet.On(Host, 200, Replies.Soap(Replies.ToAddress("anna@lab.example")));
        (await internet.Find()).ShouldBe(new Discovery.Refused(DiscoveryRefusal.TooManyRedirects));
        internet.Shown.Count().ShouldBe(Bounds.Redirects + 1);
    }

    [Fact]
    public async Task a_host_that_redirects_in_circles_ends_after_ten_redirects()
    {
        await using var internet = await Internet.Start();
        internet.Redirect(Host, Host + "/autodiscover/autodiscover.svc");
        (await internet.Find()).ShouldBe(
            new Discovery.Refused(DiscoveryRefusal.TooManyRedirects, "autodiscover.lab.example"));
        internet.Shown.Count().ShouldBe(Bounds.Redirects + 1);
    }

    [Theory]
    [InlineData("http://mail.lab.example/EWS/Exchange.asmx")]
    [InlineData("ftp://mail.lab.example/EWS/Exchange.asmx")]
    [InlineData("https://user:word@mail.lab.example/EWS/Exchange.asmx")]
    public async Task a_service_that_would_see_the_password_in_the_clear_is_refused(string url)
    {
        await using var internet = await Internet.Start();
        internet.On(Host, 200, Replies.Soap(Replies.Located(url)));
        (await internet.Find()).ShouldBe(
            new Discovery.Refused(DiscoveryRefusal.UnsafeAddress, "mail.lab.example"));
    }

    // How: an address takes such a host for one, and its name in DNS cannot be told.
    [Fact]
    public async Task what_leads_to_a_name_that_cannot_be_one_is_malformed()
    {
        await using var internet = await Internet.Start();
        const string Name = "xn--\u00FC.lab.example";
        string[] users =
        [
            Replies.Located($"https://{Name}/"),
            Replies.ToUrl($"https://{Name}/"),
            Replies.ToAddress($"a@{Name}"),
        ];
        foreach (var user in users)
        {
            internet.On(Host, 200, Replies.Soap(user));
            (await internet.Find()).ShouldBe(new Discovery.Refused(DiscoveryRefusal.Malformed));
        }
    }

    private static void Redirect(Internet internet, string site, string reply, string target)
    {
        if (reply.Length == 0)
        {
            internet.Redirect(site, target);
            return;
        }

        var isSoap = reply.Contains("GetUserSettings", StringComparison.Ordinal);
        internet.On(site, http => isSoap || http.Request.Path == "/autodiscover/autodiscover.xml"
            ? Internet.Write(http, 200, reply)
            : Internet.Write(http, 404, ""));
    }

    private static Func<ExchangeSettings, ExchangeSettings> Allow(params string[] hosts) =>
        settings => settings with { AutodiscoverHosts = hosts };
}
