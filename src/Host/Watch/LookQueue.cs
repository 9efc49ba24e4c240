using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>A look that is due.</summary>
/// <param name="Attempt">How many looks at this mailbox have failed in a row before this one.</param>
public sealed record DueLook(MailboxId Mailbox, LookTrigger Trigger, int Attempt);

/// <summary>
/// Which mailboxes wait for a look. Holds each at most once, so it is never longer than there are mailboxes.
/// </summary>
/// <remarks>
/// A mailbox that is being looked at is not given out again before that look has ended; a hint that comes
/// meanwhile waits. What people just changed goes before what is looked at only to be sure. Safe for use by
/// several threads.
/// </remarks>
public class LookQueue
{
    private readonly Lock guard = new();
    private readonly Dictionary<MailboxId, Waiting> waiting = [];
    private readonly HashSet<MailboxId> looking = [];
    private TaskCompletionSource changed = NewSignal();

    /// <summary>How many mailboxes wait, due or not.</summary>
    public int Count
    {
        get
        {
            lock (guard)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>
    /// Asks for a look. One that already waits stays, with the earlier of both times and the more urgent
    /// trigger. Only a stream that opened cuts the wait after a failure short: then the mailbox can be opened
    /// again.
    /// </summary>
    public void Ask(MailboxId mailbox, LookTrigger trigger, Instant due, int attempt = 0)
    {
        lock (guard)
        {
            var hasFailed = attempt > 0;
            var asked = new Waiting(
                trigger,
                due,
                hasFailed ? due : Instant.MinValue,
                attempt,
                HasOpened: trigger == LookTrigger.Reconnect && !hasFailed);
            waiting[mailbox] = waiting.TryGetValue(mailbox, out var already) ? already.Join(asked) : asked;
            Signal();
        }
    }

    /// <summary>Asks for a look whatever failed before, which is over: the mailbox moved, say.</summary>
    public void AskAfresh(MailboxId mailbox, LookTrigger trigger, Instant due)
    {
        lock (guard)
        {
            waiting.Remove(mailbox);
            Ask(mailbox, trigger, due);
        }
    }

    /// <summary>
    /// Takes the most urgent look that is due, if there is one; else says when the next will be, if any.
    /// </summary>
    public (DueLook? Look, Instant? Next) Take(Instant now)
    {
        lock (guard)
        {
            var free = waiting.Where(pair => !looking.Contains(pair.Key)).ToArray();
            var due = free.Where(pair => pair.Value.Due <= now).ToArray();
            if (due.Length == 0)
            {
                return (null, free.Length == 0 ? null : free.Min(pair => pair.Value.Due));
            }

            var (mailbox, next) = due.MinBy(pair => (pair.Value.Urgency, pair.Value.Due));
            waiting.Remove(mailbox);
            looking.Add(mailbox);
            return (new DueLook(mailbox, next.Trigger, next.Attempt), null);
        }
    }

    /// <summary>Takes the most urgent look as soon as one is due.</summary>
    public async Task<DueLook> Next(TimeProvider clock, CancellationToken cancellation)
    {
        while (true)
        {
            var asked = Changed();
            var (due, next) = Take(clock.GetCurrentInstant());
            if (due is { })
            {
                return due;
            }

            var wait = next is { } at
                ? (at - clock.GetCurrentInstant()).ToTimeSpan()
                : Timeout.InfiniteTimeSpan;
            if (next is null || wait > TimeSpan.Zero)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                await Task.WhenAny(asked, Task.Delay(wait, clock, stop.Token));
                await stop.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Says that a look that was taken has ended.</summary>
    public void Ended(MailboxId mailbox)
    {
        lock (guard)
        {
            looking.Remove(mailbox);
            Signal();
        }
    }

    /// <summary>Completes when something was asked or ended after the call.</summary>
    public Task Changed()
    {
        lock (guard)
        {
            return changed.Task;
        }
    }

    private static TaskCompletionSource NewSignal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        changed.TrySetResult();
        changed = NewSignal();
    }

    /// <param name="Earliest">The earliest time that was asked for.</param>
    /// <param name="NotBefore">The end of the wait after a failure, if there was one.</param>
    /// <param name="HasOpened">Nobody looked since the mailbox's stream opened.</param>
    private readonly record struct Waiting(
        LookTrigger Trigger, Instant Earliest, Instant NotBefore, int Attempt, bool HasOpened)
    {
        public Instant Due => HasOpened ? Earliest : Instant.Max(Earliest, NotBefore);

        public int Urgency => Trigger switch
        {
            LookTrigger.Hint => 0,
            LookTrigger.Reconnect => 1,
            LookTrigger.Start => 1,
            LookTrigger.Sweep => 2,
            LookTrigger.Reconciliation => 2,
            _ => throw new System.Diagnostics.UnreachableException($"{Trigger} has no urgency"),
        };

        public Waiting Join(Waiting other) => new(
            Urgency <= other.Urgency ? Trigger : other.Trigger,
            Instant.Min(Earliest, other.Earliest),
            Instant.Max(NotBefore, other.NotBefore),
            Math.Max(Attempt, other.Attempt),
            HasOpened || other.HasOpened);
    }
}
