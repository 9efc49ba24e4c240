using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Autodiscover;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>A refusal is not the end of a search, and no reason to lock the account.</summary>
public sealed class RefusedAccountTests
{
    private const string Anna = "anna.brandt@lab.example";
    private static readonly string[] Hosts =
        ["lab.example", "autodiscover.lab.example", "a.lab.example", "b.lab.example"];

    private readonly ManualTime time = new();

    [Fact]
    public async Task a_web_site_that_refuses_the_account_does_not_hide_the_host_that_takes_it()
    {
        await using var internet = await Internet.Start();
        internet.On("https://lab.example", 401);
        internet.On("https://autodiscover.lab.example", 200, Replies.Soap(Replies.Located()));
        var discoverer = internet.Discoverer(time: time);
        for (var turn = 0; turn < 3; turn++)
        {
            var found = await discoverer.Find([Anna], null, Internet.Stop);
            found[Anna].ShouldBeOfType<Discovery.Located>();
        }

        // The host that took it goes first from the second time on.
        internet.Shown.ShouldBe(["lab.example", .. Enumerable.Repeat("autodiscover.lab.example", 3)]);
    }

    [Fact]
    public async Task a_refused_account_is_shown_to_three_hosts_and_then_to_one_after_each_pause_in_turn()
    {
        await using var internet = await Internet.Start();
        foreach (var host in Hosts)
        {
            internet.On("https://" + host, 401);
        }

        internet.Names.Add("_autodiscover._tcp.lab.example", 1, 0, 443, "a.lab.example");
        internet.Names.Add("_autodiscover._tcp.lab.example", 2, 0, 443, "b.lab.example");
        var discoverer = internet.Discoverer(time: time);
        await Search(discoverer);
        internet.Shown.ShouldBe(Hosts[..3]);
        await Search(discoverer);
        internet.Shown.ShouldBe(Hosts[..3]);
        foreach (var minutes in new[] { 1, 2, 4, 8 })
        {
            time.Pass(TimeSpan.FromMinutes(minutes));
            await Search(discoverer);
            await Search(discoverer);
        }

        internet.Shown.ShouldBe([.. Hosts[..3], .. Hosts]);
    }

    [Fact]
    public async Task a_host_that_refuses_the_account_may_still_tell_anybody_where_the_mailbox_is()
    {
        await using var internet = await Internet.Start();
        internet.On("https://lab.example", http => http.Request.Method == "GET"
            ? Internet.Write(http, 200, $$"""{"Protocol":"EWS","Url":"{{Replies.Url}}"}""")
            : Internet.Write(http, 401, ""));
        (await internet.Find()).ShouldBeOfType<Discovery.Located>();
        internet.Shown.ShouldBe(["lab.example"]);
    }

    [Fact]
    public async Task a_back_off_that_begins_during_the_search_is_kept()
    {
        await using var internet = await Internet.Start();
        using var accounts = new ServiceAccounts(internet.Settings, time);
        internet.On("https://lab.example", http =>
        {
            accounts.InUse.BeginBackOff(null);
            return Internet.Write(http, 404, "");
        });
        internet.On("https://autodiscover.lab.example", 200, Replies.Soap(Replies.Located()));
        var discoverer = new Discoverer(accounts, internet.Settings, time);
        (await discoverer.Find([Anna], null, Internet.Stop))[Anna]
            .ShouldBeOfType<Discovery.Refused>().Reason.ShouldBe(DiscoveryRefusal.Busy);
        internet.Shown.ShouldBe(["lab.example"]);
    }

    private static async Task Search(Discoverer discoverer) =>
        (await discoverer.Find([Anna], null, Internet.Stop))[Anna]
            .ShouldBeOfType<Discovery.Refused>().Reason.ShouldBe(DiscoveryRefusal.SignInRefused);
}
