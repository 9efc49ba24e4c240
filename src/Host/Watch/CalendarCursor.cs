using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using JasperFx;
using NodaTime;

namespace HybridCalendar.Host.Watch;

/// <summary>
/// How far a mailbox's calendar was read. Stored with the events of each page in one transaction.
/// </summary>
/// <remarks>
/// Its revision makes two looks at one mailbox exclude each other:
/// the second to commit fails and looks again.
/// </remarks>
public sealed record CalendarCursor : IRevisioned
{
    /// <summary>The mailbox.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where the next page begins, as Exchange said; null for the calendar's beginning.</summary>
    public Sealed? Cursor { get; init; }

    /// <summary>
    /// How many times reading began at the beginning.
    /// What an older pass knew and this one did not see has vanished.
    /// </summary>
    public int Pass { get; init; }

    /// <summary>
    /// Whether this pass came to the calendar's end, so that what it did not see is settled.
    /// </summary>
    public bool IsComplete { get; init; }

    /// <summary>The newest look. Looks never go back in time, even when the machine's clock does.</summary>
    public Instant LookedAt { get; init; }

    public int Version { get; set; }
}

/// <summary>Which meeting an item of a calendar is: a deletion names the item only.</summary>
public sealed record KnownItem
{
    /// <summary>Made of mailbox and item.</summary>
    public required Guid Id { get; init; }

    public required Guid Mailbox { get; init; }

    public required Guid Meeting { get; init; }

    /// <summary>The pass that saw it last.</summary>
    public required int Pass { get; init; }

    /// <summary>Of an invitation in a room's calendar, which texts it has; null of anything else.</summary>
    public InvitationTexts? Texts { get; init; }

    public static Guid KeyOf(MailboxId mailbox, string itemId) => NameBasedGuid.Of(mailbox.Value, itemId);
}

/// <summary>
/// An item that cannot be understood. Looks try it again, and the rest of the mailbox goes on.
/// </summary>
public sealed record ParkedItem
{
    /// <summary>Made of mailbox and item, as for <see cref="KnownItem"/>.</summary>
    public required Guid Id { get; init; }

    public required Guid Mailbox { get; init; }

    /// <summary>Exchange's id; sealed, because old servers write the address into it.</summary>
    public required Sealed ItemId { get; init; }

    /// <summary>Shared by the copies of the meeting; null when nothing at all is known of it.</summary>
    public Guid? Correlation { get; init; }

    /// <summary>What is wrong with it, in words that hold nothing of its text.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was found so for the first time.</summary>
    public required Instant Since { get; init; }

    /// <summary>When it was tried last: those that wait longest go first.</summary>
    public required Instant TriedAt { get; init; }
}
