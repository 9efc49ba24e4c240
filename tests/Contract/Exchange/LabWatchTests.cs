using HybridCalendar.Adapters.Exchange;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Watching calendars of a model of Exchange that behaves, over real HTTP.</summary>
public sealed class LabWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_change_is_signalled_for_the_calendar_in_which_it_is()
    {
        await using var lab = await LabExchange.Start();
        await using var watch = Watch(lab);
        await Until<CalendarSignal.Opened>(watch);
        var uid = await LabTests.SingleMeeting(lab);
        await lab.Do(HttpMethod.Patch, $"meetings/{uid}", new { subject = "Another one" });
        var changed = await Until<CalendarSignal.Changed>(watch);
        changed.Mailbox.ShouldBeOneOf(lab.Mailbox(LabExchange.Anna).Id, lab.Mailbox(LabExchange.Ben).Id);
    }

    [Fact]
    public async Task a_sign_of_life_is_signalled()
    {
        await using var lab = await LabExchange.Start();
        await lab.Do(HttpMethod.Post, "heartbeat", new { seconds = 0.2 });
        await using var watch = Watch(lab);
        await Until<CalendarSignal.Opened>(watch);
        await Until<CalendarSignal.Alive>(watch);
    }

    [Fact]
    public async Task a_stream_that_is_cut_is_opened_again_with_its_subscriptions()
    {
        await using var lab = await LabExchange.Start();
        await using var watch = Watch(lab);
        await Until<CalendarSignal.Opened>(watch);
        await lab.Do(HttpMethod.Post, "streams/cut");
        await Until<CalendarSignal.Interrupted>(watch);
        await Until<CalendarSignal.Opened>(watch);
        (await Requests(lab, "Subscribe")).ShouldBe(2);
    }

    [Fact]
    public async Task subscriptions_that_the_server_forgets_are_made_anew()
    {
        await using var lab = await LabExchange.Start();
        await using var watch = Watch(lab);
        await Until<CalendarSignal.Opened>(watch);
        await lab.Do(HttpMethod.Post, "subscriptions/forget");
        await lab.Do(HttpMethod.Post, "streams/cut");
        await Until<CalendarSignal.Interrupted>(watch);
        await Until<CalendarSignal.Opened>(watch);
        (await Requests(lab, "Subscribe")).ShouldBe(4);
    }

    [Fact]
    public async Task a_mailbox_that_does_not_exist_is_told_and_the_others_are_watched()
    {
        await using var lab = await LabExchange.Start();
        await using var watch = Watch(lab, "nobody@lab.example");
        var refused = await Until<CalendarSignal.Refused>(watch);
        refused.ShouldBe(
            new CalendarSignal.Refused(lab.Mailbox("nobody@lab.example").Id, "ErrorNonExistentMailbox"));
        (await Until<CalendarSignal.Opened>(watch)).Mailboxes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task when_watching_ends_the_subscriptions_are_given_back()
    {
        await using var lab = await LabExchange.Start();
        await using (var watch = Watch(lab))
        {
            await Until<CalendarSignal.Opened>(watch);
        }

        (await lab.Get("statistics")).GetProperty("subscriptions").GetInt32().ShouldBe(0);
    }

    private static IAsyncEnumerator<CalendarSignal> Watch(LabExchange lab, params string[] others)
    {
        var group = others.Append(LabExchange.Anna).Append(LabExchange.Ben).Select(lab.Mailbox).ToList();
        return lab.Calendars.Watch(group, Cancellation).GetAsyncEnumerator(Cancellation);
    }

    private static async Task<T> Until<T>(IAsyncEnumerator<CalendarSignal> watch)
        where T : CalendarSignal
    {
        do
        {
            (await watch.MoveNextAsync().AsTask().WaitAsync(Patience, Cancellation)).ShouldBeTrue();
        }
        while (watch.Current is not T);
        return (T)watch.Current;
    }

    private static async Task<int> Requests(LabExchange lab, string operation) =>
        (await lab.Get("statistics")).GetProperty("requests").GetProperty(operation).GetInt32();
}
