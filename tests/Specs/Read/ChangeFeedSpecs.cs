using CsCheck;
using HybridCalendar.Host.Read;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Specs.Read;

/// <summary>What those hear who listen to changes.</summary>
public class ChangeFeedSpecs
{
    private static readonly Guid Ada = new("0c4e2f60-5ad1-8b7c-9d3e-6f1a2b3c4d5e");
    private static readonly Guid Ben = new("1d5f3071-6be2-8c8d-8e4f-7a2b3c4d5e6f");
    private static readonly Guid?[] Mailboxes = [Ada, Ben, null];

    private readonly ListedLog log = new();
    private readonly RingingTime time = new();
    private readonly ChangeFeed feed;

    public ChangeFeedSpecs() => feed = FeedOf(log, time);

    [Fact]
    public async Task Old_changes_come_from_the_record_and_new_ones_as_they_become_visible()
    {
        log.Append(Ada, 250);
        log.Show();
        await using var reader = new FeedReader(feed, start: 100, mailbox: null);
        await reader.Hear();
        reader.Changes.ShouldBe(Enumerable.Range(101, 150).Select(n => (long)n));

        log.Append(Ben, 3);
        await HandOut();
        await reader.Hear();
        reader.Changes.Count.ShouldBe(150);

        log.Show();
        await HandOut();
        await reader.HearUntil(253);
        reader.Changes.TakeLast(4).ShouldBe([250, 251, 252, 253]);
    }

    [Fact]
    public async Task Five_hundred_listeners_cost_one_query_and_each_change_is_put_into_words_once()
    {
        await using var readers = new Readers(
            [.. Enumerable.Range(0, 500).Select(_ => new FeedReader(feed, 0, Ada))]);
        await readers.Hear();
        log.Append(Ada, 5);
        log.Show();
        var (asked, pages) = (log.TimesAsked, log.PagesRead);

        await HandOut();
        await readers.HearUntil(5);

        (log.TimesAsked - asked, log.PagesRead - pages).ShouldBe((1, 1));
        log.TimesTold.ShouldBe(5);
    }

    [Fact]
    public async Task A_listener_that_cannot_keep_up_is_ended_and_resumes_where_it_was()
    {
        await using var slow = new FeedReader(feed, 0, mailbox: null);
        await using var quick = new FeedReader(feed, 0, mailbox: null);
        await slow.Hear();
        await quick.Hear();
        const int Count = FeedListener.InboxMax + 500;
        for (var change = 0; change < Count; change++)
        {
            log.Append(Ada);
            log.Show();
            await HandOut();
            await quick.HearUntil(log.Last);
        }

        await slow.HearUntil(FeedListener.InboxMax);
        slow.Changes.Count.ShouldBe(FeedListener.InboxMax);
        slow.Ends.ShouldBeEmpty();
        await slow.HearUntil(Count);

        slow.Ends.ShouldBe([EndReason.TooSlow]);
        slow.Changes.ShouldBe(log.After(0, null));
        quick.Ends.ShouldBeEmpty();
        quick.Changes.ShouldBe(log.After(0, null));
    }

    [Fact]
    public async Task Nothing_is_asked_while_nobody_listens()
    {
        using var end = new CancellationTokenSource();
        await feed.StartAsync(end.Token);
        time.Pass(TimeSpan.FromHours(1));
        log.TimesAsked.ShouldBe(0);
        await feed.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_listens_is_told_when_the_service_stops()
    {
        using var stopping = new CancellationTokenSource();
        using var listener = feed.Open(0, null);
        await using var heard = listener.Listen(stopping.Token, CancellationToken.None)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await heard.MoveNextAsync()).ShouldBeTrue();
        await stopping.CancelAsync();
        (await heard.MoveNextAsync()).ShouldBeTrue();
        heard.Current.ShouldBe(new Heard.Ended(EndReason.Stopping));
        (await heard.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_listener_is_woken_at_its_instant_and_not_before_however_far_it_is()
    {
        await using var reader = new FeedReader(feed, 0, Ada);
        await reader.Hear();
        reader.Listener.WakeAt(time.GetCurrentInstant() + Duration.FromHours(3));

        time.Pass(TimeSpan.FromHours(3) - TimeSpan.FromMilliseconds(1));
        reader.Listener.HasMore.ShouldBeFalse();
        time.Pass(TimeSpan.FromMilliseconds(1));
        await reader.HearWoken();

        reader.TimesWoken.ShouldBe(1);
        time.Pass(TimeSpan.FromDays(1));
        reader.Listener.HasMore.ShouldBeFalse();
    }

    /// <summary>
    /// How: changes are recorded, become visible and are handed out, and readers hear some of them, break and
    /// resume, all at random. In the end each has heard every change after its start that concerns it.
    /// </summary>
    [Fact]
    public Task Wherever_readers_begin_break_and_resume_each_hears_each_change_once_and_in_order() =>
        Gen.Select(Gen.Int[0, 300], GenReader.Array[1, 4], GenStep.Array[1, 40]).SampleAsync(
            async (recorded, starts, steps) =>
            {
                var record = new ListedLog();
                record.Append(Ada, recorded);
                record.Show();
                // Worlds are tried side by side: each has a clock of its own.
                var shared = FeedOf(record, new RingingTime());
                await using var readers = new Readers(
                [
                    .. starts.Select(reader => new FeedReader(
                        shared, recorded * reader.Part / 100, Mailboxes[reader.Who])),
                ]);
                foreach (var (what, which, count) in steps)
                {
                    var reader = readers[which % readers.Count];
                    await (what switch
                    {
                        0 => Do(() => record.Append(Mailboxes[which % 3], count)),
                        1 => Do(() => record.Show(count)),
                        2 => shared.HandOut(CancellationToken.None),
                        3 => reader.Hear(count),
                        _ => reader.DisposeAsync().AsTask(),
                    });
                }

                record.Append(null);
                record.Show();
                await readers.Hear();
                await shared.HandOut(CancellationToken.None);
                await readers.HearUntil(record.Last);
                foreach (var reader in readers)
                {
                    reader.Changes.ShouldBe(record.After(reader.Start, reader.Mailbox));
                }
            },
            iter: 300);

    private static readonly Gen<(int Part, int Who)> GenReader = Gen.Select(Gen.Int[0, 100], Gen.Int[0, 2]);

    private static readonly Gen<(int What, int Which, int Count)> GenStep =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 11], Gen.Int[1, 700]);

    private static ChangeFeed FeedOf(ListedLog record, RingingTime time) =>
        new(record, time, NullLogger<ChangeFeed>.Instance);

    private Task HandOut() => feed.HandOut(TestContext.Current.CancellationToken);

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private sealed class Readers(IReadOnlyList<FeedReader> all) : IAsyncDisposable
    {
        public int Count => all.Count;

        public FeedReader this[int index] => all[index];

        public IEnumerator<FeedReader> GetEnumerator() => all.GetEnumerator();

        public async Task Hear()
        {
            foreach (var reader in all)
            {
                await reader.Hear();
            }
        }

        public async Task HearUntil(long position)
        {
            foreach (var reader in all)
            {
                await reader.HearUntil(position);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var reader in all)
            {
                await reader.DisposeAsync();
            }
        }
    }
}
