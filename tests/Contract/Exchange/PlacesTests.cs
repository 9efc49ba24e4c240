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
}
