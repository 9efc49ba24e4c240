using HybridCalendar.Adapters.Exchange.Autodiscover;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>Who is asked, in which order and in which protocol, until somebody knows.</summary>
public sealed class EndpointOrderTests
{
    private const string Domain = "https://lab.example";
    private const string Host = "https://autodiscover.lab.example";
    private const string Signpost = "http://autodiscover.lab.example";
    private const string Soap = "/autodiscover/autodiscover.svc";
    private const string PlainXml = "/autodiscover/autodiscover.xml";
    private const string Json = "/autodiscover/autodiscover.json/v1.0/anna.brandt@lab.example";

    private static readonly Discovery Here =
        new Discovery.Located(new MailboxLocation(new Uri(Replies.Url), "one"));

    [Fact]
    public async Task the_domain_itself_goes_first_and_nobody_else_is_asked_when_it_answers()
    {
        await using var internet = await Internet.Start();
        internet.On(Domain, 200, Replies.Soap(Replies.Located())).On(Host, 500);
        (await internet.Find()).ShouldBe(Here);
        internet.Asked.ShouldBe([Domain + Soap + " as account"]);
    }

    [Fact]
    public async Task every_place_is_asked_once_in_every_protocol_before_the_search_ends()
    {
        await using var internet = await Internet.Start();
        internet.On(Domain, 404, "<html>").On(Host, 404).On(Signpost, 404);
        internet.Names.Add("_autodiscover._tcp.lab.example", 0, 0, 8443, "mail.lab.example");
        internet.On("https://mail.lab.example:8443", 404);
        (await internet.Find()).ShouldBe(new Discovery.Refused(DiscoveryRefusal.NothingThere));
        internet.Asked.ShouldBe(
        [
            Domain + Soap + " as account", Domain + PlainXml + " as account", Domain + Json,
            Host + Soap + " as account", Host + PlainXml + " as account", Host + Json,
            Signpost + PlainXml,
            "https://mail.lab.example:8443" + Soap + " as account",
            "https://mail.lab.example:8443" + PlainXml + " as account",
            "https://mail.lab.example:8443" + Json,
        ]);
    }

