namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves the limits of subscriptions and streams.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_subscription_without_a_connection_ends_after_five_minutes()
    {
        var time = new SteppedTime();
        await using var lab = await LabServer.Start(time);
        var lost = await Subscribe(lab);
        time.Advance(TimeSpan.FromMinutes(4));
        var late = await Subscribe(lab);
        time.Advance(TimeSpan.FromMinutes(1));

        using var stream = await lab.Open(lost, late);

        var refusal = (await stream.Next())!;
        refusal.Codes().ShouldBe(["ErrorSubscriptionNotFound"]);
        refusal.All("ErrorSubscriptionIds").Single().Elements().Single().Value.ShouldBe(lost);
        (await lab.Act(HttpMethod.Get, "/statistics")).GetProperty("subscriptions").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_subscription_with_a_connection_lives_on()
    {
        var time = new SteppedTime();
        await using var lab = await LabServer.Start(time);
        var id = await Subscribe(lab);
        using var stream = await lab.Open(id);
        await stream.Next();

        time.Advance(TimeSpan.FromHours(1));

        (await lab.Act(HttpMethod.Get, "/statistics")).GetProperty("subscriptions").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task An_account_holds_no_more_streams_than_its_limit()
    {
        await using var lab = await LabServer.Start("--Lab:HangingConnections", "2");
        using var first = await lab.Open(await Subscribe(lab));
        using var second = await lab.Open(await Subscribe(lab));
        await first.Next();
        await second.Next();

        using (var third = await lab.Open(await Subscribe(lab)))
        {
            var refusal = (await third.Next())!;
            refusal.Codes().ShouldBe(["ErrorExceededConnectionCount"]);
            refusal.Value("ConnectionStatus").ShouldBe("Closed");
            (await third.Next()).ShouldBeNull();
        }

        await lab.Act(HttpMethod.Post, "/streams/cut");
        using var again = await lab.Open(await Subscribe(lab));
        (await again.Next())!.Value("ConnectionStatus").ShouldBe("OK");
    }

    [Fact]
    public async Task A_stream_in_the_name_of_a_mailbox_counts_against_that_mailbox()
    {
        await using var lab = await LabServer.Start("--Lab:HangingConnections", "1");
        using var client = new AffineClient(lab);
        using var service = await lab.Open(await Subscribe(lab));
        await service.Next();
        var (id, cookie) = await client.Subscribe(LabServer.Ben, LabServer.Ben);

        using var reply = await client.Send(Wire.Stream(id), LabServer.Ben, LabServer.Ben, cookie);
        using var stream = new EnvelopeReader(reply, await reply.Content.ReadAsStreamAsync(LabServer.Stop));

        (await stream.Next())!.Value("ConnectionStatus").ShouldBe("OK");
    }

    private static async Task<string> Subscribe(LabServer lab) =>
        (await lab.Ask(Wire.Subscribe("CreatedEvent"))).Value("SubscriptionId")!;
}
