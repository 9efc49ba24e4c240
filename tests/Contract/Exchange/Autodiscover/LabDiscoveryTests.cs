using System.Net.Http.Json;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;
using HybridCalendar.ExchangeLab;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>
/// The client finds the lab's mailboxes by each of its protocols, and follows those that move.
/// </summary>
public sealed class LabDiscoveryTests : IAsyncLifetime
{
    private const string Anna = "anna.brandt@lab.example";
    private const string Ben = "ben.okafor@lab.example";
    private const string Carla = "carla.ruiz@lab.example";
    private const string Soap = "/autodiscover/autodiscover.svc";

    private readonly ManualTime time = new();
    private Internet internet = null!;
    private WebApplication lab = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        lab = Lab.Create(["--urls=http://127.0.0.1:0", "--Lab:Today=2026-11-23", .. Shared.LabSchemas]);
        await lab.StartAsync(Internet.Stop);
        http = new HttpClient { BaseAddress = new Uri(lab.Urls.Single()) };
        internet = await Internet.Start();
        foreach (var site in new[] { "https://autodiscover.lab.example", "https://mail.lab.example",
            "https://new.lab.example" })
        {
            internet.On(site, Forward);
        }

        await Set(new { ewsUrl = Replies.Url });
    }

    public async ValueTask DisposeAsync()
    {
        await internet.DisposeAsync();
        await http.ShouldHaveBeenValid();
        http.Dispose();
        await lab.DisposeAsync();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task a_mailbox_is_found_in_the_best_protocol_that_the_server_has(bool soap, bool plainXml)
    {
        await Set(new { ewsUrl = Replies.Url, soap, plainXml });
        var found = (await internet.Find()).ShouldBeOfType<Discovery.Located>();
        found.Location.Url.ShouldBe(new Uri(Replies.Url));
        found.Location.Grouping.ShouldBe(soap || plainXml ? "Default-First-Site-Name" : "");
        found.ServerVersion.ShouldBe(soap ? "15.02.1748.010" : null);
        (found.Schemas?.Contains("Exchange2013", StringComparison.Ordinal) ?? false).ShouldBe(soap);
    }

    [Theory]
    [InlineData("2013", "15.00.")]
    [InlineData("2016", "15.01.")]
    [InlineData("2019", "15.02.1748.")]
    [InlineData("SE", "15.02.2562.")]
    public async Task every_release_is_found_in_every_protocol(string version, string build)
    {
        using var reply = await http.PutAsJsonAsync("/lab/server", new { version }, Internet.Stop);
        reply.IsSuccessStatusCode.ShouldBeTrue();
        foreach (var (soap, plainXml) in new[] { (true, true), (false, true), (false, false) })
        {
            await Set(new { ewsUrl = Replies.Url, soap, plainXml });
            var found = (await internet.Find()).ShouldBeOfType<Discovery.Located>();
            found.Location.Url.ShouldBe(new Uri(Replies.Url));
            (found.ServerVersion?.StartsWith(build, StringComparison.Ordinal) ?? false).ShouldBe(soap);
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task a_mailbox_that_the_server_does_not_know_is_told_so(bool soap, bool plainXml)
    {
        await Set(new { soap, plainXml });
        (await internet.Find("nobody@lab.example"))
            .ShouldBe(new Discovery.Refused(DiscoveryRefusal.UnknownMailbox));
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(10, 7)]
    public async Task many_mailboxes_are_asked_for_in_as_few_requests_as_the_server_takes(
        int most, int requests)
    {
        await Set(new { ewsUrl = Replies.Url, mostUsers = most });
        var addresses = (await http.GetFromJsonAsync<LabMailbox[]>("/lab/mailboxes", Internet.Stop))!
            .Select(mailbox => mailbox.Address).ToList();
        addresses.Count.ShouldBe(30);
        addresses.Add("nobody@lab.example");
        var found = await internet.Discoverer().Find(addresses, null, Internet.Stop);
        found.Values.Count(one => one is Discovery.Located).ShouldBe(30);
        found["nobody@lab.example"].ShouldBe(new Discovery.Refused(DiscoveryRefusal.UnknownMailbox));
        internet.Asked.Count(line => line.Contains(Soap, StringComparison.Ordinal)).ShouldBe(requests);
    }

    [Fact]
    public async Task one_of_several_mailboxes_may_be_elsewhere()
    {
        await Set(new
        {
            ewsUrl = Replies.Url,
            redirects = new Dictionary<string, string> { [Ben] = "https://hostile.example" + Soap },
            userErrors = new Dictionary<string, string> { [Carla] = "ServerBusy" },
        });
        var found = await internet.Discoverer().Find([Anna, Ben, Carla], null, Internet.Stop);
        found[Anna].ShouldBeOfType<Discovery.Located>();
        found[Ben].ShouldBe(new Discovery.Refused(DiscoveryRefusal.RedirectNotAllowed, "hostile.example"));
        found[Carla].ShouldBe(new Discovery.Refused(DiscoveryRefusal.Busy));
    }

    [Fact]
    public async Task the_signpost_of_the_lab_leads_to_it()
    {
        const string Target = "https://mail.lab.example/autodiscover/autodiscover.xml";
        await Set(new { ewsUrl = Replies.Url, signpost = Target });
        internet.On("http://autodiscover.lab.example", Forward).On("https://autodiscover.lab.example", 404);
        (await internet.Find()).ShouldBeOfType<Discovery.Located>();
        internet.Shown.Last().ShouldBe("mail.lab.example");
    }

    [Fact]
    public async Task a_mailbox_that_moves_is_followed_to_its_new_address()
    {
        var calendars = internet.Calendars(time: time);
        var anna = ScriptedExchange.Mailbox("anna") with { Address = Anna };
        var ben = ScriptedExchange.Mailbox("ben") with { Address = Ben };
        var before = await calendars.Locate([anna, ben], Internet.Stop);
        before[anna.Id].ShouldBe(before[ben.Id]);
        (await Look(calendars, anna)).ShouldBeOfType<Reply<CalendarPage>.Answer>();
        await Do("move/start", new { });
        (await Look(calendars, anna)).ShouldBeOfType<Reply<CalendarPage>.Refused>()
            .Code.ShouldBe("ErrorMailboxMoveInProgress");
        await Do("move/finish", new { ewsUrl = "https://new.lab.example/EWS/Exchange.asmx" });
        time.Pass(TimeSpan.FromHours(1));
        var after = await calendars.Locate([anna, ben], Internet.Stop);
        after[anna.Id].ShouldBeOfType<Discovery.Located>().Location.Url.Host.ShouldBe("new.lab.example");
        after[ben.Id].ShouldBe(before[ben.Id]);
        (await Look(calendars, anna)).ShouldBeOfType<Reply<CalendarPage>.Answer>();
        internet.Shown.Last().ShouldBe("new.lab.example");
    }

    private static Task<Reply<CalendarPage>> Look(EwsCalendars calendars, WatchedMailbox mailbox) =>
        calendars.ReadChanges(mailbox, null, [], Internet.Stop);

    private async Task Set(object settings)
    {
        using var reply = await http.PutAsJsonAsync("/lab/autodiscover", settings, Internet.Stop);
        reply.IsSuccessStatusCode.ShouldBeTrue(await reply.Content.ReadAsStringAsync(Internet.Stop));
    }

    private async Task Do(string path, object wish)
    {
        using var reply = await http.PostAsJsonAsync($"/lab/mailboxes/{Anna}/{path}", wish, Internet.Stop);
        reply.IsSuccessStatusCode.ShouldBeTrue(await reply.Content.ReadAsStringAsync(Internet.Stop));
    }

    // What stands before the lab in a real installation: it ends TLS.
    private async Task Forward(HttpContext to)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(to.Request.Method), to.Request.Path + to.Request.QueryString.Value);
        if (to.Request.Method == "POST")
        {
            request.Content = new StreamContent(to.Request.Body);
        }

        foreach (var (name, value) in to.Request.Headers.Where(header => header.Key != "Transfer-Encoding"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value);
            }
        }

        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = http.BaseAddress };
        using var reply = await client.SendAsync(request, to.RequestAborted);
        to.Response.Headers.Location = reply.Headers.Location?.OriginalString;
        to.Response.StatusCode = (int)reply.StatusCode;
        to.Response.ContentType = reply.Content.Headers.ContentType?.ToString();
        await reply.Content.CopyToAsync(to.Response.Body, to.RequestAborted);
    }

    private sealed record LabMailbox(string Address);
}
