using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>Something that happened in a mailbox and that subscribers may be told.</summary>
public sealed record MailboxChange(
    ChangeKind Kind,
    Mailbox Mailbox,
    int Serial,
    long ChangeNumber,
    Folder Folder,
    int OldSerial,
    Folder OldFolder,
    Instant At);
