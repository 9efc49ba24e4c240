using System.Net;
using System.Text;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves the faults that strike one mailbox, one item, or the account.</summary>
public sealed class FaultTests
{
    private const double Share = 0.3;

    [Fact]
    public async Task A_failing_mailbox_is_a_bad_gateway_for_every_operation_and_others_are_served()
    {
        await using var lab = await LabServer.Start();
        string[] failingMailboxes = ["BEN.okafor@lab.example"];
        await lab.Act(HttpMethod.Put, "/faults", new { failingMailboxes });
        string[] operations =
        [
            Wire.FindPage(0, 1), Wire.Sync(""), Wire.Subscribe("CreatedEvent"), Wire.Stream("bm9uZQ=="),
            Wire.Oof(LabServer.Ben),
        ];
        foreach (var operation in operations)
        {
            using var content = new StringContent(
                Wire.Envelope(operation, LabServer.Ben), Encoding.UTF8, "text/xml");
            using var reply = await lab.Http.PostAsync("/EWS/Exchange.asmx", content, LabServer.Stop);

            reply.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
            reply.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        }

        (await lab.Ask(Wire.FindPage(0, 1))).Codes().ShouldBe(["NoError"]);
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_cannot_fail()
    {
        await using var lab = await LabServer.Start();
        using var content = new StringContent(
            "{\"failingMailboxes\":[\"nobody@lab.example\"]}", Encoding.UTF8, "application/json");

        using var reply = await lab.Http.PutAsync("/lab/faults", content, LabServer.Stop);

        reply.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Poison_items_are_errors_of_their_own_in_batches_and_alone()
    {
        await using var lab = await LabServer.Start();
        var ids = (await lab.Ask(Wire.FindPage(0, 1000))).ItemIds().ToList();
        await lab.Act(HttpMethod.Put, "/faults", new { poisonItems = Share });

        var codes = (await lab.Ask(Wire.GetItem(string.Concat(ids.Select(Wire.ItemId))))).Codes().ToList();

        codes.Count.ShouldBe(ids.Count);
        codes.Distinct().ShouldBe(["NoError", "ErrorInternalServerError"], ignoreOrder: true);
        foreach (var (id, code) in ids.Zip(codes))
        {
            (await lab.Ask(Wire.GetItem(Wire.ItemId(id)))).Codes().ShouldBe([code]);
        }
    }

    [Fact]
    public async Task A_refused_logon_refuses_everything_until_it_is_taken_back()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/faults", new { refuseLogon = true });
        using (var reply = await lab.Http.GetAsync("/EWS/Exchange.asmx", LabServer.Stop))
        {
            reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            reply.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Basic");
        }

        using var content = new StringContent(
            Wire.Envelope(Wire.FindPage(0, 1), LabServer.Anna), Encoding.UTF8, "text/xml");
        using (var reply = await lab.Http.PostAsync("/EWS/Exchange.asmx", content, LabServer.Stop))
        {
            reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        await lab.Act(HttpMethod.Put, "/faults", new { });
        (await lab.Ask(Wire.FindPage(0, 1))).Codes().ShouldBe(["NoError"]);
    }
}
