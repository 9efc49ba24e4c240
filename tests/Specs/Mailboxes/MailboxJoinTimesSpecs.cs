using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Specs.Meetings;
using NodaTime;

namespace HybridCalendar.Specs.Mailboxes;

/// <summary>What the organization's list says of when a mailbox's Join buttons are up.</summary>
public class MailboxJoinTimesSpecs
{
    private static readonly MailboxId Id = Example.Mailbox;
    private static readonly Instant Now = Example.November(21);
    private static readonly OwnJoinTimes Ten = new(Duration.FromMinutes(10));

    private static readonly MailboxEnabled Enabled =
        new(TestSealer.Seal("room"), MailboxKind.Room) { Mailbox = Id, At = Now };

    private static readonly MailboxDisabled Disabled = new() { Mailbox = Id, At = Now };

    [Fact]
    public void A_mailbox_that_is_listed_with_times_of_its_own_is_enabled_and_has_them() =>
        List(Ten).ShouldBe([Enabled, Changed(Ten)]);

    [Fact]
    public void A_mailbox_that_is_still_listed_so_is_no_news() =>
        List(Ten, Enabled, Changed(Ten)).ShouldBeEmpty();

    [Fact]
    public void A_mailbox_that_is_listed_with_other_times_has_those()
    {
        var longer = new OwnJoinTimes(Duration.FromMinutes(10), Duration.FromMinutes(5));
        List(longer, Enabled, Changed(Ten)).ShouldBe([Changed(longer)]);
    }

    [Fact]
    public void A_mailbox_that_is_listed_without_times_is_as_its_kind_again() =>
        List(null, Enabled, Changed(Ten)).ShouldBe([Changed(OwnJoinTimes.None)]);

    [Fact]
    public void A_mailbox_that_was_off_the_list_begins_without_times_of_its_own()
    {
        List(null, Enabled, Changed(Ten), Disabled).ShouldBe([Enabled]);
        List(Ten, Enabled, Changed(Ten), Disabled).ShouldBe([Enabled, Changed(Ten)]);
    }

    private static MailboxJoinTimesChanged Changed(OwnJoinTimes own) =>
        new(own) { Mailbox = Id, At = Now };

    private static IReadOnlyList<MailboxEvent> List(OwnJoinTimes? times, params MailboxEvent[] past) =>
        MailboxDecider.Enable(
            MailboxSpec.Fold(past), Id, TestSealer.Seal("room"), MailboxKind.Room, Now, times);
}
