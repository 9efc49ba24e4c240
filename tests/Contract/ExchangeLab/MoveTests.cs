using System.Net;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves what a mailbox's move to another database or site looks like.</summary>
public sealed class MoveTests
{
    private const string Elsewhere = "/site2/EWS/Exchange.asmx";

    [Fact]
    public async Task While_it_moves_a_mailbox_cannot_be_opened_and_others_can()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/move/start");
        string[] operations =
        [
            Wire.Sync("", 1), Wire.FindPage(0, 1), Wire.GetItem(Wire.ItemId("x")),
            Wire.Subscribe("CreatedEvent"), Wire.Oof(LabServer.Anna),
        ];
        foreach (var operation in operations)
        {
            var (status, reply) = await lab.Post(Wire.Envelope(operation, LabServer.Anna));
            status.ShouldBe(HttpStatusCode.OK);
            reply.Codes().ShouldBe(["ErrorMailboxMoveInProgress"]);
        }

        (await lab.Ask(Wire.Sync("", 1), LabServer.Ben)).Codes().ShouldBe(["NoError"]);
    }

    [Fact]
    public async Task A_stream_tells_that_the_move_has_started_and_ends()
    {
        await using var lab = await LabServer.Start();
        var id = (await lab.Ask(Wire.Subscribe("CreatedEvent"))).Value("SubscriptionId")!;
        using var stream = await lab.Open(id);
        await stream.Next();

        await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/move/start");

        var last = (await stream.Next())!;
        last.Codes().ShouldBe(["ErrorInvalidSubscription"]);
        last.Value("MessageText")!.ShouldContain("MailboxMoveStarted");
        last.Value("ConnectionStatus").ShouldBe("Closed");
    }

    [Fact]
    public async Task A_moved_mailbox_keeps_its_items_and_sync_states_on_another_back_end()
    {
        await using var lab = await LabServer.Start();
        using var client = new AffineClient(lab);
        var state = (await lab.Ask(Wire.Sync(""))).Value("SyncState")!;
        var uid = await lab.Book();
        await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/move/start");

        var homes = new List<string>();
        foreach (var backEnd in new[] { 1, 2 })
        {
            await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/move/finish",
                new { backEnd, groupingInformation = "Site-B" });
            using var reply = await client.Send(Wire.Sync(state), LabServer.Anna, LabServer.Anna, null);
            homes.Add(reply.Headers.GetValues("X-BEServer").Single());
        }

        homes.ShouldBe(["MBX01", "MBX02"]);
        (await lab.Ask(Wire.Sync(state))).All("Create").Count().ShouldBe(1);
        (await lab.Item(uid)).Value("Subject").ShouldBe("Tea");
        (await lab.Act(HttpMethod.Get, $"/mailboxes/{LabServer.Anna}/site"))
            .GetProperty("groupingInformation").GetString().ShouldBe("Site-B");
    }

    [Fact]
    public async Task A_mailbox_that_moved_to_another_address_is_served_there_only()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/move/start");
        await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/move/finish",
            new { ewsUrl = new Uri(lab.Http.BaseAddress!, Elsewhere) });

        (await lab.Ask(Wire.Sync("", 1))).Codes().ShouldBe(["ErrorCrossSiteRequest"]);
        var (status, reply) = await lab.Post(Wire.Envelope(Wire.Sync("", 1), LabServer.Anna), Elsewhere);

        status.ShouldBe(HttpStatusCode.OK);
        reply.Codes().ShouldBe(["NoError"]);
        (await lab.Ask(Wire.Sync("", 1), LabServer.Ben)).Codes().ShouldBe(["NoError"]);
    }
}
