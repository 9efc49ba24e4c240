namespace HybridCalendar.Domain.Mailboxes;

/// <summary>One person's or room's mailbox, without saying whose.</summary>
/// <remarks>
/// Made from a keyed digest of the address (see the keys adapter), so that the address cannot be guessed.
/// </remarks>
public readonly record struct MailboxId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
