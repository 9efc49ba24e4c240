using System.Net.Http.Json;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;

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
    private LabInternet lab = null!;

    public async ValueTask InitializeAsync() => lab = await LabInternet.Start();

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task a_mailbox_is_found_in_the_best_protocol_that_the_server_has(bool soap, bool plainXml)
    {
        await lab.Set(new { ewsUrl = Replies.Url, soap, plainXml });
        var found = (await lab.Internet.Find()).ShouldBeOfType<Discovery.Located>();
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
        using var reply = await lab.Http.PutAsJsonAsync("/lab/server", new { version }, Internet.Stop);
        reply.IsSuccessStatusCode.ShouldBeTrue();
        foreach (var (soap, plainXml) in new[] { (true, true), (false, true), (false, false) })
        {
            await lab.Set(new { ewsUrl = Replies.Url, soap, plainXml });
            var found = (await lab.Internet.Find()).ShouldBeOfType<Discovery.Located>();
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
        await lab.Set(new { soap, plainXml });
        (await lab.Internet.Find("nobody@lab.example"))
            .ShouldBe(new Discovery.Refused(DiscoveryRefusal.UnknownMailbox));
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(10, 7)]
    public async Task many_mailboxes_are_asked_for_in_as_few_requests_as_the_server_takes(
        int most, int requests)
    {
        await lab.Set(new { ewsUrl = Replies.Url, mostUsers = most });
        var addresses = (await lab.Http.GetFromJsonAsync<LabMailbox[]>("/lab/mailboxes", Internet.Stop))!
            .Select(mailbox => mailbox.Address).ToList();
        addresses.Count.ShouldBe(30);
        addresses.Add("nobody@lab.example");
        var found = await lab.Internet.Discoverer().Find(addresses, null, Internet.Stop);
        found.Values.Count(one => one is Discovery.Located).ShouldBe(30);
        found["nobody@lab.example"].ShouldBe(new Discovery.Refused(DiscoveryRefusal.UnknownMailbox));
        lab.Internet.Asked.Count(line => line.Contains(Soap, StringComparison.Ordinal)).ShouldBe(requests);
    }

    [Fact]
    public async Task one_of_several_mailboxes_may_be_elsewhere()
    {
        await lab.Set(new
        {
            ewsUrl = Replies.Url,
            redirects = new Dictionary<string, string> { [Ben] = "https://hostile.example" + Soap },
            userErrors = new Dictionary<string, string> { [Carla] = "ServerBusy" },
        });
        var found = await lab.Internet.Discoverer().Find([Anna, Ben, Carla], null, Internet.Stop);
        found[Anna].ShouldBeOfType<Discovery.Located>();
        found[Ben].ShouldBe(new Discovery.Refused(DiscoveryRefusal.RedirectNotAllowed, "hostile.example"));
        found[Carla].ShouldBe(new Discovery.Refused(DiscoveryRefusal.Busy));
    }

    [Fact]
    public async Task the_signpost_of_the_lab_leads_to_it()
    {
        const string Target = "https://mail.lab.example/autodiscover/autodiscover.xml";
        await lab.Set(new { ewsUrl = Replies.Url, signpost = Target });
        lab.Internet.On("http://autodiscover.lab.example", lab.Forward)
            .On("https://autodiscover.lab.example", 404);
        (await lab.Internet.Find()).ShouldBeOfType<Discovery.Located>();
        lab.Internet.Shown.Last().ShouldBe("mail.lab.example");
    }

    [Fact]
    public async Task a_mailbox_that_moves_is_followed_to_its_new_address()
    {
        var calendars = lab.Internet.Calendars(time: time);
        var anna = ScriptedExchange.Mailbox("anna") with { Address = Anna };
        var ben = ScriptedExchange.Mailbox("ben") with { Address = Ben };
        var before = await calendars.Locate([anna, ben], Internet.Stop);
        before[anna.Id].ShouldBe(before[ben.Id]);
        (await Look(calendars, anna)).ShouldBeOfType<Reply<CalendarPage>.Answer>();
        await lab.Do(Anna, "move/start", new { });
        (await Look(calendars, anna)).ShouldBeOfType<Reply<CalendarPage>.Refused>()
            .Code.ShouldBe("ErrorMailboxMoveInProgress");
        await lab.Do(Anna, "move/finish", new { ewsUrl = "https://new.lab.example/EWS/Exchange.asmx" });
        time.Pass(TimeSpan.FromHours(1));
        var after = await calendars.Locate([anna, ben], Internet.Stop);
        after[anna.Id].ShouldBeOfType<Discovery.Located>().Location.Url.Host.ShouldBe("new.lab.example");
        after[ben.Id].ShouldBe(before[ben.Id]);
        (await Look(calendars, anna)).ShouldBeOfType<Reply<CalendarPage>.Answer>();
        lab.Internet.Shown.Last().ShouldBe("new.lab.example");
    }

    private static Task<Reply<CalendarPage>> Look(EwsCalendars calendars, WatchedMailbox mailbox) =>
        calendars.ReadChanges(mailbox, null, [], Internet.Stop);

    private sealed record LabMailbox(string Address);
}
