using HybridCalendar.Adapters.Exchange;
using Microsoft.AspNetCore.Http;

namespace HybridCalendar.Contract.Exchange;

/// <summary>A group of calendars of which some, or the server behind them, fail.</summary>
public sealed class GroupTests
{
    private readonly WatchedMailbox an = ScriptedExchange.Mailbox("an");
    private readonly WatchedMailbox bo = ScriptedExchange.Mailbox("bo");
    private readonly WatchedMailbox ce = ScriptedExchange.Mailbox("ce");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("an", 502, "", "http-502")]
    [InlineData("bo", 500, "<html><body>Server Error in '/EWS' Application</body></html>", "http-500")]
    [InlineData("ce", 200, "<html><br></html>", "malformed-reply")]
    [InlineData("bo", 0, "", "connection-broken")]
    public async Task a_mailbox_whose_connection_fails_does_not_keep_its_group_unwatched(
        string name, int status, string body, string code)
    {
        await using var server = await Server();
        server.On("Subscribe", (http, arrived) =>
        {
            if (!arrived.Impersonated.StartsWith(name, StringComparison.Ordinal))
            {
                return ScriptedExchange.Write(http, Subscribed(arrived));
            }

            if (status == 0)
            {
                http.Abort();
                return Task.CompletedTask;
            }

            return ScriptedExchange.Write(http, body, status);
        });

        var signals = await Watch(server, [an, bo, ce], 2);

        var poisoned = new[] { an, bo, ce }.Single(mailbox =>
            mailbox.Address.StartsWith(name, StringComparison.Ordinal)).Id;
        signals[0].ShouldBe(new CalendarSignal.Refused(poisoned, code));
        signals[1].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task when_many_fail_the_rest_is_tried_in_the_next_round_and_before_them()
    {
        await using var server = await Server();
        var bad = Enumerable.Range(0, Bounds.FailuresPerRound)
            .Select(number => ScriptedExchange.Mailbox($"bad{number}")).ToList();
        server.On("Subscribe", (http, arrived) =>
            arrived.Impersonated.StartsWith("bad", StringComparison.Ordinal)
                ? ScriptedExchange.Write(http, "", 502)
                : ScriptedExchange.Write(http, Subscribed(arrived)));

        var signals = await Watch(server, [.. bad, an, bo], 2 + bad.Count);

        signals[0].ShouldBe(new CalendarSignal.Interrupted("http-502"));
        signals.Skip(1).Take(bad.Count).ShouldAllBe(signal => signal is CalendarSignal.Refused);
        signals[^1].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id, bo.Id]);
    }

    [Fact]
    public async Task the_anchor_is_the_first_mailbox_that_could_be_subscribed()
    {
        await using var server = await Server();
        server.On("Subscribe", (http, arrived) =>
        {
            var name = arrived.Impersonated.Split('@')[0];
            if (arrived.Headers.Cookie.Count == 0)
            {
                http.Response.Headers.Append("Set-Cookie", $"X-BackEndOverrideCookie=of-{name}; path=/");
            }

            return ScriptedExchange.Write(
                http, name == "an" ? Xml.Fault("ErrorNonExistentMailbox") : Subscribed(arrived));
        });

        await Watch(server, [an, bo, ce], 2);

        var arrived = server.Arrived.ToList();
        arrived.Take(4).Select(one => one.Headers["X-AnchorMailbox"].ToString().Split('@')[0])
            .ShouldBe(["an", "bo", "bo", "bo"]);
        arrived.Take(4).Select(one => one.Headers.Cookie.ToString())
            .ShouldBe(["", "", "X-BackEndOverrideCookie=of-bo", "X-BackEndOverrideCookie=of-bo"]);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(0)]
    public async Task the_cookie_of_a_server_that_died_is_forgotten(int status)
    {
        await using var server = await Server();
        var streams = 0;
        server.On("Subscribe", (http, arrived) =>
        {
            http.Response.Headers.Append("Set-Cookie", $"X-BackEndOverrideCookie=after-{streams}; path=/");
            return ScriptedExchange.Write(http, Subscribed(arrived));
        });
        server.On("GetStreamingEvents", (http, arrived) =>
        {
            var isDead = ++streams > 1 && arrived.Headers.Cookie.ToString().EndsWith("after-0");
            if (isDead && status == 0)
            {
                http.Abort();
                return Task.CompletedTask;
            }

            return isDead
                ? ScriptedExchange.Write(http, "", status)
                : ScriptedExchange.Write(http, Xml.Status("OK") + Xml.Status("Closed"));
        });

        var signals = await Watch(server, [an, bo], 3 + Bounds.FailuresPerSubscription);

        signals.Skip(2).Take(Bounds.FailuresPerSubscription).ShouldAllBe(signal =>
            signal is CalendarSignal.Interrupted);
        signals[^1].ShouldBeOfType<CalendarSignal.Opened>();
    }

    [Theory]
    [InlineData("ErrorExceededConnectionCount")]
    [InlineData("ErrorTimeoutExpired")]
    [InlineData("ErrorInternalServerError")]
    public async Task a_server_with_too_much_to_do_gets_subscriptions_back_before_it_makes_others(string code)
    {
        await using var server = await Server();
        var streams = 0;
        server.On("GetStreamingEvents", (http, _) => ScriptedExchange.Write(http,
            ++streams <= Bounds.OverloadsPerSubscription
                ? Xml.Fault(code) : Xml.Status("OK") + Xml.Status("Closed")));

        var signals = await Watch(server, [an, bo], 1 + Bounds.OverloadsPerSubscription);

        signals[^1].ShouldBeOfType<CalendarSignal.Opened>();
        string[] last = ["GetStreamingEvents", "Unsubscribe", "Unsubscribe", "Subscribe", "Subscribe"];
        server.Arrived.Select(arrived => arrived.Operation)
            .Skip(2 + Bounds.OverloadsPerSubscription - 1).Take(last.Length).ShouldBe(last);
    }

    private static async Task<ScriptedExchange> Server()
    {
        var server = await ScriptedExchange.Start();
        return server
            .On("Subscribe", Subscribed)
            .On("Unsubscribe", Xml.Success("Unsubscribe", ""))
            .On("GetStreamingEvents", (http, _) =>
                ScriptedExchange.Write(http, Xml.Status("OK") + Xml.Status("Closed")));
    }

    private static string Subscribed(Arrived arrived) => Xml.Success(
        "Subscribe", $"<m:SubscriptionId>sub-{arrived.Impersonated.Split('@')[0]}</m:SubscriptionId>");

    private static async Task<List<CalendarSignal>> Watch(
        ScriptedExchange server, IReadOnlyList<WatchedMailbox> group, int count)
    {
        var signals = new List<CalendarSignal>();
        await foreach (var signal in server.Client().Watch(group, Cancellation))
        {
            signals.Add(signal);
            if (signals.Count == count)
            {
                break;
            }
        }

        return signals;
    }
}
