using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Read;

/// <summary>What somebody who listens hears. Exactly one of the nested cases.</summary>
public abstract record Heard
{
    private Heard() { }

    /// <summary>Something was recorded, and the read models show it.</summary>
    public sealed record Changed(Change Change) : Heard;

    /// <summary>A sign of life: there was nothing more up to this position.</summary>
    public sealed record Alive(long Position) : Heard;

    /// <summary>The instant has come for which the listener asked to be woken.</summary>
    public sealed record Woken : Heard;

    /// <summary>The last that is heard.</summary>
    /// <param name="Reason">One of <see cref="EndReason"/>.</param>
    public sealed record Ended(string Reason) : Heard;
}

/// <summary>Why a live stream ended, other than because its reader went away.</summary>
public static class EndReason
{
    /// <summary>The reader took too long.</summary>
    public const string TooSlow = "too-slow";

    /// <summary>The service stops.</summary>
    public const string Stopping = "stopping";

    /// <summary>The mailbox is not watched any more.</summary>
    public const string NoMailbox = "no-mailbox";
}

/// <summary>
/// One who listens to the feed: each change after a position exactly once, in order, first from the record
/// and then as it happens.
/// </summary>
/// <remarks>
/// What happens waits in an inbox of <see cref="InboxMax"/>. When that is full, the listener hears what is
/// in it and then the end, and may listen again from the last position it heard of.
/// </remarks>
public sealed class FeedListener : IDisposable
{
    /// <summary>Changes that may wait for a listener.</summary>
    public const int InboxMax = 1_000;

    private readonly ChangeFeed feed;
    private readonly IChangeLog log;
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly Channel<Heard> inbox = Channel.CreateBounded<Heard>(
        new BoundedChannelOptions(InboxMax) { SingleReader = true });

    private readonly Lock guard = new();
    private Instant? wakeAt;
    private string? reason;
    private bool hasJoined;

    internal FeedListener(ChangeFeed feed, IChangeLog log, TimeProvider clock, long position, Guid? mailbox)
    {
        (this.feed, this.log, this.clock) = (feed, log, clock);
        (Position, Mailbox) = (position, mailbox);
        timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Guid? Mailbox { get; }

    /// <summary>Up to where it was told, or has no need to be.</summary>
    public long Position { get; private set; }

    /// <summary>Whether more is there already.</summary>
    public bool HasMore => !hasJoined || inbox.Reader.TryPeek(out _);

    /// <summary>Everything from now on. To be called once.</summary>
    public async IAsyncEnumerable<Heard> Listen(
        CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var end = stopping.Register(() => End(EndReason.Stopping));
        long? ahead = await log.Visible(cancellation);
        while (ahead is { } visible && !stopping.IsCancellationRequested)
        {
            while (Position < visible && !stopping.IsCancellationRequested)
            {
                var page = await log.Read(Position, visible, Mailbox, cancellation);
                foreach (var change in page.Changes)
                {
                    yield return new Heard.Changed(change);
                }

                Position = page.Reached;
                yield return new Heard.Alive(Position);
            }

            ahead = feed.Join(this);
        }

        hasJoined = true;
        yield return new Heard.Alive(Position);
        while (await inbox.Reader.WaitToReadAsync(cancellation))
        {
            while (inbox.Reader.TryRead(out var heard))
            {
                yield return heard;
            }
        }

        yield return new Heard.Ended(reason!);
    }

    /// <summary>Lets <see cref="Heard.Woken"/> be heard at an instant, or soon if that is past.</summary>
    public void WakeAt(Instant? instant)
    {
        lock (guard)
        {
            wakeAt = instant;
            timer.Change(clock.WaitFor(instant), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        feed.Leave(this);
        timer.Dispose();
    }

    /// <summary>Puts a change into the inbox, if it is news here.</summary>
    internal void Tell(Change change)
    {
        if (change.Position > Position && change.Concerns(Mailbox)
            && !inbox.Writer.TryWrite(new Heard.Changed(change)))
        {
            End(EndReason.TooSlow);
        }
    }

    /// <summary>
    /// Everything up to a position was told. A sign of life may be left out, unlike changes.
    /// </summary>
    internal void Reach(long position, bool gives)
    {
        Position = Math.Max(Position, position);
        if (gives)
        {
            inbox.Writer.TryWrite(new Heard.Alive(Position));
        }
    }

    private void End(string why)
    {
        lock (guard)
        {
            reason ??= why;
            inbox.Writer.TryComplete();
        }
    }

    // Who has a full inbox looks at the clock anyway when it has read that.
    private void Ring()
    {
        lock (guard)
        {
            if (wakeAt is { } at && at <= clock.GetCurrentInstant())
            {
                wakeAt = null;
                inbox.Writer.TryWrite(new Heard.Woken());
            }
            else if (wakeAt is { })
            {
                timer.Change(clock.WaitFor(wakeAt), Timeout.InfiniteTimeSpan);
            }
        }
    }
}
