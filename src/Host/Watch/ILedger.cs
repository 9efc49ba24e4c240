using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Host.Watch;

/// <summary>
/// What watching needs of the record: one transaction's reads, and what it adds. The caller commits all of
/// it at once, or nothing.
/// </summary>
public interface ILedger
{
    /// <summary>How far a mailbox's calendar was read; null when it never was.</summary>
    Task<CalendarCursor?> LoadCursor(MailboxId mailbox, CancellationToken cancellation);

    /// <summary>
    /// Moves a mailbox's cursor on. Committing fails when somebody else moved it since it was loaded.
    /// </summary>
    void MoveOn(CalendarCursor next);

    /// <summary>Known items of a mailbox: those of the keys, and those that hold one of the meetings.
    /// </summary>
    Task<IReadOnlyList<KnownItem>> FindKnown(
        MailboxId mailbox, Guid[] keys, Guid[] meetings, CancellationToken cancellation);

    /// <summary>Known items of a mailbox that only passes before this one saw.</summary>
    Task<IReadOnlyList<KnownItem>> FindKnownBefore(
        MailboxId mailbox, int pass, CancellationToken cancellation);

    void Know(KnownItem item);

    void Forget(KnownItem item);

    /// <summary>All unreadable items of a mailbox.</summary>
    Task<IReadOnlyList<ParkedItem>> FindParked(MailboxId mailbox, CancellationToken cancellation);

    /// <summary>Those of the keys that are unreadable.</summary>
    Task<IReadOnlyList<ParkedItem>> FindParked(Guid[] keys, CancellationToken cancellation);

    void Park(ParkedItem item);

    void Unpark(ParkedItem item);

    /// <summary>The state of each stream that has events; streams without are not in the answer.</summary>
    Task<Dictionary<Guid, TState>> Fold<TState, TEvent>(
        IReadOnlyCollection<Guid> streams,
        Func<TState?, TEvent, TState?> evolve,
        CancellationToken cancellation)
        where TState : class;

    /// <summary>Adds what a decision gave for a stream, if it gave anything.</summary>
    void Append(Guid stream, IReadOnlyList<object> news);

    /// <summary>Adds what a decision on a mailbox's own state gives.</summary>
    /// <remarks>
    /// Committing fails when somebody else recorded something of the mailbox meanwhile; the message is then
    /// handled again.
    /// </remarks>
    Task Record(
        MailboxId mailbox,
        Func<Mailbox?, IReadOnlyList<MailboxEvent>> decide,
        CancellationToken cancellation);
}
