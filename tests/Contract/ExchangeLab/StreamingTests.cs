using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that streams tell what happens while they are open, and lose everything else.</summary>
public sealed class StreamingTests
{
    private static readonly string[] Kinds = ["CreatedEvent", "ModifiedEvent", "MovedEvent", "DeletedEvent"];

    [Fact]
    public async Task The_first_envelope_comes_at_once_and_a_booking_is_told_with_the_id_that_sync_gives()
    {
        await using var lab = await LabServer.Start();
        var id = await Subscribe(lab);
        using var stream = await lab.Open(id);

        (await stream.Next())!.Value("ConnectionStatus").ShouldBe("OK");
        await lab.Book();

        var told = (await stream.Next())!;
        told.Value("SubscriptionId").ShouldBe(id);
        var created = told.All("CreatedEvent").First();
        var item = created.Element(Wire.T + "ItemId")!.Attribute("Id")!.Value;
        var synced = await lab.Ask(Wire.Sync("", 1));
        synced.ItemIds().ShouldBe([item]);
    }

    [Fact]
    public async Task A_deletion_is_told_as_a_move_out_of_the_calendar()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        using var stream = await lab.Open(await Subscribe(lab));
        await stream.Next();

        await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/delete", new { uid });

        var moved = (await stream.Next())!.All("MovedEvent").Single();
        moved.Elements().Select(part => part.Name.LocalName).ShouldBe(
            ["TimeStamp", "ItemId", "ParentFolderId", "OldItemId", "OldParentFolderId"]);
    }

    [Fact]
    public async Task What_happens_while_no_connection_is_attached_is_lost()
    {
        await using var lab = await LabServer.Start();
        var id = await Subscribe(lab);
        await lab.Book();
        using var stream = await lab.Open(id);
        await stream.Next();

        var uid = await lab.Book();

        var told = (await stream.Next())!;
        told.All("CreatedEvent").Count().ShouldBe(1);
        (await lab.Item(uid)).Value("UID").ShouldBe(uid);
    }

    [Fact]
    public async Task A_cut_breaks_the_stream_without_a_last_envelope_and_the_subscription_lives_on()
    {
        await using var lab = await LabServer.Start();
        var id = await Subscribe(lab);
        using var stream = await lab.Open(id);
        await stream.Next();

        await lab.Act(HttpMethod.Post, "/streams/cut");

        await Should.ThrowAsync<IOException>(stream.Next);
        using var again = await lab.Open(id);
        (await again.Next())!.Value("ConnectionStatus").ShouldBe("OK");
    }

    [Fact]
    public async Task An_unknown_subscription_is_named_and_ends_the_stream()
    {
        await using var lab = await LabServer.Start();
        var good = await Subscribe(lab);
        using var stream = await lab.Open(good, "bm9uZQ==");

        var error = (await stream.Next())!;

        error.Codes().ShouldBe(["ErrorSubscriptionNotFound"]);
        error.All("ErrorSubscriptionIds").Single().Elements().Single().Value.ShouldBe("bm9uZQ==");
        error.Value("ConnectionStatus").ShouldBe("Closed");
        (await stream.Next()).ShouldBeNull();
    }

    [Fact]
    public async Task Forgotten_subscriptions_end_their_stream_with_an_error()
    {
        await using var lab = await LabServer.Start();
        using var stream = await lab.Open(await Subscribe(lab));
        await stream.Next();

        await lab.Act(HttpMethod.Post, "/subscriptions/forget");

        (await stream.Next())!.Codes().ShouldBe(["ErrorSubscriptionNotFound"]);
    }

    [Fact]
    public async Task A_silent_stream_shows_signs_of_life_at_the_interval_that_is_set()
    {
        await using var lab = await LabServer.Start();
        using var stream = await lab.Open(await Subscribe(lab));
        await stream.Next();

        await lab.Act(HttpMethod.Post, "/heartbeat", new { seconds = 0.1 });

        (await stream.Next())!.All("StatusEvent").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_stream_closes_after_its_timeout_and_its_subscription_can_be_attached_again()
    {
        await using var lab = await LabServer.Start(new FastTime());
        var id = await Subscribe(lab);
        using var stream = await lab.Open(id);
        var said = new List<string?>();
        while (await stream.Next() is { } envelope)
        {
            said.Add(envelope.Value("ConnectionStatus")
                ?? envelope.All("StatusEvent").First().Name.LocalName);
        }

        said.ShouldBe(["OK", "StatusEvent", "Closed"]);
        using var again = await lab.Open(id);
        (await again.Next())!.Value("ConnectionStatus").ShouldBe("OK");
    }

    [Fact]
    public async Task One_connection_carries_the_subscriptions_of_many_mailboxes()
    {
        await using var lab = await LabServer.Start();
        var anna = await Subscribe(lab);
        var ben = await Subscribe(lab, LabServer.Ben);
        using var stream = await lab.Open(anna, ben);
        await stream.Next();

        await lab.Book();

        var told = new HashSet<string>();
        while (told.Count < 2)
        {
            told.UnionWith((await stream.Next())!.All("SubscriptionId").Select(id => id.Value));
        }

        told.ShouldBe([anna, ben], ignoreOrder: true);
    }

    [Fact]
    public async Task Unsubscribing_twice_finds_nothing_the_second_time()
    {
        await using var lab = await LabServer.Start();
        var id = await Subscribe(lab);
        var request = $"<m:Unsubscribe><m:SubscriptionId>{id}</m:SubscriptionId></m:Unsubscribe>";

        (await lab.Ask(request)).Codes().ShouldBe(["NoError"]);
        (await lab.Ask(request)).Codes().ShouldBe(["ErrorSubscriptionNotFound"]);
    }

    [Fact]
    public async Task Dropped_notifications_never_arrive_and_doubled_ones_arrive_twice()
    {
        await using var lab = await LabServer.Start();
        using var stream = await lab.Open(await Subscribe(lab));
        await stream.Next();
        await lab.Act(HttpMethod.Put, "/faults", new { dropNotifications = 1.0 });
        await lab.Book();
        await lab.Act(HttpMethod.Put, "/faults", new { doubleNotifications = 1.0 });

        await lab.Book();

        var created = new List<XElement>();
        while (created.Count < 2)
        {
            created.AddRange((await stream.Next())!.All("CreatedEvent"));
        }

        created.Select(one => one.ToString()).Distinct().Count().ShouldBe(1);
    }

    private static async Task<string> Subscribe(LabServer lab, string mailbox = LabServer.Anna)
    {
        var reply = await lab.Ask(Wire.Subscribe(Kinds), mailbox);
        return reply.Value("SubscriptionId")!;
    }
}
