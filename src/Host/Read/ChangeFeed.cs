using NodaTime;

namespace HybridCalendar.Host.Read;

/// <summary>
/// Reads what becomes visible in the read models, once for all who listen, and only while somebody does.
/// </summary>
/// <remarks>
/// Appends can be waited for in PostgreSQL, but what listeners wait for is that they are folded, of which
/// nothing tells: so progress is asked for, by one query for all listeners of the process.
/// </remarks>
public sealed partial class ChangeFeed(IChangeLog log, TimeProvider clock, ILogger<ChangeFeed> logger)
    : BackgroundService
{
    /// <summary>How often progress is asked for.</summary>
    private static readonly Duration Pause = Duration.FromMilliseconds(50);

    /// <summary>The same after a failure.</summary>
    private static readonly Duration PauseAfterFailure = Duration.FromSeconds(1);

    /// <summary>How often those who listen are given a sign of life.</summary>
    private static readonly Duration Sign = Duration.FromSeconds(15);

    private readonly Lock guard = new();
    private readonly HashSet<FeedListener> listeners = [];
    private TaskCompletionSource wanted = NewSignal();
    private long position;

    /// <summary>Where the read models stand now.</summary>
    public Task<long> Visible(CancellationToken cancellation) => log.Visible(cancellation);

    /// <summary>Begins to listen after a position.</summary>
    /// <param name="mailbox">To what concerns this one; null for all.</param>
    public FeedListener Open(long after, Guid? mailbox) => new(this, log, clock, after, mailbox);

    /// <summary>
    /// Lets a listener take part from its position on, or says to where it has to read on before.
    /// </summary>
    internal long? Join(FeedListener listener)
    {
        lock (guard)
        {
            if (listeners.Count == 0)
            {
                position = listener.Position;
            }

            if (listener.Position < position)
            {
                return position;
            }

            listeners.Add(listener);
            wanted.TrySetResult();
            return null;
        }
    }

    internal void Leave(FeedListener listener)
    {
        lock (guard)
        {
            if (listeners.Remove(listener) && listeners.Count == 0)
            {
                wanted = NewSignal();
            }
        }
    }

    /// <summary>Hands out what has become visible since the last call.</summary>
    internal async Task HandOut(CancellationToken cancellation)
    {
        var visible = await log.Visible(cancellation);
        while (Reached() is var after && after < visible)
        {
            HandOut(after, await log.Read(after, visible, mailbox: null, cancellation));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var signedAt = clock.GetTimestamp();
        while (true)
        {
            await Wanted().WaitAsync(stoppingToken);
            var pause = Pause;
            try
            {
                await HandOut(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Those who listen wait, and miss nothing.
                LogFailed(failure);
                pause = PauseAfterFailure;
            }

            if (clock.GetElapsedTime(signedAt) >= Sign.ToTimeSpan())
            {
                signedAt = clock.GetTimestamp();
                GiveSign();
            }

            await Task.Delay(pause.ToTimeSpan(), clock, stoppingToken);
        }
    }

    private static TaskCompletionSource NewSignal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task Wanted()
    {
        lock (guard)
        {
            return wanted.Task;
        }
    }

    private long Reached()
    {
        lock (guard)
        {
            return position;
        }
    }

    // All may have left while the page was read, and another one come who is elsewhere: then it is not
    // theirs.
    private void HandOut(long after, ChangePage page)
    {
        lock (guard)
        {
            if (position != after)
            {
                return;
            }

            position = page.Reached;
            foreach (var listener in listeners)
            {
                foreach (var change in page.Changes)
                {
                    listener.Tell(change);
                }

                listener.Reach(position, gives: false);
            }
        }
    }

    private void GiveSign()
    {
        lock (guard)
        {
            foreach (var listener in listeners)
            {
                listener.Reach(position, gives: true);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was recorded could not be read for those who listen.")]
    private partial void LogFailed(Exception failure);
}
