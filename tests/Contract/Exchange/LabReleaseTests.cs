using HybridCalendar.Adapters.Exchange;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Every release of Exchange, and every loss of a subscription, as a server with behaviour has
/// them.</summary>
public sealed class LabReleaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2013")]
    [InlineData("2016")]
    [InlineData("2019")]
    [InlineData("SE")]
    public async Task a_calendar_is_read_and_watched_on_every_release(string release)
    {
        await using var lab = await LabExchange.Start(release);

        (await lab.ReadAll(LabExchange.Anna)).Items.ShouldContain(item => item is ItemRead.Meeting);

        (await Watch(lab).FirstAsync(Cancellation)).ShouldBeOfType<CalendarSignal.Opened>();
    }

    [Fact]
    public async Task a_server_that_is_replaced_by_an_older_or_newer_one_is_asked_as_it_can_be()
    {
        await using var lab = await LabExchange.Start("SE");
        var (items, _) = await lab.ReadAll(LabExchange.Anna);
        foreach (var release in new[] { "2013", "2019", "2016", "SE" })
        {
            await lab.Do(HttpMethod.Put, "server", new { version = release });
            (await lab.ReadAll(LabExchange.Anna)).Items.Count.ShouldBe(items.Count, release);
        }
    }

    [Theory]
    [InlineData("ErrorSubscriptionNotFound", 2)]
    [InlineData("ErrorReadEventsFailed", 2)]
    [InlineData("ErrorProxyRequestNotAllowed", 2)]
    [InlineData("ErrorInvalidWatermark", 2)]
    [InlineData("ErrorMissedNotificationEvents", 2)]
    [InlineData("ErrorSubscriptionAccessDenied", 2)]
    [InlineData("ErrorInvalidSubscription", 1)]
    [InlineData("ErrorMailboxMoveInProgress", 1)]
    [InlineData("ErrorMailboxStoreUnavailable", 1)]
    public async Task whatever_a_subscription_is_lost_by_the_group_is_watched_again(string code, int watched)
    {
        await using var lab = await LabExchange.Start();
        await using var watch = Watch(lab).GetAsyncEnumerator(Cancellation);
        await Next<CalendarSignal.Opened>(watch);

        var lost = new { code, mailbox = LabExchange.Ben };
        await lab.Do(HttpMethod.Post, "subscriptions/fail", lost);

        await Next<CalendarSignal.Interrupted>(watch);
        (await Next<CalendarSignal.Opened>(watch)).Mailboxes.Count.ShouldBe(watched);
    }

    private static IAsyncEnumerable<CalendarSignal> Watch(LabExchange lab) => lab.Calendars.Watch(
        [lab.Mailbox(LabExchange.Anna), lab.Mailbox(LabExchange.Ben)], Cancellation);

    private static async Task<T> Next<T>(IAsyncEnumerator<CalendarSignal> watch)
        where T : CalendarSignal
    {
        while (await watch.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), Cancellation))
        {
            if (watch.Current is T found)
            {
                return found;
            }
        }

        throw new System.Diagnostics.UnreachableException("A watch ended.");
    }
}
