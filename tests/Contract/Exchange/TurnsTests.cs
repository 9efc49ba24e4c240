using CsCheck;
using HybridCalendar.Adapters.Exchange.Throttling;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Mailboxes take turns, whatever they ask for, and never more at once than is allowed.</summary>
public sealed class TurnsTests
{
    private readonly List<Asked> asked = [];
    private int givenBack;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_noisy_mailbox_never_starves_the_others()
    {
        var turns = new Turns(1, 1);
        for (var count = 0; count < 100; count++)
        {
            Ask(turns, "noisy");
        }

        Ask(turns, "quiet");
        Ask(turns, "calm");

        (await Order(turns, 5)).ShouldBe(["noisy", "noisy", "quiet", "calm", "noisy"]);
    }

    [Fact]
    public async Task a_mailbox_has_no_more_calls_at_once_than_it_may_and_others_go_on()
    {
        var turns = new Turns(10, 3);
        for (var count = 0; count < 5; count++)
        {
            Ask(turns, "an");
        }

        Ask(turns, "AN");
        Ask(turns, "bo");

        (await Running(turns)).Select(one => one.Mailbox).ShouldBe(["an", "an", "an", "bo"]);
    }

    [Fact]
    public async Task of_the_calls_that_must_be_alone_one_at_a_time_runs_and_the_rest_of_the_mailbox_goes_on()
    {
        var turns = new Turns(10, 3);
        Ask(turns, "an", isAlone: true);
        Ask(turns, "an", isAlone: true);
        Ask(turns, "an");
        Ask(turns, "bo", isAlone: true);

        var running = await Running(turns);
        running.Select(one => (one.Mailbox, one.IsAlone))
            .ShouldBe([("an", true), ("an", false), ("bo", true)]);

        await GiveBack(running[0]);
        (await Running(turns)).Count(one => one is { Mailbox: "an", IsAlone: true }).ShouldBe(1);
    }

    [Fact]
    public async Task who_does_not_wait_any_longer_takes_no_turn()
    {
        var turns = new Turns(1, 1);
        using var patience = new CancellationTokenSource();
        Ask(turns, "an");
        var impatient = turns.Wait("bo", isAlone: false, patience.Token);
        Ask(turns, "ce");
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => impatient);

        (await Order(turns, 2)).ShouldBe(["an", "ce"]);
    }

    [Fact]
    public async Task a_turn_that_is_given_back_twice_is_one_turn()
    {
        var turns = new Turns(1, 1);
        var first = await turns.Wait("an", isAlone: false, Cancellation);
        first.Dispose();
        first.Dispose();
        givenBack++;
        Ask(turns, "an");
        Ask(turns, "bo");
        (await Running(turns)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_server_with_too_much_to_do_gets_half_as_much_and_then_more_step_by_step()
    {
        var turns = new Turns(8, 8);
        var together = new[]
        {
            await turns.Wait("an", isAlone: false, Cancellation),
            await turns.Wait("bo", isAlone: false, Cancellation),
        };
        together[0].Reduce();
        together[1].Reduce();
        turns.Limit.ShouldBe(4);

        foreach (var limit in new[] { 4, 4, 4, 5, 5, 5, 5, 5, 6 })
        {
            together[0].Succeed();
            turns.Limit.ShouldBe(limit);
        }

        Array.ForEach(together, turn => turn.Dispose());
        foreach (var limit in new[] { 3, 1, 1 })
        {
            var next = await turns.Wait("an", isAlone: false, Cancellation);
            next.Reduce();
            next.Dispose();
            turns.Limit.ShouldBe(limit);
        }
    }

    // How: mailboxes ask and give back in any order. While one waits, each other is given at most one turn
    // before it, unless it has as many as it may.
    [Fact]
    public Task whatever_is_asked_bounds_hold_and_nobody_waits_longer_than_a_round() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Select(Gen.Int[0, 4], Gen.Bool, Gen.Bool).Array[1, 60])
            .SampleAsync(async (most, mostPerMailbox, steps) =>
            {
                var one = new TurnsTests();
                await one.Play(new Turns(most, mostPerMailbox), most, mostPerMailbox, steps);
            }, iter: 100);

    private async Task Play(
        Turns turns, int most, int mostPerMailbox, (int Mailbox, bool IsAlone, bool GivesBack)[] steps)
    {
        var passed = new Dictionary<string, List<string>>();
        foreach (var (number, isAlone, givesBack) in steps)
        {
            var before = await Running(turns);
            if (givesBack && before.Count > 0)
            {
                var ended = before[number % before.Count];
                await GiveBack(ended);
            }
            else
            {
                Ask(turns, $"mailbox{number}", isAlone);
            }

            var running = await Running(turns);
            running.Count.ShouldBeLessThanOrEqualTo(most);
            var full = running.CountBy(one => one.Mailbox).ToDictionary();
            full.Values.ShouldAllBe(count => count <= mostPerMailbox);
            running.Where(one => one.IsAlone).CountBy(one => one.Mailbox)
                .ShouldAllBe(pair => pair.Value == 1);
            foreach (var started in running.Except(before))
            {
                passed.Remove(started.Mailbox);
                foreach (var waiting in asked.Where(one => !one.Turn.IsCompleted && !one.IsAlone)
                    .Select(one => one.Mailbox).Distinct()
                    .Where(mailbox => full.GetValueOrDefault(mailbox) < mostPerMailbox))
                {
                    var others = passed.TryGetValue(waiting, out var list) ? list : passed[waiting] = [];
                    others.Add(started.Mailbox);
                    others.Distinct().Count().ShouldBe(others.Count, "somebody had two turns before it");
                }
            }
        }
    }

    private void Ask(Turns turns, string mailbox, bool isAlone = false) =>
        asked.Add(new Asked(mailbox, isAlone, turns.Wait(mailbox, isAlone, Cancellation)));

    // Who has been given a turn knows it a moment later.
    private async Task<List<Asked>> Running(Turns turns)
    {
        while (turns.Given > givenBack + asked.Count(one => one.Turn.IsCompleted))
        {
            // Not for any of those who wait: the one meant may have been told since they were counted.
            await Task.Yield();
        }

        return [.. asked.Where(one => one.Turn.IsCompleted)];
    }

    private async Task GiveBack(Asked one)
    {
        asked.Remove(one);
        givenBack++;
        (await one.Turn).Dispose();
    }

    private async Task<List<string>> Order(Turns turns, int count)
    {
        var order = new List<string>();
        for (var turn = 0; turn < count; turn++)
        {
            var running = (await Running(turns)).Single();
            order.Add(running.Mailbox);
            await GiveBack(running);
        }

        return order;
    }

    private sealed record Asked(string Mailbox, bool IsAlone, Task<Turns.Turn> Turn);
}
