using CsCheck;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Watch;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Watch;

/// <summary>When automatic replies are asked for, and how often.</summary>
public class PollScheduleSpecs
{
    private static readonly Duration Round = Duration.FromMinutes(4);
    private static readonly Duration Step = Duration.FromSeconds(1);

    [Fact]
    public void Ten_thousand_mailboxes_cost_42_calls_a_second_evenly_also_after_all_were_asked_at_once()
    {
        const int Mailboxes = 10_000;
        var run = new Run(Round, Mailboxes);
        for (var number = 0; number < Mailboxes; number++)
        {
            run.Schedule.Touch(Numbered(number), run.Now);
        }

        run.TakeAll().ShouldBe(Mailboxes);

        const int Rounds = 5;
        var perSecond = new List<int>();
        for (var second = 0; second < Rounds * Round.TotalSeconds; second++)
        {
            run.Pass(Step);
            perSecond.Add(run.TakeAll());
        }

        // The first minute after all were asked is free.
        (perSecond.Sum() / (Rounds * Round.TotalSeconds)).ShouldBeInRange(41, 43);
        perSecond.Max().ShouldBeLessThanOrEqualTo(60);
    }

    [Fact]
    public void A_touched_mailbox_is_due_at_once_and_then_a_round_later_but_never_twice_a_minute()
    {
        var run = new Run(Round, mailboxes: 1);
        run.TakeAll().ShouldBe(0);

        run.Schedule.Touch(Numbered(0), run.Now);
        run.TakeAll().ShouldBe(1);
        run.Schedule.Touch(Numbered(0), run.Now);
        run.TakeAll().ShouldBe(0);
        run.Schedule.Take(run.Now).Next.ShouldBe(run.Now + PollSchedule.Shortest);
        run.Pass(PollSchedule.Shortest);
        run.TakeAll().ShouldBe(1);
        var next = run.Schedule.Take(run.Now).Next.ShouldNotBeNull();
        next.ShouldBeInRange(run.Now + Round - Step, run.Now + Round);
    }

    [Fact]
    public void A_mailbox_that_is_touched_while_it_is_asked_is_asked_once_more()
    {
        var run = new Run(Round, mailboxes: 1);
        run.Schedule.Touch(Numbered(0), run.Now);
        run.Schedule.Take(run.Now).Mailbox.ShouldBe(Numbered(0));
        run.Schedule.Touch(Numbered(0), run.Now);
        run.Schedule.Take(run.Now).ShouldBe((null, null));
        run.Schedule.Ended(Numbered(0));
        run.Schedule.Take(run.Now).Next.ShouldBe(run.Now + PollSchedule.Shortest);
    }

    [Fact]
    public void Nothing_is_asked_of_a_busy_server_before_its_time_not_even_after_a_touch()
    {
        var run = new Run(Round, mailboxes: 1);
        var until = run.Now + Duration.FromMinutes(9);
        run.Schedule.Touch(Numbered(0), run.Now);
        run.Schedule.Take(run.Now).Mailbox.ShouldBe(Numbered(0));
        run.Schedule.Ended(Numbered(0), until);
        run.Schedule.Touch(Numbered(0), run.Now + Step);
        run.Schedule.Take(until - Step).ShouldBe((null, until));
        run.Schedule.Take(until).Mailbox.ShouldBe(Numbered(0));
    }

    [Fact]
    public void A_touch_of_a_mailbox_that_is_not_watched_changes_nothing()
    {
        var run = new Run(Round, mailboxes: 0);
        run.Schedule.Touch(Numbered(7), run.Now);
        run.Schedule.Take(run.Now).ShouldBe((null, null));
    }

    /// <summary>
    /// How: mailboxes are touched, servers are busy and asks take their time, all at random; what is due is
    /// taken each second.
    /// </summary>
    [Fact]
    public void Each_is_asked_once_a_round_at_once_after_a_touch_and_never_twice_a_minute() =>
        GenRun.Sample((mailboxes, seconds, steps) =>
        {
            var round = Duration.FromSeconds(seconds);
            var gap = Duration.Min(PollSchedule.Shortest, round / 4);
            var run = new Run(round, mailboxes);
            var notBefore = new Dictionary<MailboxId, Instant>();
            var touched = new Dictionary<MailboxId, Instant>();
            var asked = Enumerable.Range(0, mailboxes).ToDictionary(Numbered, _ => run.Now);
            foreach (var step in steps)
            {
                run.Pass(Step);
                var who = Numbered(step.Who % mailboxes);
                if (step.IsTouched)
                {
                    run.Schedule.Touch(who, run.Now);
                    touched.TryAdd(who, run.Now);
                }

                while (run.Schedule.Take(run.Now).Mailbox is { } due)
                {
                    var earliest = notBefore.GetValueOrDefault(due, Instant.MinValue);
                    run.Now.ShouldBeGreaterThanOrEqualTo(earliest);
                    run.Now.ShouldBeLessThanOrEqualTo(Instant.Max(asked[due] + round, earliest) + Step);

                    if (touched.Remove(due, out var touch))
                    {
                        run.Now.ShouldBeLessThanOrEqualTo(Instant.Max(touch, earliest) + Step);
                    }

                    asked[due] = run.Now;
                    Instant? backOff = step.IsBusy ? run.Now + Duration.FromSeconds(step.Who) : null;
                    run.Schedule.Ended(due, backOff);
                    notBefore[due] = Instant.Max(run.Now + gap, backOff ?? Instant.MinValue);
                }

                foreach (var (mailbox, touch) in touched)
                {
                    var due = Instant.Max(touch, notBefore.GetValueOrDefault(mailbox, Instant.MinValue));
                    due.ShouldBeGreaterThan(run.Now);
                }
            }
        });

    private static Gen<(int Mailboxes, int Seconds, (int Who, bool IsTouched, bool IsBusy)[] Steps)> GenRun =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[4, 600], GenStep.Array[1, 400]);

    private static readonly Gen<(int Who, bool IsTouched, bool IsBusy)> GenStep =
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 3], Gen.Int[0, 9])
            .Select((who, touched, busy) => (who, touched == 0, busy == 0));

    private static MailboxId Numbered(int number) => new(new Guid(number + 1, 0, 0, new byte[8]));

    private sealed class Run
    {
        public Run(Duration round, int mailboxes)
        {
            Schedule = new PollSchedule(round);
            for (var number = 0; number < mailboxes; number++)
            {
                Schedule.Add(Numbered(number), Now);
            }
        }

        public PollSchedule Schedule { get; }

        public Instant Now { get; private set; } = November(23, 9);

        public void Pass(Duration span) => Now += span;

        public int TakeAll()
        {
            var count = 0;
            while (Schedule.Take(Now).Mailbox is { } due)
            {
                Schedule.Ended(due);
                count++;
            }

            return count;
        }
    }
}
