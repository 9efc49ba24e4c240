using HybridCalendar.Host.Read;

namespace HybridCalendar.Specs.Read;

/// <summary>Listens as a browser does: keeps the last id that it saw, and resumes with it.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly ChangeFeed feed;
    private CancellationTokenSource? gone;
    private FeedListener? listener;
    private IAsyncEnumerator<Heard>? items;
    private Task<bool>? next;

    public FeedReader(ChangeFeed feed, long start, Guid? mailbox) =>
        (this.feed, Start, LastId, Mailbox) = (feed, start, start, mailbox);

    public long Start { get; }

    public Guid? Mailbox { get; }

    /// <summary>The positions of all changes that were heard.</summary>
    public List<long> Changes { get; } = [];

    /// <summary>Why it ended, each time it did.</summary>
    public List<string> Ends { get; } = [];

    public int TimesWoken { get; private set; }

    /// <summary>What an event's id said last.</summary>
    public long LastId { get; private set; }

    public FeedListener Listener => listener!;

    private bool HasMore => next is null || next.IsCompleted || Listener.HasMore;

    /// <summary>Hears at most so much of what is there.</summary>
    public async Task Hear(int most = int.MaxValue)
    {
        Open();
        for (; most > 0 && HasMore; most--)
        {
            await Next();
        }
    }

    /// <summary>Listens until there is nothing between it and a position.</summary>
    public async Task HearUntil(long position)
    {
        Open();
        while (LastId < position)
        {
            await Next();
        }
    }

    /// <summary>Listens until it is woken.</summary>
    public async Task HearWoken()
    {
        Open();
        for (var before = TimesWoken; TimesWoken == before;)
        {
            await Next();
        }
    }

    /// <summary>The connection breaks.</summary>
    public async ValueTask DisposeAsync()
    {
        if (items is null)
        {
            return;
        }

        await gone!.CancelAsync();
        await (next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await items.DisposeAsync();
        listener!.Dispose();
        gone.Dispose();
        (items, next) = (null, null);
    }

    private void Open()
    {
        if (items is null)
        {
            gone = new CancellationTokenSource();
            listener = feed.Open(LastId, Mailbox);
            items = listener.Listen(CancellationToken.None, gone.Token)
                .GetAsyncEnumerator(CancellationToken.None);
            next = items.MoveNextAsync().AsTask();
        }
    }

    private async Task Next()
    {
        if (!await next!.WaitAsync(Limit))
        {
            await DisposeAsync();
            Open();
            return;
        }

        switch (items!.Current)
        {
            case Heard.Changed(var change):
                LastId = (await change.InWords).Position;
                Changes.Add(LastId);
                break;
            case Heard.Alive(var position):
                LastId = position;
                break;
            case Heard.Woken:
                TimesWoken++;
                break;
            case Heard.Ended(var reason):
                Ends.Add(reason);
                break;
        }

        next = items.MoveNextAsync().AsTask();
    }
}
