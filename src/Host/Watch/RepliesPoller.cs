using System.Runtime.CompilerServices;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>Asks for automatic replies as they become due, several mailboxes at a time.</summary>
/// <remarks>Exchange tells nobody when they change.</remarks>
public sealed class RepliesPoller(
    Settings settings, PollSchedule schedule, RepliesPoll poll, TimeProvider clock)
{
    /// <summary>Asks until cancelled.</summary>
    public Task Run(IReadOnlyList<WatchedMailbox> mailboxes, CancellationToken cancellation)
    {
        foreach (var mailbox in mailboxes)
        {
            schedule.Add(mailbox.Id, clock.GetCurrentInstant());
        }

        var bounds = new ParallelOptions
        {
            MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancellation,
        };
        return Parallel.ForEachAsync(Due(cancellation), bounds, Ask);
    }

    private async IAsyncEnumerable<MailboxId> Due([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var changed = schedule.Changed();
            var (mailbox, next) = schedule.Take(clock.GetCurrentInstant());
            if (mailbox is { } due)
            {
                yield return due;
                continue;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(changed, Task.Delay(clock.WaitFor(next), clock, stop.Token));
            await stop.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async ValueTask Ask(MailboxId mailbox, CancellationToken cancellation)
    {
        Instant? backOff = null;
        try
        {
            backOff = await poll.Poll(mailbox, cancellation);
        }
        finally
        {
            schedule.Ended(mailbox, backOff);
        }
    }
}
