namespace HybridCalendar.Domain.Mailboxes;

/// <summary>Whose calendar a mailbox holds.</summary>
public enum MailboxKind
{
    User,
    Room,
}
