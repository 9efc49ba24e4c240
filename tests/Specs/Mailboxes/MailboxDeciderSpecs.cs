using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Specs.Meetings;
using NodaTime;
using static HybridCalendar.Specs.Mailboxes.MailboxSpec;

namespace HybridCalendar.Specs.Mailboxes;

public class MailboxDeciderSpecs
{
    private const string Url = "https://mail.example.org/EWS/Exchange.asmx";

    private static readonly MailboxId Id = Example.Mailbox;
    private static readonly Instant Before = Example.November(20);
    private static readonly Instant Now = Example.November(21);

    private static readonly AutomaticReplies Away = new(AutomaticRepliesState.Enabled);

    private static readonly MailboxEnabled Enabled = EnabledAs("ada", MailboxKind.User, Before);
    private static readonly MailboxActivated Activated = new() { Mailbox = Id, At = Before };
    private static readonly MailboxFailed Failed = new("ErrorAccessDenied") { Mailbox = Id, At = Before };
    private static readonly MailboxDisabled Disabled = new() { Mailbox = Id, At = Before };
    private static readonly AutomaticRepliesChanged Left = new(Away) { Mailbox = Id, At = Before };

    [Fact]
    public void A_mailbox_that_is_listed_is_enabled() =>
        Given().When(Enable("ada")).Then(EnabledAs("ada", MailboxKind.User, Now));

    [Fact]
    public void A_mailbox_that_is_still_listed_is_no_news() =>
        Given(Enabled).When(Enable("ada")).ThenNothing();

    [Fact]
    public void A_mailbox_that_is_listed_with_another_address_is_enabled_with_it() =>
        Given(Enabled).When(Enable("ada2")).Then(EnabledAs("ada2", MailboxKind.User, Now));

    [Fact]
    public void A_mailbox_that_is_listed_as_a_room_now_is_enabled_as_one() =>
        Given(Enabled).When(Enable("ada", MailboxKind.Room)).Then(EnabledAs("ada", MailboxKind.Room, Now));

    [Fact]
    public void A_disabled_mailbox_that_is_listed_again_is_enabled() =>
        Given(Enabled, Disabled).When(Enable("ada")).Then(EnabledAs("ada", MailboxKind.User, Now));

    [Fact]
    public void A_mailbox_that_is_no_longer_listed_is_disabled() =>
        Given(Enabled).When(Disable).Then(Disabled with { At = Now });

    [Fact]
    public void A_mailbox_is_disabled_once() => Given(Enabled, Disabled).When(Disable).ThenNothing();

    [Fact]
    public void A_mailbox_that_never_was_listed_is_not_disabled() => Given().When(Disable).ThenNothing();

    [Fact]
    public void A_mailbox_that_is_found_is_located() => Given(Enabled).When(Locate("a")).Then(At("a", Now));

    [Fact]
    public void A_mailbox_that_is_found_where_it_was_is_no_news() =>
        Given(Enabled, At("a", Before), Failed).When(Locate("a")).ThenNothing();

    [Fact]
    public void A_mailbox_that_is_found_elsewhere_is_located_there() =>
        Given(Enabled, At("a", Before)).When(Locate("b")).Then(At("b", Now));

    [Fact]
    public void A_mailbox_that_was_disabled_meanwhile_is_located_afresh() =>
        Given(Enabled, At("a", Before), Disabled, Enabled).When(Locate("a")).Then(At("a", Now));

    [Fact]
    public void A_disabled_mailbox_is_not_located() =>
        Given(Enabled, Disabled).When(Locate("a")).ThenNothing();

    [Fact]
    public void A_calendar_that_is_read_to_its_end_makes_the_mailbox_active() =>
        Given(Enabled).When(Read).Then(Activated with { At = Now });

    [Fact]
    public void A_calendar_that_is_read_after_a_failure_makes_the_mailbox_active_again() =>
        Given(Enabled, Failed).When(Read).Then(Activated with { At = Now });

    [Fact]
    public void A_calendar_that_is_read_again_is_no_news() =>
        Given(Enabled, Activated).When(Read).ThenNothing();

    [Fact]
    public void A_calendar_that_is_read_while_the_mailbox_is_disabled_does_not_make_it_active() =>
        Given(Enabled, Disabled).When(Read).ThenNothing();

    [Fact]
    public void A_calendar_of_no_known_mailbox_makes_none_active() => Given().When(Read).ThenNothing();

    [Fact]
    public void A_refused_look_is_a_failure() =>
        Given(Enabled, Activated).When(Fail("ErrorAccessDenied")).Then(Failed with { At = Now });

