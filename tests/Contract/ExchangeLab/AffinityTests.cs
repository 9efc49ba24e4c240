using System.Net;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that a subscription lives on one back end, to which only its cookie leads.</summary>
public sealed class AffinityTests
{
    private const string NotFound = "ErrorSubscriptionNotFound";

    [Fact]
    public async Task The_first_subscription_of_a_group_sets_a_cookie_and_the_others_do_not()
    {
        await using var lab = await LabServer.Start();
        using var client = new AffineClient(lab);

        var (_, cookie) = await client.Subscribe(LabServer.Anna, LabServer.Anna);
        var (_, again) = await client.Subscribe(LabServer.Ben, LabServer.Anna, cookie);
        var (_, without) = await client.Subscribe(LabServer.Ben, LabServer.Anna, prefersAffinity: false);

        cookie.ShouldNotBeNull().ShouldStartWith("X-BackEndOverrideCookie=");
        again.ShouldBeNull();
        without.ShouldBeNull();
    }

    [Fact]
    public async Task One_cookie_holds_a_group_together_whose_mailboxes_live_apart()
    {
        await using var lab = await LabServer.Start();
        using var client = new AffineClient(lab);
        var (one, other) = await Apart(client);
        var (first, cookie) = await client.Subscribe(one, one);
        var (second, _) = await client.Subscribe(other, other, cookie);

        using var stream = await client.Open(other, cookie, first, second);

        (await stream.Next())!.Value("ConnectionStatus").ShouldBe("OK");
    }

    [Fact]
    public async Task Without_the_cookie_or_with_anothers_a_subscription_is_not_found_and_lives_on()
    {
        await using var lab = await LabServer.Start();
        using var client = new AffineClient(lab);
        var (one, other) = await Apart(client);
        var (first, cookie) = await client.Subscribe(one, one);
        var (second, otherCookie) = await client.Subscribe(other, other);

        otherCookie.ShouldNotBe(cookie);
        using (var stream = await client.Open(other, null, first, second))
        {
            var refusal = (await stream.Next())!;
            refusal.Codes().ShouldBe([NotFound]);
            refusal.All("ErrorSubscriptionIds").Single().Elements().Single().Value.ShouldBe(first);
            (await stream.Next()).ShouldBeNull();
        }

        using (var stream = await client.Open(one, otherCookie, first))
        {
            (await stream.Next())!.Codes().ShouldBe([NotFound]);
        }

        (await client.Unsubscribe(first, other, null)).ShouldBe(NotFound);
        (await client.Unsubscribe(first, other, cookie)).ShouldBe("NoError");
    }

    [Fact]
    public async Task A_fail_over_cuts_streams_and_drops_subscriptions_of_its_back_end_but_no_sync_state()
    {
        await using var lab = await LabServer.Start();
        using var client = new AffineClient(lab);
        var (one, other) = await Apart(client);
        var (first, cookie) = await client.Subscribe(one, one);
        var (second, otherCookie) = await client.Subscribe(other, other);
        var state = (await lab.Ask(Wire.Sync(""))).Value("SyncState")!;
        using var stream = await client.Open(one, cookie, first);
        using var untouched = await client.Open(other, otherCookie, second);
        await stream.Next();
        await untouched.Next();

        await lab.Act(HttpMethod.Post, $"/back-ends/{NumberOf(cookie)}/fail-over");

        await Should.ThrowAsync<IOException>(stream.Next);
        using var again = await client.Open(one, cookie, first);
        (await again.Next())!.Codes().ShouldBe([NotFound]);
        (await lab.Act(HttpMethod.Get, "/statistics")).GetProperty("openStreams").GetInt32().ShouldBe(1);
        (await lab.Ask(Wire.Sync(state))).Codes().ShouldBe(["NoError"]);
        var (fresh, _) = await client.Subscribe(one, one, cookie);
        using var anew = await client.Open(one, cookie, fresh);
        (await anew.Next())!.Value("ConnectionStatus").ShouldBe("OK");
    }

    [Fact]
    public async Task A_dead_back_end_is_unavailable_to_its_cookie_until_it_is_revived()
    {
        await using var lab = await LabServer.Start();
        using var client = new AffineClient(lab);
        var (_, cookie) = await client.Subscribe(LabServer.Anna, LabServer.Anna);
        var number = NumberOf(cookie);
        await lab.Act(HttpMethod.Post, $"/back-ends/{number}/die");

        using (var reply = await client.Send(
            Wire.Subscribe("CreatedEvent"), LabServer.Anna, LabServer.Anna, cookie))
        {
            reply.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            reply.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        }

        var (_, elsewhere) = await client.Subscribe(LabServer.Anna, LabServer.Anna);
        elsewhere.ShouldNotBe(cookie);
        await lab.Act(HttpMethod.Post, $"/back-ends/{number}/revive");
        (await client.Subscribe(LabServer.Anna, LabServer.Anna, cookie)).Id.ShouldNotBeNull();
    }

    [Fact]
    public async Task There_are_two_back_ends()
    {
        await using var lab = await LabServer.Start();

        using var reply = await lab.Http.PostAsync("/lab/back-ends/3/die", null, LabServer.Stop);

        reply.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await reply.Content.ReadAsStringAsync(LabServer.Stop)).ShouldContain("give 1 or 2");
    }

    private static char NumberOf(string? cookie) => cookie![^1];

    /// <summary>Two mailboxes that are routed to different back ends.</summary>
    private static async Task<(string One, string Other)> Apart(AffineClient client)
    {
        string[] candidates = [LabServer.Anna, LabServer.Ben, LabServer.Carla, LabServer.Room];
        var homes = new List<(string Mailbox, string? Cookie)>();
        foreach (var mailbox in candidates)
        {
            homes.Add((mailbox, (await client.Subscribe(mailbox, mailbox)).Cookie));
        }

        var other = homes.First(home => home.Cookie != homes[0].Cookie);
        return (homes[0].Mailbox, other.Mailbox);
    }
}
