using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Specs.Mailboxes;

/// <summary>Given what is recorded of a mailbox, when this is learned, then exactly that is added.</summary>
internal static class MailboxSpec
{
    public static Past Given(params MailboxEvent[] happened) => new(happened);

    public static Mailbox? Fold(IEnumerable<MailboxEvent> happened) =>
        happened.Aggregate((Mailbox?)null, Mailbox.Evolve);

    internal sealed class Past(MailboxEvent[] happened)
    {
        public News When(Func<Mailbox?, IReadOnlyList<MailboxEvent>> decide) => new(decide(Fold(happened)));
    }

    internal sealed class News(IReadOnlyList<MailboxEvent> decided)
    {
        /// <summary>This and nothing else; equal in type and in every member.</summary>
        public void Then(MailboxEvent expected) => decided.ShouldBe([expected]);

        public void ThenNothing() => decided.ShouldBeEmpty();
    }
}
