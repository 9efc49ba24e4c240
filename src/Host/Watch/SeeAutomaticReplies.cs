using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using Marten;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>Ask Exchange for a mailbox's automatic replies.</summary>
public sealed record SeeAutomaticReplies(MailboxId Mailbox);

/// <summary>Asks, decides, and commits what is new.</summary>
public static class SeeAutomaticRepliesHandler
{
    public static Task<LookOutcome> Handle(
        SeeAutomaticReplies see,
        IDocumentSession session,
        ICalendars calendars,
        WatchedMailboxes mailboxes,
        TimeProvider clock,
        CancellationToken cancellation) =>
        See(see, new MartenLedger(session), calendars, mailboxes, clock, cancellation);

    /// <summary>The same over any ledger; the caller commits.</summary>
    public static async Task<LookOutcome> See(
        SeeAutomaticReplies see,
        ILedger ledger,
        ICalendars calendars,
        WatchedMailboxes mailboxes,
        TimeProvider clock,
        CancellationToken cancellation)
    {
        if (mailboxes.Find(see.Mailbox) is not { } mailbox)
        {
            return new LookOutcome.Unwatched();
        }

        var reply = await calendars.ReadAutomaticReplies(mailbox, cancellation);
        switch (reply)
        {
            case Reply<AutomaticReplies>.Answer(var replies):
                var now = clock.GetCurrentInstant();
                await ledger.Record(
                    see.Mailbox, known => MailboxDecider.See(known, see.Mailbox, replies, now), cancellation);
                return new LookOutcome.Done();
            case Reply<AutomaticReplies>.Busy(var until):
                return new LookOutcome.Busy(until);
            case Reply<AutomaticReplies>.Refused refused:
                return new LookOutcome.Refused(refused.Code, refused.Reaction);
            case Reply<AutomaticReplies>.Gone:
                return new LookOutcome.Refused("gone", Reaction.Retry);
            default:
                throw new System.Diagnostics.UnreachableException($"{reply.GetType().Name} is not handled");
        }
    }
}
