using System.Threading.Channels;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>
/// A mailbox that moves to another address is found there, has its stream there, and nothing is lost.
/// </summary>
public sealed class MoveTests : IAsyncLifetime
{
    private const string Old = "https://mail.lab.example/EWS/Exchange.asmx";
    private const string New = "https://new.lab.example/site2/EWS/Exchange.asmx";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly WatchedMailbox anna =
        ScriptedExchange.Mailbox("anna") with { Address = LabExchange.Anna };

    private readonly WatchedMailbox ben =
        ScriptedExchange.Mailbox("ben") with { Address = LabExchange.Ben };

    private readonly ManualTime time = new();
    private readonly Channel<CalendarSignal> signals = Channel.CreateUnbounded<CalendarSignal>();
    private LabInternet lab = null!;

    public async ValueTask InitializeAsync() => lab = await LabInternet.Start();

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task a_mailbox_that_moved_is_streamed_and_looked_at_where_it_is_now()
    {
        var calendars = lab.Internet.Calendars(time: time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Internet.Stop);
        var streaming = Stream(calendars, end.Token, anna, ben);
        await Opened(anna, ben);
        var cursor = (await Read(calendars, null)).Cursor;

        await lab.Do(anna.Address, "move/start", new { });
        (await Next<CalendarSignal.Moved>(_ => true)).Mailboxes.ShouldBe([anna.Id]);
        await Book("Held while the mailbox moves");
        await lab.Do(anna.Address, "move/finish", new { ewsUrl = New });
        (await calendars.ReadChanges(anna, cursor, [], Internet.Stop))
            .ShouldBeOfType<Reply<CalendarPage>.Refused>().Code.ShouldBe("ErrorCrossSiteRequest");

        time.Pass(TimeSpan.FromHours(1));
        (await calendars.Locate([anna], Internet.Stop))[anna.Id]
            .ShouldBeOfType<Discovery.Located>().Location.Url.ShouldBe(new Uri(New));
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => streaming);
        using var endThere = CancellationTokenSource.CreateLinkedTokenSource(Internet.Stop);
        streaming = Stream(calendars, endThere.Token, anna);
        await Opened(anna);
        lab.Internet.Shown.Last().ShouldBe("new.lab.example");

        var missed = await Read(calendars, cursor);
        missed.Items.Count(item => item is ItemRead.Meeting).ShouldBe(1);
        await Book("Held after the move");
        await Next<CalendarSignal.Changed>(changed => changed.Mailbox == anna.Id);
        (await Read(calendars, missed.Cursor)).Items.Count(item => item is ItemRead.Meeting).ShouldBe(1);

        await endThere.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => streaming);
    }

    [Fact]
    public async Task where_the_address_is_set_a_move_is_a_pause_and_the_other_mailboxes_go_on()
    {
        var calendars = lab.Internet.Calendars(settings => settings with
        {
            Url = new Uri(Old),
            FirstPause = TimeSpan.FromMilliseconds(10),
            LongestPause = TimeSpan.FromMilliseconds(50),
        }, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Internet.Stop);
        var streaming = Stream(calendars, end.Token, anna, ben);
        await Opened(anna, ben);
        var cursor = (await Read(calendars, null)).Cursor;

        await lab.Do(anna.Address, "move/start", new { });
        await Opened(ben);
        await Book("Held while the mailbox moves");
        var refused = (await calendars.ReadChanges(anna, cursor, [], Internet.Stop))
            .ShouldBeOfType<Reply<CalendarPage>.Refused>();
        refused.Reaction.ShouldBe(Reaction.AwaitMove);
        await lab.Do(anna.Address, "move/finish", new { backEnd = 2 });
        time.Pass(TimeSpan.FromMinutes(5));
        await lab.Send(HttpMethod.Post, "streams/cut", new { });

        await Opened(anna, ben);
        (await Read(calendars, cursor)).Items.Count(item => item is ItemRead.Meeting).ShouldBe(1);
        lab.Internet.Shown.ShouldAllBe(host => host == "mail.lab.example");

        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => streaming);
    }

    private async Task Stream(
        EwsCalendars calendars, CancellationToken cancellation, params WatchedMailbox[] group)
    {
        await foreach (var signal in calendars.Watch(group, cancellation))
        {
            signals.Writer.TryWrite(signal);
        }
    }

    private Task<CalendarSignal.Opened> Opened(params WatchedMailbox[] mailboxes) =>
        Next<CalendarSignal.Opened>(opened => opened.Mailboxes.ToHashSet()
            .SetEquals(mailboxes.Select(mailbox => mailbox.Id)));

    private async Task<T> Next<T>(Func<T, bool> isMeant)
        where T : CalendarSignal
    {
        while (true)
        {
            var signal = await signals.Reader.ReadAsync(Internet.Stop).AsTask().WaitAsync(Patience);
            if (signal is T meant && isMeant(meant))
            {
                return meant;
            }
        }
    }

    private async Task<CalendarPage> Read(EwsCalendars calendars, string? cursor)
    {
        var items = new List<ItemRead>();
        while (true)
        {
            var reply = await calendars.ReadChanges(anna, cursor, [], Internet.Stop);
            var page = reply.ShouldBeOfType<Reply<CalendarPage>.Answer>().Value;
            items.AddRange(page.Items);
            cursor = page.Cursor;
            if (page.IsLast)
            {
                return page with { Items = items };
            }
        }
    }

    private Task Book(string subject) => lab.Send(HttpMethod.Post, "meetings", new
    {
        organizer = anna.Address,
        subject,
        start = "2026-11-25T09:00:00Z",
        end = "2026-11-25T10:00:00Z",
    });
}
