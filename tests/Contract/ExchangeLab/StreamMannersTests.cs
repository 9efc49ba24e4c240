using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves the ways in which streams are cut, end and fail.</summary>
public sealed partial class StreamMannersTests
{
    private static readonly string[] Kinds = ["CreatedEvent", "ModifiedEvent", "MovedEvent", "DeletedEvent"];

    [Theory]
    [InlineData("envelopes")]
    [InlineData("bytes")]
    [InlineData("random")]
    [InlineData("together")]
    public async Task However_a_stream_is_cut_its_envelopes_are_the_same(string chunking)
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/streams", new { chunking });
        using var stream = await lab.Open(await Subscribe(lab));
        (await stream.Next())!.Value("ConnectionStatus").ShouldBe("OK");

        await lab.Book();

        var told = new List<string>();
        while (!told.Contains("CreatedEvent"))
        {
            told.AddRange((await stream.Next())!.All("Notification").Elements()
                .Select(part => part.Name.LocalName));
        }
    }

    [Fact]
    public async Task Chunks_are_as_small_as_a_byte_or_hold_several_envelopes()
    {
        await using var lab = await LabServer.Start();
        var request = Wire.Envelope(Wire.Stream(await Subscribe(lab)), null);

        await lab.Act(HttpMethod.Put, "/streams", new { chunking = "bytes" });
        var small = await RawRequest.Send(lab, request, "e\r\n1\r\n>");
        await lab.Act(HttpMethod.Put, "/streams", new { chunking = "together" });
        var large = await RawRequest.Send(lab, request, "StatusEvent");

        small.ShouldContain("1\r\n<\r\n1\r\nE\r\n1\r\nn\r\n");
        ChunkHeads().Count(large).ShouldBe(1);
        large.Split("<Envelope").Length.ShouldBe(3);
    }

    [Fact]
    public async Task Streamed_envelopes_can_have_a_declaration_and_a_prefix()
    {
        await using var lab = await LabServer.Start();
        var request = Wire.Envelope(Wire.Stream(await Subscribe(lab)), null);
        await lab.Act(HttpMethod.Put, "/wire", new { streamDeclaration = true, streamPrefix = true });

        var answer = await RawRequest.Send(lab, request, "</s:Envelope>");

        answer.ShouldContain("<?xml version=\"1.0\" encoding=\"utf-8\"?><s:Envelope");
    }

    [Theory]
    [InlineData("close", "Closed")]
    [InlineData("end", null)]
    public async Task Streams_end_with_a_last_word_or_without(string how, string? last)
    {
        await using var lab = await LabServer.Start();
        var id = await Subscribe(lab);
        using var stream = await lab.Open(id);
        await stream.Next();

        await lab.Act(HttpMethod.Post, "/streams/" + how);

        if (last is not null)
        {
            (await stream.Next())!.Value("ConnectionStatus").ShouldBe(last);
        }

        (await stream.Next()).ShouldBeNull();
        using var again = await lab.Open(id);
        (await again.Next())!.Value("ConnectionStatus").ShouldBe("OK");
    }

    /// <summary>How: a stream that is not silent and was opened later tells when the time is over.</summary>
    [Fact]
    public async Task A_silent_stream_shows_no_sign_of_life_and_does_not_end_though_others_do()
    {
        await using var lab = await LabServer.Start(new FastTime());
        await using var other = await LabServer.Start(new FastTime());
        using var silent = await lab.Open(await Subscribe(lab));
        await silent.Next();
        await lab.Act(HttpMethod.Put, "/streams", new { silent = true });
        await lab.Book();
        var next = silent.Next();

        using var stream = await other.Open(await Subscribe(other));
        var told = new List<string>();
        while (await stream.Next() is { } envelope)
        {
            told.Add(envelope.Value("ConnectionStatus") ?? "StatusEvent");
        }

        told.ShouldBe(["OK", "StatusEvent", "Closed"]);
        next.IsCompleted.ShouldBeFalse();
        await lab.Act(HttpMethod.Post, "/streams/cut");
        await Should.ThrowAsync<Exception>(() => next);
    }

    [Theory]
    [InlineData("ErrorSubscriptionNotFound")]
    [InlineData("ErrorReadEventsFailed")]
    [InlineData("ErrorProxyRequestNotAllowed")]
    [InlineData("ErrorInvalidSubscription")]
    [InlineData("ErrorMailboxMoveInProgress")]
    [InlineData("ErrorMailboxStoreUnavailable")]
    [InlineData("ErrorInvalidWatermark")]
    [InlineData("ErrorMissedNotificationEvents")]
    public async Task A_subscription_is_lost_with_each_code_now_or_at_the_next_attempt(string code)
    {
        await using var lab = await LabServer.Start();
        var (here, there) = (await Subscribe(lab), await Subscribe(lab));
        using var stream = await lab.Open(here);
        await stream.Next();

        await lab.Act(HttpMethod.Post, "/subscriptions/fail", new { code, mailbox = LabServer.Anna });

        var now = (await stream.Next())!;
        now.Codes().ShouldBe([code]);
        now.All("ErrorSubscriptionIds").Single().Value.ShouldBe(here);
        now.Value("ConnectionStatus").ShouldBe("Closed");
        (await stream.Next()).ShouldBeNull();
        (await First(lab, there)).Codes().ShouldBe([code]);
        (await First(lab, there)).Codes().ShouldBe(["ErrorSubscriptionNotFound"]);
    }

    [Theory]
    [InlineData("ErrorSubscriptionAccessDenied")]
    [InlineData("ErrorExceededConnectionCount")]
    public async Task A_stream_is_refused_and_the_subscription_lives_on(string code)
    {
        await using var lab = await LabServer.Start();
        var id = await Subscribe(lab);
        await lab.Act(HttpMethod.Post, "/subscriptions/fail", new { code });

        (await First(lab, id)).Codes().ShouldBe([code]);
        (await First(lab, id)).Codes().ShouldBe(["NoError"]);
    }

    [Fact]
    public async Task A_full_mailbox_refuses_the_next_subscription()
    {
        await using var lab = await LabServer.Start("--Lab:SubscriptionsPerMailbox", "1");
        await lab.Act(HttpMethod.Post, "/subscriptions/fail",
            new { code = "ErrorExceededSubscriptionCount", mailbox = LabServer.Anna });

        (await lab.Ask(Wire.Subscribe(Kinds))).Codes().ShouldBe(["ErrorExceededSubscriptionCount"]);
        (await lab.Ask(Wire.Subscribe(Kinds))).Codes().ShouldBe(["NoError"]);
        (await lab.Ask(Wire.Subscribe(Kinds))).Codes().ShouldBe(["ErrorExceededSubscriptionCount"]);
        (await lab.Ask(Wire.Subscribe(Kinds), LabServer.Ben)).Codes().ShouldBe(["NoError"]);
    }

    [Fact]
    public async Task A_subscription_of_another_account_can_neither_be_heard_nor_ended()
    {
        await using var lab = await LabServer.Start();
        var id = await Subscribe(lab);
        await lab.Act(HttpMethod.Post, "/subscriptions/owner", new { account = "other@lab.example" });

        (await First(lab, id)).Codes().ShouldBe(["ErrorSubscriptionAccessDenied"]);
        (await lab.Ask($"<m:Unsubscribe><m:SubscriptionId>{id}</m:SubscriptionId></m:Unsubscribe>")).Codes()
            .ShouldBe(["ErrorSubscriptionAccessDenied"]);
    }

    [Fact]
    public async Task A_failure_of_some_subscriptions_can_come_with_a_sign_of_life_of_the_others()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/streams", new { mixed = true });
        var good = await Subscribe(lab);
        using var stream = await lab.Open(good, "bm9uZQ==");

        var mixed = (await stream.Next())!;

        var message = mixed.All("GetStreamingEventsResponseMessage").Single();
        message.Elements().Select(part => part.Name.LocalName).ShouldBe(
            ["MessageText", "ResponseCode", "DescriptiveLinkKey", "Notifications", "ErrorSubscriptionIds",
                "ConnectionStatus"]);
        mixed.All("Notification").Single().Value("SubscriptionId").ShouldBe(good);
    }

    [Fact]
    public async Task A_failure_can_leave_out_whom_it_is_about()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/streams", new { namesBad = false });

        var refusal = await First(lab, "bm9uZQ==");

        refusal.Codes().ShouldBe(["ErrorSubscriptionNotFound"]);
        refusal.All("ErrorSubscriptionIds").ShouldBeEmpty();
    }

    [Fact]
    public async Task More_than_200_subscriptions_are_too_many_for_a_stream()
    {
        await using var lab = await LabServer.Start();
        var ids = Enumerable.Range(0, 201).Select(number => "id" + number).ToArray();

        (await lab.AskForFault(Wire.Envelope(Wire.Stream(ids), null))).Codes()
            .ShouldBe(["ErrorSchemaValidation"]);
    }

    [Fact]
    public async Task A_client_that_does_not_keep_up_loses_its_subscriptions()
    {
        await using var lab = await LabServer.Start(new FastTime(), "--Lab:BacklogMax", "3");
        await lab.Act(HttpMethod.Put, "/faults", new { delayNotificationsMilliseconds = 1_000 });
        using var stream = await lab.Open(await Subscribe(lab));
        await stream.Next();

        await lab.Book();

        var codes = new List<string>();
        while (await stream.Next() is { } envelope)
        {
            codes.AddRange(envelope.Codes());
        }

        codes[^1].ShouldBe("ErrorInvalidSubscription");
        (await lab.Act(HttpMethod.Get, "/statistics")).GetProperty("subscriptions").GetInt32().ShouldBe(0);
    }

    [GeneratedRegex("^[0-9a-f]+\r$", RegexOptions.Multiline)]
    private static partial Regex ChunkHeads();

    private static async Task<XElement> First(LabServer lab, string id)
    {
        using var stream = await lab.Open(id);
        return (await stream.Next())!;
    }

    private static async Task<string> Subscribe(LabServer lab) =>
        (await lab.Ask(Wire.Subscribe(Kinds))).Value("SubscriptionId")!;
}
