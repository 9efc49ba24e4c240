using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Versions;
using HybridCalendar.Domain.Mailboxes;
using Microsoft.AspNetCore.Http;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>What is known of one server says nothing of another, and each has its own streams.</summary>
public sealed class ServersTests
{
    private const string Of2013 = "15.0.1497.48";
    private const string Of2016 = "15.1.2507.6";

    private readonly WatchedMailbox anna = At("anna", "lab.example");
    private readonly WatchedMailbox ben = At("ben", "lab.example");
    private readonly WatchedMailbox zoe = At("zoe", "other.example");

    [Fact]
    public async Task each_server_is_asked_in_its_own_dialect()
    {
        await using var internet = await World();
        var dialects = new List<string>();
        Answer(internet, "lab.example", Of2013);
        Answer(internet, "other.example", Of2016);
        var calendars = internet.Calendars();
        foreach (var mailbox in new[] { anna, zoe, anna, zoe, ben })
        {
            (await calendars.ReadAutomaticReplies(mailbox, Internet.Stop))
                .ShouldBeOfType<Reply<AutomaticReplies>.Answer>();
        }

        dialects.ShouldBe(
            ["Exchange2013_SP1", "Exchange2013_SP1", "Exchange2013_SP1", "Exchange2016", "Exchange2013_SP1"]);

        void Answer(Internet internet, string domain, string version) =>
            internet.On($"https://mail.{domain}", async http =>
            {
                dialects.Add((await Arrive(http)).Dialect);
                await Internet.Write(http, 200, Xml.Says(version, Xml.Replies("Enabled")));
            });
    }

    [Fact]
    public async Task a_server_whose_streams_are_all_open_keeps_none_of_another_waiting()
    {
        await using var internet = await World();
        foreach (var domain in new[] { "lab.example", "other.example" })
        {
            internet.On($"https://mail.{domain}", Stream);
        }

        var calendars = internet.Calendars(settings => settings with { HangingConnections = 1 });
        await using var first = Watch(calendars, anna);
        (await first.MoveNextAsync()).ShouldBeTrue();
        first.Current.ShouldBeOfType<CalendarSignal.Opened>();
        var second = calendars.Watch([ben], Internet.Stop).GetAsyncEnumerator(Internet.Stop);
        var waiting = second.MoveNextAsync().AsTask();

        await using (var other = Watch(calendars, zoe))
        {
            (await other.MoveNextAsync()).ShouldBeTrue();
            other.Current.ShouldBeOfType<CalendarSignal.Opened>();
        }

        waiting.IsCompleted.ShouldBeFalse();
        await first.DisposeAsync();
        (await waiting).ShouldBeTrue();
        second.Current.ShouldBeOfType<CalendarSignal.Opened>();
        await second.DisposeAsync();
    }

    [Fact]
    public void a_server_is_known_by_scheme_host_and_port_of_its_address()
    {
        var servers = new Servers(new ExchangeSettings());
        var server = servers.At(new Uri("https://mail.lab.example/EWS/Exchange.asmx"));
        servers.At(new Uri("https://MAIL.lab.example:443/site2/EWS/Exchange.asmx")).ShouldBe(server);
        servers.At(new Uri("https://mail.lab.example:444/EWS/Exchange.asmx")).ShouldNotBe(server);
        servers.At(new Uri("http://mail.lab.example:443/EWS/Exchange.asmx")).ShouldNotBe(server);
        servers.At(new Uri("https://new.lab.example/EWS/Exchange.asmx")).ShouldNotBe(server);
    }

    [Fact]
    public async Task each_account_has_its_own_streams_on_a_server()
    {
        var settings = new ExchangeSettings { Account = "a", Password = "b", HangingConnections = 1 };
        using var one = new ServiceAccounts(settings, TimeProvider.System);
        using var other = new ServiceAccounts(settings, TimeProvider.System);
        var server = new Servers(settings).At(null);
        await server.StreamsOf(one.InUse).Take(Internet.Stop);
        await server.StreamsOf(other.InUse).Take(Internet.Stop);
        server.StreamsOf(one.InUse).Take(Internet.Stop).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task of_many_servers_those_are_forgotten_that_were_asked_longest_ago_and_have_no_stream()
    {
        var settings = new ExchangeSettings { Account = "a", Password = "b" };
        using var accounts = new ServiceAccounts(settings, TimeProvider.System);
        var servers = new Servers(settings);
        var all = Enumerable.Range(0, Bounds.Servers).Select(Server).ToList();
        await all[0].StreamsOf(accounts.InUse).Take(Internet.Stop);
        Server(1).ShouldBe(all[1]);
        Server(Bounds.Servers);
        Server(0).ShouldBe(all[0]);
        Server(1).ShouldBe(all[1]);
        Server(2).ShouldNotBe(all[2]);

        Server Server(int number) => servers.At(new Uri($"https://mail{number}.lab.example/"));
    }

    private static IAsyncEnumerator<CalendarSignal> Watch(EwsCalendars calendars, WatchedMailbox mailbox) =>
        calendars.Watch([mailbox], Internet.Stop).GetAsyncEnumerator(Internet.Stop);

    private static async Task<Internet> World()
    {
        var internet = await Internet.Start();
        foreach (var domain in new[] { "lab.example", "other.example" })
        {
            var url = $"https://mail.{domain}/EWS/Exchange.asmx";
            internet.On($"https://autodiscover.{domain}", 200, Replies.Soap(Replies.Located(url)));
        }

        return internet;
    }

    private static async Task Stream(HttpContext http)
    {
        var arrived = await Arrive(http);
        switch (arrived.Operation)
        {
            case "Subscribe":
                await Internet.Write(http, 200, Xml.Success(
                    "Subscribe", $"<m:SubscriptionId>{arrived.Impersonated}</m:SubscriptionId>"));
                break;
            case "Unsubscribe":
                await Internet.Write(http, 200, Xml.Success("Unsubscribe", ""));
                break;
            default:
                await ScriptedExchange.Write(http, Xml.Status("OK"));
                await ScriptedExchange.Silence(http);
                break;
        }
    }

    private static async Task<Arrived> Arrive(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        return new Arrived(ScriptedExchange.OperationOf(body), body, http.Request.Headers);
    }

    private static WatchedMailbox At(string name, string domain) =>
        ScriptedExchange.Mailbox(name) with { Address = $"{name}@{domain}" };
}