    [Fact]
    public void The_same_refusal_again_is_no_news() =>
        Given(Enabled, Failed).When(Fail("ErrorAccessDenied")).ThenNothing();

    [Fact]
    public void Another_refusal_is_another_failure() =>
        Given(Enabled, Failed)
            .When(Fail("ErrorNonExistentMailbox"))
            .Then(new MailboxFailed("ErrorNonExistentMailbox") { Mailbox = Id, At = Now });

    [Fact]
    public void The_same_refusal_after_a_recovery_is_a_failure_again() =>
        Given(Enabled, Failed, Activated).When(Fail("ErrorAccessDenied")).Then(Failed with { At = Now });

    [Fact]
    public void The_same_refusal_after_the_mailbox_was_enabled_otherwise_is_a_failure_again() =>
        Given(Enabled, Failed, EnabledAs("ada", MailboxKind.Room, Before))
            .When(Fail("ErrorAccessDenied"))
            .Then(Failed with { At = Now });

    [Fact]
    public void A_refused_look_at_a_disabled_mailbox_is_no_news() =>
        Given(Enabled, Disabled).When(Fail("ErrorAccessDenied")).ThenNothing();

    [Fact]
    public void A_refused_look_at_no_known_mailbox_is_no_news() =>
        Given().When(Fail("ErrorAccessDenied")).ThenNothing();

    [Fact]
    public void Automatic_replies_that_were_set_are_a_change() =>
        Given(Enabled).When(See(Away)).Then(Left with { At = Now });

    [Fact]
    public void No_automatic_replies_are_what_everybody_begins_with() =>
        Given(Enabled).When(See(AutomaticReplies.Disabled)).ThenNothing();

    [Fact]
    public void The_same_automatic_replies_again_are_no_news() =>
        Given(Enabled, Left).When(See(Away)).ThenNothing();

    [Fact]
    public void Automatic_replies_with_another_span_are_a_change()
    {
        var week = new AutomaticReplies(AutomaticRepliesState.Scheduled, Before, Now);
        var longer = week with { End = Now + Duration.FromDays(1) };
        Given(Enabled, Left with { Replies = week })
            .When(See(longer))
            .Then(new AutomaticRepliesChanged(longer) { Mailbox = Id, At = Now });
    }

    [Fact]
    public void Automatic_replies_of_a_disabled_mailbox_are_no_news() =>
        Given(Enabled, Disabled).When(See(Away)).ThenNothing();

    [Fact]
    public void Automatic_replies_of_no_known_mailbox_are_no_news() => Given().When(See(Away)).ThenNothing();

    [Fact]
    public void Who_was_away_when_the_mailbox_was_disabled_is_seen_away_again_when_it_is_enabled() =>
        Given(Enabled, Left, Disabled, Enabled).When(See(Away)).Then(Left with { At = Now });

    [Fact]
    public void A_mailbox_cannot_begin_with_anything_but_its_enabling() =>
        Should.Throw<System.Diagnostics.UnreachableException>(() => Fold([Activated]))
            .Message.ShouldBe("MailboxActivated before MailboxEnabled");

    private static MailboxEnabled EnabledAs(string address, MailboxKind kind, Instant at) =>
        new(TestSealer.Seal(address), kind) { Mailbox = Id, At = at };

    private static Func<Mailbox?, IReadOnlyList<MailboxEvent>> Enable(
        string address, MailboxKind kind = MailboxKind.User) =>
        known => MailboxDecider.Enable(known, Id, TestSealer.Seal(address), kind, Now);

    private static IReadOnlyList<MailboxEvent> Disable(Mailbox? known) =>
        MailboxDecider.Disable(known, Id, Now);

    private static Func<Mailbox?, IReadOnlyList<MailboxEvent>> Locate(string grouping) =>
        known => MailboxDecider.Locate(known, Id, new MailboxPlace(Url, grouping), Now);

    private static MailboxLocated At(string grouping, Instant at) =>
        new(Url, grouping) { Mailbox = Id, At = at };

    private static IReadOnlyList<MailboxEvent> Read(Mailbox? known) => MailboxDecider.Read(known, Id, Now);

    private static Func<Mailbox?, IReadOnlyList<MailboxEvent>> Fail(string code) =>
        known => MailboxDecider.Fail(known, Id, code, Now);

    private static Func<Mailbox?, IReadOnlyList<MailboxEvent>> See(AutomaticReplies replies) =>
        known => MailboxDecider.See(known, Id, replies, Now);
}
