using HybridCalendar.Domain.Mailboxes;
using Marten;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>Autodiscover told where a mailbox is.</summary>
public sealed record RecordPlace(MailboxId Mailbox, MailboxPlace Place);

/// <summary>Records it, if it is news.</summary>
public static class RecordPlaceHandler
{
    public static Task Handle(
        RecordPlace located, IDocumentSession session, TimeProvider clock, CancellationToken cancellation) =>
        Record(located, new MartenLedger(session), clock, cancellation);

    /// <summary>The same over any ledger; the caller commits.</summary>
    public static Task Record(
        RecordPlace located, ILedger ledger, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        return ledger.Record(
            located.Mailbox,
            known => MailboxDecider.Locate(known, located.Mailbox, located.Place, now),
            cancellation);
    }
}
