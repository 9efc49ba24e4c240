using HybridCalendar.Domain.Mailboxes;
using Marten;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>Looks at a mailbox have failed again and again without an answer of Exchange's.</summary>
/// <param name="Code">Why, in a word that holds nothing of any text.</param>
public sealed record ReportFailure(MailboxId Mailbox, string Code);

/// <summary>Records it, so that readers see that the mailbox cannot be read.</summary>
public static class ReportFailureHandler
{
    public static Task Handle(
        ReportFailure failure,
        IDocumentSession session,
        TimeProvider clock,
        CancellationToken cancellation) =>
        Record(failure, new MartenLedger(session), clock, cancellation);

    /// <summary>The same over any ledger; the caller commits.</summary>
    public static Task Record(
        ReportFailure failure, ILedger ledger, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        return ledger.Record(
            failure.Mailbox,
            known => MailboxDecider.Fail(known, failure.Mailbox, failure.Code, now),
            cancellation);
    }
}