    [Fact]
    public async Task a_domain_without_any_host_is_told_from_one_that_does_not_answer()
    {
        await using var internet = await Internet.Start();
        (await internet.Find()).ShouldBe(new Discovery.Refused(DiscoveryRefusal.NothingThere));
        internet.On(Host, http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        (await internet.Find())
            .ShouldBe(new Discovery.Refused(DiscoveryRefusal.Unreachable, "autodiscover.lab.example"));
    }

    [Fact]
    public async Task a_host_without_soap_is_asked_in_plain_xml_and_what_is_for_outside_is_preferred()
    {
        await using var internet = await Internet.Start();
        internet.On(Host, http => http.Request.Path.Value == PlainXml
            ? Internet.Write(http, 200, Replies.PlainXml("<Action>settings</Action>"
                + Replies.Protocol("EXCH", "https://inside.lab.example/EWS/Exchange.asmx", "other")
                + Replies.Protocol("EXPR", Replies.Url, "one")
                + Replies.Protocol("WEB", "https://web.lab.example/", "web")))
            : Internet.Write(http, 404, ""));
        (await internet.Find()).ShouldBe(Here);
    }

    [Fact]
    public async Task a_host_that_knows_only_v2_is_not_shown_the_account_for_that()
    {
        await using var internet = await Internet.Start();
        internet.On(Host, http => http.Request.Path.Value == Json
            ? Internet.Write(http, 200, $$"""{"Protocol":"EWS","Url":"{{Replies.Url}}"}""")
            : Internet.Write(http, 404, ""));
        (await internet.Find())
            .ShouldBe(new Discovery.Located(new MailboxLocation(new Uri(Replies.Url), "")));
        internet.Asked.Last().ShouldBe(Host + Json);
    }

    [Fact]
    public async Task a_host_whose_certificate_is_not_trusted_is_shown_nothing()
    {
        await using var internet = await Internet.Start();
        internet.On(Domain, 200, Replies.Soap(Replies.Located())).Distrust("lab.example");
        (await internet.Find()).ShouldBe(new Discovery.Refused(DiscoveryRefusal.Unreachable, "lab.example"));
        internet.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_signpost_leads_to_a_host_below_the_domain_and_is_never_shown_the_account()
    {
        await using var internet = await Internet.Start();
        internet.Redirect(Signpost, "https://mail.lab.example/autodiscover/autodiscover.xml");
        internet.On("https://mail.lab.example", 200, Replies.Soap(Replies.Located()));
        (await internet.Find()).ShouldBe(Here);
        internet.Asked.ShouldBe([Signpost + PlainXml, "https://mail.lab.example" + Soap + " as account"]);
    }

    [Theory]
    [InlineData(301, "https://mail.lab.example/autodiscover/autodiscover.xml")]
    [InlineData(307, "https://mail.lab.example/autodiscover/autodiscover.xml")]
    [InlineData(200, "https://mail.lab.example/autodiscover/autodiscover.xml")]
    public async Task of_the_signpost_only_a_302_counts(int status, string target)
    {
        await using var internet = await Internet.Start();
        internet.Redirect(Signpost, target, status).On(Host, 404).On("https://mail.lab.example", 500);
        (await internet.Find()).ShouldBe(new Discovery.Refused(DiscoveryRefusal.NothingThere));
        internet.Asked.ShouldNotContain(line => line.Contains("mail.lab", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://mail.lab.example/autodiscover/autodiscover.xml", "mail.lab.example")]
    [InlineData("https://hostile.example/autodiscover/autodiscover.xml", "hostile.example")]
    [InlineData("https://lab.example.hostile.example/autodiscover/autodiscover.xml",
        "lab.example.hostile.example")]
    [InlineData("https://hostilelab.example/autodiscover/autodiscover.xml", "hostilelab.example")]
    public async Task a_signpost_to_elsewhere_is_told_and_not_followed(string target, string host)
    {
        await using var internet = await Internet.Start();
        var url = new Uri(target);
        internet.Redirect(Signpost, target).On(url.GetLeftPart(UriPartial.Authority), 200);
        (await internet.Find()).ShouldBe(new Discovery.Refused(DiscoveryRefusal.RedirectNotAllowed, host));
        internet.Asked.ShouldBe([Signpost + PlainXml]);
    }

    [Fact]
    public async Task the_host_that_knew_a_domain_is_asked_first_the_next_time()
    {
        await using var internet = await Internet.Start();
        internet.On(Domain, 404).On(Host, 200, Replies.Soap(Replies.Located()));
        var discoverer = internet.Discoverer();
        await discoverer.Find(["anna@lab.example"], null, Internet.Stop);
        internet.Asked.Clear();
        await discoverer.Find(["ben@lab.example"], null, Internet.Stop);
        internet.Asked.ShouldBe([Host + Soap + " as account"]);
        internet.On(Host, 404).On(Domain, 200, Replies.Soap(Replies.Located()));
        var found = await discoverer.Find(["carla@lab.example"], null, Internet.Stop);
        found["carla@lab.example"].ShouldBe(Here);
    }

    [Theory]
    [InlineData("anna")]
    [InlineData("@lab.example")]
    [InlineData("anna@")]
    [InlineData("anna@127.0.0.1")]
    [InlineData("anna@lab.example/path")]
    [InlineData("anna@lab.example:99")]
    public async Task what_is_no_address_is_not_searched(string address)
    {
        await using var internet = await Internet.Start();
        (await internet.Find(address)).ShouldBe(new Discovery.Refused(DiscoveryRefusal.NotAnAddress));
        internet.Names.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_search_can_be_followed_step_by_step_and_names_no_mailbox()
    {
        await using var internet = await Internet.Start();
        internet.On(Domain, 404).Redirect(Signpost, "https://hostile.example/x");
        var steps = new List<DiscoveryStep>();
        await internet.Discoverer().Find(["anna.brandt@lab.example"], steps.Add, Internet.Stop);
        steps.Select(step => $"{step.Place}: {step.Outcome}").ShouldBe(
        [
            "SOAP https://lab.example/autodiscover/autodiscover.svc: http-404",
            "POX https://lab.example/autodiscover/autodiscover.xml: http-404",
            "v2 https://lab.example/autodiscover/autodiscover.json/v1.0/: http-404",
            "SOAP https://autodiscover.lab.example/autodiscover/autodiscover.svc: connection-broken",
            "http://autodiscover.lab.example/autodiscover/autodiscover.xml: "
                + "leads to https://hostile.example: not allowed",
            "DNS _autodiscover._tcp.lab.example: no record",
        ]);
    }
}
