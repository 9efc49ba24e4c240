using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Domain.Meetings;

/// <summary>
/// One meeting, single or a series, as it stands in one mailbox's calendar: the key of its stream.
/// </summary>
public readonly record struct MeetingId(Guid Value)
{
    /// <summary>The meeting of a calendar item. The only place where this id is made.</summary>
    /// <param name="globalId">CleanGlobalObjectId as upper-case hex;
    /// the iCalendar UID where an item has none.</param>
    public static MeetingId Of(MailboxId mailbox, string globalId) =>
        new(NameBasedGuid.Of(mailbox.Value, globalId));

    /// <summary>
    /// The meeting of a second item with the same global id in the same calendar: a copy somebody made.
    /// </summary>
    public static MeetingId OfCopy(MailboxId mailbox, string globalId, string itemId) =>
        new(NameBasedGuid.Of(NameBasedGuid.Of(mailbox.Value, globalId), itemId));

    public override string ToString() => Value.ToString();
}

/// <summary>What the copies of one meeting in several mailboxes have in common.</summary>
public readonly record struct CorrelationId(Guid Value)
{
    private static readonly Guid Space = new("6f2e43a1-9d37-5c55-8a5e-0d2c6d0f7b11");

    /// <param name="globalId">As for <see cref="MeetingId.Of"/>.</param>
    public static CorrelationId Of(string globalId) => new(NameBasedGuid.Of(Space, globalId));

    public override string ToString() => Value.ToString();
}
