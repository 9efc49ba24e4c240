namespace HybridCalendar.ExchangeLab.Model;

/// <summary>Whether a mailbox belongs to a person or to a room.</summary>
public enum MailboxKind
{
    User,
    Room,
}
