using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host.Watch;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Watch;

public class LookQueueSpecs
{
    private static readonly MailboxId Ada = new(new Guid("0c4e2f60-5ad1-8b7c-9d3e-6f1a2b3c4d5e"));
    private static readonly MailboxId Ben = new(new Guid("1d5f3071-6be2-8c8d-8e4f-7a2b3c4d5e6f"));

    private static readonly Instant Now = November(23, 9);
    private static readonly Instant Earlier = Now - Duration.FromSeconds(1);
    private static readonly Instant Later = Now + Duration.FromSeconds(1);

    private readonly LookQueue queue = new();

    [Fact]
    public void Of_an_empty_queue_nothing_is_due_and_nothing_will_be() =>
        queue.Take(Now).ShouldBe((null, null));

    [Fact]
    public void A_look_is_due_at_its_time_and_not_before()
    {
        queue.Ask(Ada, LookTrigger.Hint, Later);
        queue.Take(Later - Duration.Epsilon).ShouldBe((null, Later));
        queue.Take(Later).ShouldBe((new DueLook(Ada, LookTrigger.Hint, 0), null));
    }

    [Fact]
    public void The_next_time_is_that_of_the_look_that_is_due_first()
    {
        queue.Ask(Ada, LookTrigger.Hint, Later + Duration.FromSeconds(1));
        queue.Ask(Ben, LookTrigger.Sweep, Later);
        queue.Take(Now).ShouldBe((null, Later));
    }

    [Fact]
    public void A_look_is_given_out_once()
    {
        queue.Ask(Ada, LookTrigger.Hint, Now);
        queue.Take(Now).Look.ShouldNotBeNull();
        queue.Count.ShouldBe(0);
        queue.Take(Now).ShouldBe((null, null));
    }

    [Fact]
    public void What_failed_before_does_not_count_when_it_is_over()
    {
        queue.Ask(Ada, LookTrigger.Hint, Later, attempt: 4);
        queue.AskAfresh(Ada, LookTrigger.Reconnect, Now);

        queue.Take(Now).Look.ShouldBe(new DueLook(Ada, LookTrigger.Reconnect, 0));
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public void Several_asks_are_one_look_at_the_earliest_time()
    {
        queue.Ask(Ada, LookTrigger.Hint, Later);
        queue.Ask(Ada, LookTrigger.Hint, Now);
        queue.Ask(Ada, LookTrigger.Hint, Later);

        queue.Count.ShouldBe(1);
        queue.Take(Now).Look.ShouldBe(new DueLook(Ada, LookTrigger.Hint, 0));
        queue.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(LookTrigger.Sweep, LookTrigger.Hint, LookTrigger.Hint)]
    [InlineData(LookTrigger.Hint, LookTrigger.Sweep, LookTrigger.Hint)]
    [InlineData(LookTrigger.Sweep, LookTrigger.Reconnect, LookTrigger.Reconnect)]
    [InlineData(LookTrigger.Reconnect, LookTrigger.Hint, LookTrigger.Hint)]
    [InlineData(LookTrigger.Start, LookTrigger.Reconnect, LookTrigger.Start)]
    [InlineData(LookTrigger.Reconnect, LookTrigger.Start, LookTrigger.Reconnect)]
    public void Of_several_asks_the_most_urgent_reason_counts(
        LookTrigger first, LookTrigger second, LookTrigger counts)
    {
        queue.Ask(Ada, first, Now);
        queue.Ask(Ada, second, Now);
        queue.Take(Now).Look.ShouldBe(new DueLook(Ada, counts, 0));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 2)]
    public void Of_several_asks_the_most_failures_count(int first, int second)
    {
        queue.Ask(Ada, LookTrigger.Hint, Now, first);
        queue.Ask(Ada, LookTrigger.Hint, Now, second);
        queue.Take(Now).Look.ShouldBe(new DueLook(Ada, LookTrigger.Hint, 2));
    }

    [Theory]
    [InlineData(LookTrigger.Hint, LookTrigger.Reconnect)]
    [InlineData(LookTrigger.Hint, LookTrigger.Sweep)]
    [InlineData(LookTrigger.Start, LookTrigger.Sweep)]
    [InlineData(LookTrigger.Reconnect, LookTrigger.Sweep)]
    public void What_is_more_urgent_goes_first_though_it_was_due_later(LookTrigger urgent, LookTrigger other)
    {
        queue.Ask(Ada, other, Earlier);
        queue.Ask(Ben, urgent, Now);
        queue.Take(Now).Look!.Mailbox.ShouldBe(Ben);
        queue.Take(Now).Look!.Mailbox.ShouldBe(Ada);
    }

