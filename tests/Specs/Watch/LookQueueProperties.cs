using CsCheck;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host.Watch;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Watch;

public class LookQueueProperties
{
    private const int StepsMax = 40;

    private static readonly MailboxId[] Mailboxes = [.. Enumerable.Range(1, 3).Select(Numbered)];

    private static readonly Gen<Step> GenStep = Gen.OneOf<Step>(
        Gen.Select(Gen.Int[0, 2], Gen.Enum<LookTrigger>(), Gen.Int[0, 5], Gen.Int[0, 3])
            .Select(Step (who, why, due, attempt) => new Step.Ask(Mailboxes[who], why, Second(due), attempt)),
        Gen.Int[0, 5].Select(Step (now) => new Step.Take(Second(now))),
        Gen.Int[0, 2].Select(Step (who) => new Step.End(Mailboxes[who])));

    /// <summary>How: a queue and a plain list of all asks are compared after each random step.</summary>
    [Fact]
    public void A_queue_is_the_list_of_all_asks_joined_by_mailbox() =>
        GenStep.List[1, StepsMax].Sample(steps =>
        {
            var queue = new LookQueue();
            var asks = new List<Step.Ask>();
            var looking = new HashSet<MailboxId>();
            foreach (var step in steps)
            {
                switch (step)
                {
                    case Step.Ask ask:
                        queue.Ask(ask.Mailbox, ask.Trigger, ask.Due, ask.Attempt);
                        asks.Add(ask);
                        break;
                    case Step.End end:
                        queue.Ended(end.Mailbox);
                        looking.Remove(end.Mailbox);
                        break;
                    case Step.Take take:
                        Compare(queue.Take(take.Now), take.Now, asks, looking);
                        break;
                }

                queue.Count.ShouldBe(asks.Select(ask => ask.Mailbox).Distinct().Count());
            }
        });

    /// <summary>
    /// How: threads ask while others look; each ask counts before it asks, and each look reads the count.
    /// </summary>
    [Fact]
    public async Task No_ask_is_lost_and_no_mailbox_is_looked_at_twice_at_once()
    {
        const int Asks = 20_000;
        const int Lookers = 3;
        var queue = new LookQueue();
        var asked = new int[Mailboxes.Length];
        var seen = new int[Mailboxes.Length];
        var inside = new int[Mailboxes.Length];
        var together = 0;
        using var done = new CancellationTokenSource();

        async Task LookOn()
        {
            while (true)
            {
                var changed = queue.Changed();
                var over = done.IsCancellationRequested;
                if (queue.Take(Second(0)).Look is { } look)
                {
                    var which = Array.IndexOf(Mailboxes, look.Mailbox);
                    Interlocked.Add(ref together, Interlocked.Increment(ref inside[which]) - 1);
                    Volatile.Write(ref seen[which], Volatile.Read(ref asked[which]));
                    Interlocked.Decrement(ref inside[which]);
                    queue.Ended(look.Mailbox);
                }
                else if (over && queue.Count == 0)
                {
                    return;
                }
                else
                {
                    await changed.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
                }
            }
        }

        var lookers = Enumerable.Range(0, Lookers).Select(_ => Task.Run(LookOn)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, Mailboxes.Length).Select(which => Task.Run(() =>
        {
            for (var ask = 0; ask < Asks; ask++)
            {
                Interlocked.Increment(ref asked[which]);
                queue.Ask(Mailboxes[which], LookTrigger.Hint, Second(0));
            }
        })));
        await done.CancelAsync();
        queue.Ended(Numbered(0));
        await Task.WhenAll(lookers);

        together.ShouldBe(0);
        seen.ShouldBe([Asks, Asks, Asks]);
    }

    private static void Compare(
        (DueLook? Look, Instant? Next) taken, Instant now, List<Step.Ask> asks, HashSet<MailboxId> looking)
    {
        var free = asks.Where(ask => !looking.Contains(ask.Mailbox))
            .GroupBy(ask => ask.Mailbox)
            .Select(group => (
                Mailbox: group.Key,
                Urgency: group.Min(ask => Urgency(ask.Trigger)),
                Due: group.Where(ask => ask.Attempt > 0 && !group.Any(HasOpened))
                    .Select(ask => ask.Due)
                    .Append(group.Min(ask => ask.Due))
                    .Max(),
                Attempt: group.Max(ask => ask.Attempt)))
            .ToArray();
        var due = free.Where(waiting => waiting.Due <= now).ToArray();
        if (due.Length == 0)
        {
            taken.ShouldBe((null, free.Length == 0 ? null : free.Min(waiting => waiting.Due)));
            return;
        }

        taken.Next.ShouldBeNull();
        var look = taken.Look.ShouldNotBeNull();
        var first = due.Min(waiting => (waiting.Urgency, waiting.Due));
        due.Where(waiting => (waiting.Urgency, waiting.Due) == first)
            .Select(waiting => (waiting.Mailbox, waiting.Urgency, waiting.Attempt))
            .ShouldContain((look.Mailbox, Urgency(look.Trigger), look.Attempt));
        asks.RemoveAll(ask => ask.Mailbox == look.Mailbox);
        looking.Add(look.Mailbox).ShouldBeTrue();
    }

    private static bool HasOpened(Step.Ask ask) => ask is { Trigger: LookTrigger.Reconnect, Attempt: 0 };

    private static int Urgency(LookTrigger trigger) =>
        trigger == LookTrigger.Hint ? 0
            : trigger is LookTrigger.Sweep or LookTrigger.Reconciliation ? 2
            : 1;

    private static MailboxId Numbered(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static Instant Second(int second) => November(23, 9).Plus(Duration.FromSeconds(second));

    private abstract record Step
    {
        public sealed record Ask(MailboxId Mailbox, LookTrigger Trigger, Instant Due, int Attempt) : Step;

        public sealed record Take(Instant Now) : Step;

        public sealed record End(MailboxId Mailbox) : Step;
    }
}
