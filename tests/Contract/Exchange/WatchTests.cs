using HybridCalendar.Adapters.Exchange;
using Microsoft.AspNetCore.Http;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Watching a group of calendars over real HTTP, on a server that fails as it is told.</summary>
public sealed class WatchTests
{
    private readonly WatchedMailbox an = ScriptedExchange.Mailbox("an");
    private readonly WatchedMailbox bo = ScriptedExchange.Mailbox("bo");
    private readonly WatchedMailbox ce = ScriptedExchange.Mailbox("ce");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_group_is_subscribed_at_its_anchor_and_then_told_of_changes()
    {
        await using var server = await Server();
        server.On("Subscribe", (http, arrived) =>
        {
            http.Response.Headers.Append(
                "Set-Cookie", "X-BackEndOverrideCookie=server~1; path=/; secure; HttpOnly");
            return ScriptedExchange.Write(http, Subscribed(arrived));
        });
        server.On("GetStreamingEvents", async (http, _) =>
        {
            await ScriptedExchange.Write(http, Xml.Status("OK"));
            await ScriptedExchange.Write(http, Xml.Event("sub-an", "StatusEvent")
                + Xml.Event("sub-bo", "CreatedEvent"));
            await ScriptedExchange.Write(http, Xml.Event("of-nobody", "CreatedEvent"));
            await ScriptedExchange.Silence(http);
        });

        var signals = await Watch(server, 3);

        signals[0].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id, bo.Id, ce.Id]);
        signals[1].ShouldBe(new CalendarSignal.Alive());
        signals[2].ShouldBe(new CalendarSignal.Changed(bo.Id));
        var subscribes = server.Arrived.Where(arrived => arrived.Operation == "Subscribe").ToList();
        subscribes.Select(arrived => arrived.Impersonated).Order()
            .ShouldBe(["an@example.org", "bo@example.org", "ce@example.org"]);
        subscribes[0].Headers.Cookie.ToString().ShouldBe("");
        var later = server.Arrived.Skip(1).ToList();
        later.ShouldAllBe(arrived => arrived.Headers.Cookie.ToString() == "X-BackEndOverrideCookie=server~1");
        server.Arrived.ShouldAllBe(arrived =>
            arrived.Headers["X-AnchorMailbox"].ToString() == "an@example.org");
        server.Arrived.ShouldAllBe(arrived => arrived.Headers["X-PreferServerAffinity"].ToString() == "true");
        server.Operations.ShouldEndWith("GetStreamingEvents Unsubscribe Unsubscribe Unsubscribe");
    }

    [Fact]
    public async Task a_stream_that_ends_is_opened_again_with_the_same_subscriptions()
    {
        await using var server = await Server();
        server.On("GetStreamingEvents", (http, _) =>
            ScriptedExchange.Write(http, Xml.Status("OK") + Xml.Status("Closed")));

        var signals = await Watch(server, 4);

        signals.Select(signal => signal.GetType().Name)
            .ShouldBe(["Opened", "Interrupted", "Opened", "Interrupted"]);
        signals[1].ShouldBe(new CalendarSignal.Interrupted("closed"));
        server.Arrived.Count(arrived => arrived.Operation == "Subscribe").ShouldBe(3);
    }

    [Fact]
    public async Task a_stream_that_is_silent_is_given_up()
    {
        await using var server = await Server();
        server.On("GetStreamingEvents", async (http, _) =>
        {
            await ScriptedExchange.Write(http, Xml.Status("OK"));
            await ScriptedExchange.Silence(http);
        });

        var signals = await Watch(server, 3, settings =>
            settings with { StreamSilence = TimeSpan.FromSeconds(1) });

        signals[1].ShouldBe(new CalendarSignal.Interrupted("silence"));
        signals[2].ShouldBeOfType<CalendarSignal.Opened>();
    }

    public static TheoryData<string, string> Endings => new()
    {
        { "", "connection-ended" },
        { "<s:Envelope><s:Bo", "cut-in-an-envelope" },
        { "<s:Envelope><s:Body></s:Envelope>", "malformed-reply" },
        { Xml.Error("GetStreamingEvents", "ErrorInternalServerError"), "stream-refused" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task whatever_ends_a_stream_is_told_in_a_word_and_mended(string ending, string reason)
    {
        await using var server = await Server();
        server.On("GetStreamingEvents", (http, _) => ScriptedExchange.Write(http, Xml.Status("OK") + ending));

        var signals = await Watch(server, 3);

        signals[1].ShouldBe(new CalendarSignal.Interrupted(reason));
        signals[2].ShouldBeOfType<CalendarSignal.Opened>();
    }

    [Fact]
    public async Task a_connection_that_is_torn_is_mended()
    {
        await using var server = await Server();
        var streams = 0;
        server.On("GetStreamingEvents", async (http, _) =>
        {
            var isFirst = ++streams == 1;
            await ScriptedExchange.Write(http, Xml.Status("OK") + (isFirst ? "" : Xml.Status("Closed")));
            if (isFirst)
            {
                http.Abort();
            }
        });

        var signals = await Watch(server, 3);

        // What was sent just before the connection was torn may be lost with it.
        var torn = signals.FindIndex(signal => signal is CalendarSignal.Interrupted);
        signals[torn].ShouldBe(new CalendarSignal.Interrupted("connection-broken"));
        signals[torn + 1].ShouldBeOfType<CalendarSignal.Opened>();
    }

    [Fact]
    public async Task only_lost_subscriptions_are_made_anew()
    {
        await using var server = await Server();
        server.On("GetStreamingEvents", (http, _) =>
        {
            var isFirst = server.Arrived.Count(arrived => arrived.Operation == "GetStreamingEvents") == 1;
            return ScriptedExchange.Write(
                http, isFirst ? Xml.Lost("ErrorSubscriptionNotFound", "sub-bo") : Xml.Status("OK")
                    + Xml.Status("Closed"));
        });

        var signals = await Watch(server, 2);

        signals[0].ShouldBe(new CalendarSignal.Interrupted("subscriptions-lost"));
        signals[1].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.Count.ShouldBe(3);
        server.Arrived.Where(arrived => arrived.Operation == "Subscribe")
            .Select(arrived => arrived.Impersonated)
            .Skip(3).ShouldBe(["bo@example.org"]);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task when_the_server_does_not_say_which_are_lost_all_are_made_anew(int status)
    {
        await using var server = await Server();
        server.On("GetStreamingEvents", (http, _) =>
            server.Arrived.Count(arrived => arrived.Operation == "GetStreamingEvents") == 1
                ? ScriptedExchange.Write(http, Xml.Fault("ErrorSubscriptionNotFound"), status)
                : ScriptedExchange.Write(http, Xml.Status("OK")));

        var signals = await Watch(server, 2);

        signals[0].ShouldBe(new CalendarSignal.Interrupted("subscriptions-lost"));
        server.Arrived.Count(arrived => arrived.Operation == "Subscribe").ShouldBe(6);
    }

    [Fact]
    public async Task a_mailbox_that_cannot_be_subscribed_is_told_and_the_others_are_watched()
    {
        await using var server = await Server();
        server.On("Subscribe", arrived => arrived.Impersonated.StartsWith("an", StringComparison.Ordinal)
            ? Xml.Fault("ErrorNonExistentMailbox") : Subscribed(arrived));
        server.On("GetStreamingEvents", (http, _) => ScriptedExchange.Write(http, Xml.Status("OK")));

        var signals = await Watch(server, 2);

        signals[0].ShouldBe(new CalendarSignal.Refused(an.Id, "ErrorNonExistentMailbox"));
        signals[1].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([bo.Id, ce.Id]);
        server.Arrived.Last(arrived => arrived.Operation == "GetStreamingEvents").Body
            .ShouldContain("<m:ConnectionTimeout>10</m:ConnectionTimeout>");
    }

    [Fact]
    public async Task while_the_server_is_busy_nothing_is_sent()
    {
        await using var server = await Server();
        server.On("GetStreamingEvents", (http, _) =>
            ScriptedExchange.Write(http, Xml.Status("OK")
                + Xml.Fault("ErrorServerBusy", backOffMilliseconds: 300)));

        var began = TimeProvider.System.GetTimestamp();
        var signals = await Watch(server, 3);

        signals[1].ShouldBe(new CalendarSignal.Interrupted("busy"));
        signals[2].ShouldBeOfType<CalendarSignal.Opened>();
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task a_server_that_is_not_there_is_tried_again()
    {
        await using var server = await Server();
        server.On("Subscribe", "", 502);

        var signals = await Watch(server, 4);

        signals.ShouldAllBe(signal => signal == new CalendarSignal.Interrupted("http-502"));
    }

    private static async Task<ScriptedExchange> Server()
    {
        var server = await ScriptedExchange.Start();
        return server.On("Subscribe", Subscribed).On("Unsubscribe", Xml.Success("Unsubscribe", ""));
    }

    private static string Subscribed(Arrived arrived) =>
        Xml.Success(
            "Subscribe", $"<m:SubscriptionId>sub-{arrived.Impersonated.Split('@')[0]}</m:SubscriptionId>");

    private async Task<List<CalendarSignal>> Watch(
        ScriptedExchange server, int count, Func<ExchangeSettings, ExchangeSettings>? change = null)
    {
        var signals = new List<CalendarSignal>();
        await foreach (var signal in server.Client(change).Watch([an, bo, ce], Cancellation))
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