    [Fact]
    public void A_hint_does_not_cut_the_wait_after_a_failure_short()
    {
        var queue = new LookQueue();
        var mailbox = new MailboxId(Guid.Empty);
        queue.Ask(mailbox, LookTrigger.Sweep, Instant.FromUnixTimeSeconds(60), attempt: 1);

        queue.Ask(mailbox, LookTrigger.Hint, Instant.FromUnixTimeSeconds(1));

        queue.Take(Instant.FromUnixTimeSeconds(59)).Look.ShouldBeNull();
        queue.Take(Instant.FromUnixTimeSeconds(60)).Look.ShouldBe(new DueLook(mailbox, LookTrigger.Hint, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stream_that_opens_cuts_the_wait_after_a_failure_short(bool isOpenFirst)
    {
        void Open() => queue.Ask(Ada, LookTrigger.Reconnect, Now);
        void Fail() => queue.Ask(Ada, LookTrigger.Reconnect, Now + Duration.FromMinutes(30), attempt: 1);
        (isOpenFirst ? Open : (Action)Fail)();
        queue.Ask(Ada, LookTrigger.Hint, Later);
        (isOpenFirst ? Fail : (Action)Open)();

        queue.Take(Now).Look.ShouldBe(new DueLook(Ada, LookTrigger.Hint, 1));

        // It fails again: one opening is worth one look.
        Fail();
        queue.Ended(Ada);
        queue.Take(Later).Look.ShouldBeNull();
    }

    [Fact]
    public void Of_what_is_equally_urgent_the_earlier_goes_first()
    {
        queue.Ask(Ada, LookTrigger.Hint, Now);
        queue.Ask(Ben, LookTrigger.Hint, Earlier);
        queue.Take(Now).Look!.Mailbox.ShouldBe(Ben);
    }

    [Fact]
    public void What_is_urgent_but_not_due_waits_while_others_go()
    {
        queue.Ask(Ada, LookTrigger.Hint, Later);
        queue.Ask(Ben, LookTrigger.Sweep, Now);
        queue.Take(Now).Look!.Mailbox.ShouldBe(Ben);
    }

    [Fact]
    public void A_mailbox_that_is_being_looked_at_is_not_given_out_again_before_that_look_ended()
    {
        queue.Ask(Ada, LookTrigger.Sweep, Now);
        queue.Take(Now).Look.ShouldNotBeNull();
        queue.Ask(Ada, LookTrigger.Hint, Now);

        queue.Take(Later).ShouldBe((null, null));
        queue.Count.ShouldBe(1);
        queue.Ended(Ada);
        queue.Take(Now).Look.ShouldBe(new DueLook(Ada, LookTrigger.Hint, 0));
    }

    [Fact]
    public void While_one_mailbox_is_being_looked_at_another_is_given_out()
    {
        queue.Ask(Ada, LookTrigger.Hint, Now);
        queue.Take(Now).Look!.Mailbox.ShouldBe(Ada);
        queue.Ask(Ada, LookTrigger.Hint, Earlier);
        queue.Ask(Ben, LookTrigger.Sweep, Now);
        queue.Take(Now).Look!.Mailbox.ShouldBe(Ben);
    }

    [Fact]
    public void The_end_of_a_look_that_nobody_took_is_nothing()
    {
        queue.Ask(Ada, LookTrigger.Hint, Now);
        queue.Ended(Ada);
        queue.Count.ShouldBe(1);
        queue.Take(Now).Look.ShouldNotBeNull();
    }

    [Fact]
    public void An_ask_is_signalled_to_who_waits()
    {
        var changed = queue.Changed();
        changed.IsCompleted.ShouldBeFalse();
        queue.Ask(Ada, LookTrigger.Hint, Later);
        changed.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void The_end_of_a_look_is_signalled_to_who_waits()
    {
        queue.Ask(Ada, LookTrigger.Hint, Now);
        queue.Take(Now);
        var changed = queue.Changed();
        changed.IsCompleted.ShouldBeFalse();
        queue.Ended(Ada);
        changed.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void What_was_asked_before_is_not_signalled_again()
    {
        queue.Ask(Ada, LookTrigger.Hint, Now);
        queue.Changed().IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void To_take_a_look_is_no_signal()
    {
        queue.Ask(Ada, LookTrigger.Hint, Now);
        var changed = queue.Changed();
        queue.Take(Now);
        changed.IsCompleted.ShouldBeFalse();
    }
}
