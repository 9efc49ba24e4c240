using HybridCalendar.Adapters.Exchange;

namespace HybridCalendar.Contract.Exchange;

/// <summary>
/// What a stream can be lost by, one by one, and what is done then. Microsoft: handling notification related
/// errors in ews in exchange.
/// </summary>
public sealed class StreamTroubleTests
{
    private static readonly CalendarSignal Lost = new CalendarSignal.Interrupted("subscriptions-lost");

    private readonly WatchedMailbox an = ScriptedExchange.Mailbox("an");
    private readonly WatchedMailbox bo = ScriptedExchange.Mailbox("bo");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ErrorSubscriptionNotFound")]
    [InlineData("ErrorExpiredSubscription")]
    [InlineData("ErrorInvalidPullSubscriptionId")]
    [InlineData("ErrorInvalidWatermark")]
    [InlineData("ErrorMissedNotificationEvents")]
    [InlineData("ErrorSubscriptionAccessDenied")]
    [InlineData("ErrorProxiedSubscriptionCallFailure")]
    public async Task a_lost_subscription_is_made_anew_at_once_and_then_all_are_looked_at(string code)
    {
        await using var server = await Server(Xml.Lost(code, "sub-bo"));

        var signals = await Watch(server, 2);

        signals[0].ShouldBe(Lost);
        signals[1].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id, bo.Id]);
        Subscribed(server).ShouldBe(["an", "bo", "bo"]);
    }

    [Theory]
    [InlineData("ErrorReadEventsFailed")]
    [InlineData("ErrorProxyRequestNotAllowed")]
    public async Task a_subscription_that_another_server_should_have_is_made_anew_and_its_mailbox_told(
        string code)
    {
        await using var server = await Server(Xml.Lost(code, "sub-bo"));

        var signals = await Watch(server, 3);

        signals[0].ShouldBeOfType<CalendarSignal.Moved>().Mailboxes.ShouldBe([bo.Id]);
        signals[1].ShouldBe(Lost);
        signals[2].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id, bo.Id]);
    }

    [Theory]
    [InlineData("ErrorInvalidSubscription")]
    [InlineData("ErrorMailboxMoveInProgress")]
    [InlineData("ErrorMailboxStoreUnavailable")]
    public async Task a_mailbox_that_is_being_moved_rests_and_the_others_are_watched(string code)
    {
        await using var server = await Server(Xml.Lost(code, "sub-bo"));

        var signals = await Watch(server, 3);

        signals[0].ShouldBeOfType<CalendarSignal.Moved>().Mailboxes.ShouldBe([bo.Id]);
        signals[1].ShouldBe(Lost);
        signals[2].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id]);
        Subscribed(server).ShouldBe(["an", "bo"]);
    }

    [Fact]
    public async Task a_mailbox_that_has_rested_is_watched_again()
    {
        await using var server = await Server(Xml.Lost("ErrorMailboxMoveInProgress", "sub-bo"));

        var signals = await Watch(server, 3, settings => settings with { MovePause = TimeSpan.Zero });

        signals[2].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id, bo.Id]);
        Subscribed(server).ShouldBe(["an", "bo", "bo"]);
    }

    [Theory]
    [InlineData("ErrorInvalidSubscription")]
    [InlineData("ErrorMailboxMoveInProgress")]
    [InlineData("ErrorMailboxStoreUnavailable")]
    public async Task when_it_is_not_said_who_moves_subscribing_tells_and_only_that_one_rests(string code)
    {
        await using var server = await Server(
            Xml.Error("GetStreamingEvents", code), Xml.Status("OK") + Xml.Status("Closed"));
        server.On("Subscribe", arrived => arrived.Impersonated == bo.Address && Streams(server) > 0
            ? Xml.Error("Subscribe", "ErrorMailboxMoveInProgress") : Subscription(arrived));

        var signals = await Watch(server, 6);

        signals[0].ShouldBeOfType<CalendarSignal.Moved>().Mailboxes.ShouldBe([an.Id, bo.Id]);
        signals[1].ShouldBe(Lost);
        var refused = new CalendarSignal.Refused(bo.Id, "ErrorMailboxMoveInProgress");
        refused.Reaction.ShouldBe(Reaction.AwaitMove);
        signals[2].ShouldBe(refused);
        signals[3].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id]);
        signals[4].ShouldBe(new CalendarSignal.Interrupted("closed"));
        signals[5].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id]);
        Subscribed(server).ShouldBe(["an", "bo", "an", "bo"]);
    }

    [Theory]
    [InlineData("ErrorAccessDenied")]
    [InlineData("ErrorImpersonationDenied")]
    [InlineData("ErrorSubscriptionDelegateAccessNotSupported")]
    public async Task a_mailbox_that_may_not_be_watched_is_not_tried_with_every_stream(string code)
    {
        await using var server = await Server();
        server.On("Subscribe", arrived => arrived.Impersonated == bo.Address
            ? Xml.Error("Subscribe", code) : Subscription(arrived));

        var signals = await Watch(server, 6);

        signals.Count(signal => signal is CalendarSignal.Refused).ShouldBe(1);
        signals.Count(signal => signal is CalendarSignal.Opened).ShouldBeGreaterThan(1);
        Subscribed(server).ShouldBe(["an", "bo"]);
    }

    [Fact]
    public async Task a_mailbox_with_too_many_subscriptions_is_told_and_tried_again_with_the_next_stream()
    {
        await using var server = await Server();
        var tries = 0;
        server.On("Subscribe", arrived => arrived.Impersonated == bo.Address && ++tries == 1
            ? Xml.Error("Subscribe", "ErrorExceededSubscriptionCount") : Subscription(arrived));

        var signals = await Watch(server, 4);

        signals[0].ShouldBe(new CalendarSignal.Refused(bo.Id, "ErrorExceededSubscriptionCount"));
        signals[1].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id]);
        signals[3].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id, bo.Id]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task after_too_many_streams_of_one_mailbox_the_next_counts_against_another(bool isFault)
    {
        const string Code = "ErrorExceededConnectionCount";
        await using var server = await Server(
            isFault ? Xml.Fault(Code) : Xml.Error("GetStreamingEvents", Code));

        var signals = await Watch(server, 2);

        signals[0].ShouldBe(new CalendarSignal.Interrupted("stream-refused"));
        signals[1].ShouldBeOfType<CalendarSignal.Opened>();
        server.Arrived.Where(arrived => arrived.Operation == "GetStreamingEvents")
            .Select(arrived => arrived.Impersonated).ShouldBe([an.Address, bo.Address]);
        Subscribed(server).ShouldBe(["an", "bo"]);
    }

    [Fact]
    public async Task when_what_is_lost_is_nobodys_all_are_made_anew()
    {
        await using var server = await Server(Xml.Lost("ErrorSubscriptionNotFound", "sub-nobody"));

        var signals = await Watch(server, 2);

        signals[0].ShouldBe(Lost);
        signals[1].ShouldBeOfType<CalendarSignal.Opened>().Mailboxes.ShouldBe([an.Id, bo.Id]);
        Subscribed(server).ShouldBe(["an", "bo", "an", "bo"]);
    }

    [Fact]
    public async Task an_error_beside_a_stream_that_is_said_to_be_good_ends_the_stream()
    {
        await using var server = await Server(Xml.Answer(
            "GetStreamingEvents",
            Xml.ErrorMessage("GetStreamingEvents", "ErrorInternalServerError").Replace(
                "</m:GetStreamingEventsResponseMessage>",
                "<m:ConnectionStatus>OK</m:ConnectionStatus></m:GetStreamingEventsResponseMessage>",
                StringComparison.Ordinal)));

        var signals = await Watch(server, 2);

        signals[0].ShouldBe(new CalendarSignal.Interrupted("stream-refused"));
        signals[1].ShouldBeOfType<CalendarSignal.Opened>();
    }

    // Answers the streams as told, one after the other, and all others with a good one that ends.
    private static async Task<ScriptedExchange> Server(params string[] streams)
    {
        var server = await ScriptedExchange.Start();
        return server
            .On("Subscribe", Subscription)
            .On("Unsubscribe", Xml.Success("Unsubscribe", ""))
            .On("GetStreamingEvents", (http, _) => ScriptedExchange.Write(
                http,
                streams.ElementAtOrDefault(Streams(server) - 1) ?? Xml.Status("OK") + Xml.Status("Closed")));
    }

    private static int Streams(ScriptedExchange server) =>
        server.Arrived.Count(arrived => arrived.Operation == "GetStreamingEvents");

    private static IEnumerable<string> Subscribed(ScriptedExchange server) =>
        server.Arrived.Where(arrived => arrived.Operation == "Subscribe")
            .Select(arrived => arrived.Impersonated.Split('@')[0]);

    private static string Subscription(Arrived arrived) => Xml.Success(
        "Subscribe", $"<m:SubscriptionId>sub-{arrived.Impersonated.Split('@')[0]}</m:SubscriptionId>");

    private Task<List<CalendarSignal>> Watch(
        ScriptedExchange server, int count, Func<ExchangeSettings, ExchangeSettings>? change = null) =>
        server.Client(change).Watch([an, bo], Cancellation).Take(count).ToListAsync(Cancellation).AsTask();
}
