namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>Where a mailbox is.</summary>
/// <param name="Url">Address of Exchange Web Services for this mailbox; https, or this computer.</param>
/// <param name="Grouping">
/// Mailboxes with the same address and the same word here may share a streaming connection; often empty
/// (Exchange: GroupingInformation).
/// </param>
public sealed record MailboxLocation(Uri Url, string Grouping);
