using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Throttling;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Streams queue for their places rather than exceeding what the server allows.</summary>
public sealed class PlacesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task places_are_given_in_the_order_of_asking_and_never_more_than_there_are()
    {
        var places = new Places(1);
        var first = await places.Take(Cancellation);
        places.AreWanted.ShouldBeFalse();
        var second = places.Take(Cancellation);
        var third = places.Take(Cancellation);
        places.AreWanted.ShouldBeTrue();
        second.IsCompleted.ShouldBeFalse();

        first.Dispose();
        first.Dispose();
        var given = await second;
        third.IsCompleted.ShouldBeFalse();

        given.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task when_there_are_more_who_waits_gets_them_and_when_there_are_fewer_nobody_loses_his()
    {
        var places = new Places(1);
        await places.Take(Cancellation);
        var second = places.Take(Cancellation);
        places.Limit(3);
        await second;
        places.Limit(1);
        var third = places.Take(Cancellation);
        (await second).Dispose();
        third.IsCompleted.ShouldBeFalse();
        places.AreWanted.ShouldBeTrue();
    }

    [Fact]
    public async Task who_does_not_wait_any_longer_takes_no_place()
    {
        var places = new Places(1);
        var first = await places.Take(Cancellation);
        using var patience = new CancellationTokenSource();
        var impatient = places.Take(patience.Token);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => impatient);
        first.Dispose();
        (await places.Take(Cancellation)).Dispose();
    }

    [Fact]
    public async Task streams_wait_for_one_another_rather_than_being_too_many()
    {
        await using var server = await ScriptedExchange.Start();
        var atOnce = 0;
        var most = 0;
        server.On("Unsubscribe", Xml.Success("Unsubscribe", ""));
        server.On("GetStreamingEvents", async (http, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await ScriptedExchange.Write(http, Xml.Status("OK") + Xml.Status("Closed"));
            Interlocked.Decrement(ref atOnce);
        });
        var client = server.Client(settings => settings with { HangingConnections = 1 });
        server.On("Subscribe", async (http, arrived) =>
        {
            if (server.Arrived.Count == 1)
            {
                await Wanted(client);
            }

            await ScriptedExchange.Write(http, Subscription(arrived));
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            var signals = client.Watch([ScriptedExchange.Mailbox($"m{number}")], Cancellation);
            await signals.FirstAsync(signal => signal is CalendarSignal.Opened, Cancellation);
        }));

        most.ShouldBe(1);
        server.Arrived.First(arrived => arrived.Operation == "GetStreamingEvents").Body
            .ShouldContain("<m:ConnectionTimeout>5</m:ConnectionTimeout>");
    }

    [Theory]
    [InlineData("15.0.1497.48", 3)]
    [InlineData("15.2.1748.10", 10)]
    public async Task as_many_streams_are_open_as_the_server_s_version_allows(string version, int allowed)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("Subscribe", arrived => Xml.Says(version, Subscription(arrived)));
        server.On("Unsubscribe", Xml.Success("Unsubscribe", ""));
        server.On("GetStreamingEvents", async (http, _) =>
        {
            await ScriptedExchange.Write(http, Xml.Status("OK"));
            await ScriptedExchange.Silence(http);
        });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var client = server.Client();
        var opened = new SemaphoreSlim(0);
        var watches = Enumerable.Range(0, 12).Select(number => Task.Run(
            async () =>
            {
                var mailbox = ScriptedExchange.Mailbox($"m{number}");
                await foreach (var signal in client.Watch([mailbox], end.Token))
                {
                    if (signal is CalendarSignal.Opened)
                    {
                        opened.Release();
                    }
                }
            },
            Cancellation)).ToList();
        for (var stream = 0; stream < allowed; stream++)
        {
            (await opened.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).ShouldBeTrue();
        }

        await Wanted(client);
        server.Arrived.Count(arrived => arrived.Operation == "GetStreamingEvents").ShouldBe(allowed);
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(watches));
    }

    private static async Task Wanted(EwsCalendars client)
    {
        var pollEvery = TimeSpan.FromMilliseconds(2);
        var began = TimeProvider.System.GetTimestamp();
        while (!await AreWanted(client))
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(pollEvery, Cancellation);
        }
    }

    private static async Task<bool> AreWanted(EwsCalendars client)
    {
        var account = client.Client.AccountInUse;
        return (await client.Client.Streams(account, ["m0@example.org"], Cancellation)).AreWanted;
    }

    private static string Subscription(Arrived arrived) => Xml.Success(
        "Subscribe", $"<m:SubscriptionId>sub-{arrived.Impersonated.Split('@')[0]}</m:SubscriptionId>");
}
