using System.Diagnostics;
using HybridCalendar.Domain.Mailboxes;
using NodaTime;

namespace HybridCalendar.Host.Watch;

/// <summary>When each mailbox is asked for its automatic replies.</summary>
/// <remarks>
/// An ask holds for a round: the next one gets the latest slot within a round that is free. A slot takes so
/// few that asks are spread over the round even if all mailboxes were asked together before. A mailbox that
/// is touched is asked at once and again a round later, so that touches replace asks and hardly add any.
/// One that is being asked is not given out again before that has ended. Safe for use by several threads.
/// </remarks>
/// <param name="round">How long an ask holds.</param>
public sealed class PollSchedule(Duration round)
{
    /// <summary>The shortest time between two asks, but at most a quarter of a round.</summary>
    public static readonly Duration Shortest = Duration.FromMinutes(1);

    /// <summary>Into how many slots a round without its first minute is divided.</summary>
    public const int Slots = 1_000;

    private const int ShortestShare = 4;

    private readonly Duration gap = Duration.Min(Shortest, round / ShortestShare);
    private readonly Lock guard = new();
    private readonly Dictionary<MailboxId, Poll> polls = [];
    private readonly SortedSet<(Instant Due, Guid Mailbox)> waiting = [];
    private readonly Dictionary<long, int> taken = [];
    private TaskCompletionSource changed = NewSignal();

    /// <summary>
    /// The length of a slot: one less than fits, so that all are there wherever a round begins.
    /// </summary>
    private long SlotTicks => Math.Max(1, (round - gap).BclCompatibleTicks / (Slots + 1));

    private int MostInSlot => (polls.Count + Slots - 1) / Slots;

    /// <summary>
    /// Adds a mailbox that was never asked: it is due within a round, or when it is touched.
    /// </summary>
    public void Add(MailboxId mailbox, Instant now)
    {
        lock (guard)
        {
            if (polls.TryAdd(mailbox, new Poll()))
            {
                Plan(mailbox, polls[mailbox], now);
            }
        }
    }

    /// <summary>
    /// Something happened at the mailbox: it is due at once, or as soon as it may be asked again.
    /// </summary>
    public void Touch(MailboxId mailbox, Instant now)
    {
        lock (guard)
        {
            if (!polls.TryGetValue(mailbox, out var poll))
            {
                return;
            }

            var due = Instant.Max(now, poll.NotBefore);
            if (poll.IsAsked)
            {
                poll.IsTouched = true;
            }
            else if (due < poll.Due)
            {
                Unwait(mailbox, poll);
                Wait(mailbox, poll, due);
            }
        }
    }

    /// <summary>
    /// Takes the mailbox that has been due for the longest, if one is; else says when the next will be, if
    /// any.
    /// </summary>
    public (MailboxId? Mailbox, Instant? Next) Take(Instant now)
    {
        lock (guard)
        {
            if (waiting.Count == 0 || waiting.Min.Due > now)
            {
                return (null, waiting.Count == 0 ? null : waiting.Min.Due);
            }

            var mailbox = new MailboxId(waiting.Min.Mailbox);
            var poll = polls[mailbox];
            Unwait(mailbox, poll);
            poll.IsAsked = true;
            poll.AskedAt = now;
            return (mailbox, null);
        }
    }

    /// <summary>Says that an ask has ended, and plans the next.</summary>
    /// <param name="backOff">When the server may be asked again; null if it said nothing of that.</param>
    public void Ended(MailboxId mailbox, Instant? backOff = null)
    {
        lock (guard)
        {
            var poll = polls[mailbox];
            var isTouched = poll.IsTouched;
            poll.IsAsked = poll.IsTouched = false;
            poll.NotBefore = Instant.Max(poll.AskedAt + gap, backOff ?? Instant.MinValue);
            if (isTouched || backOff is { })
            {
                Wait(mailbox, poll, poll.NotBefore);
            }
            else
            {
                Plan(mailbox, poll, poll.AskedAt);
            }
        }
    }

    /// <summary>Completes when something else became due, or will, after the call.</summary>
    public Task Changed()
    {
        lock (guard)
        {
            return changed.Task;
        }
    }

    // The latest free slot of a round from then. The others need fewer than the round has.
    private void Plan(MailboxId mailbox, Poll poll, Instant from)
    {
        var slot = (from + round).ToUnixTimeTicks() / SlotTicks;
        while (taken.GetValueOrDefault(slot) >= MostInSlot)
        {
            slot--;
        }

        taken[slot] = taken.GetValueOrDefault(slot) + 1;
        Wait(mailbox, poll, Instant.FromUnixTimeTicks(slot * SlotTicks), slot);
        Debug.Assert(poll.Due > from + gap, "more mailboxes wait than there are");
    }

    private void Wait(MailboxId mailbox, Poll poll, Instant due, long? slot = null)
    {
        poll.Due = due;
        poll.Slot = slot;
        waiting.Add((due, mailbox.Value));
        changed.TrySetResult();
        changed = NewSignal();
    }

    private void Unwait(MailboxId mailbox, Poll poll)
    {
        waiting.Remove((poll.Due, mailbox.Value));
        if (poll.Slot is { } slot && --taken[slot] == 0)
        {
            taken.Remove(slot);
        }
    }

    private static TaskCompletionSource NewSignal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Poll
    {
        public Instant AskedAt { get; set; }

        public Instant Due { get; set; }

        /// <summary>Its place; null when it was not planned but asked for.</summary>
        public long? Slot { get; set; }

        public Instant NotBefore { get; set; } = Instant.MinValue;

        public bool IsAsked { get; set; }

        /// <summary>Something happened since it was taken.</summary>
        public bool IsTouched { get; set; }
    }
}
