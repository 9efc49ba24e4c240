namespace HybridCalendar.ExchangeLab.Model;

/// <summary>Where a mailbox is served, as Autodiscover tells it.</summary>
/// <param name="GroupingInformation">Mailboxes with equal ones may share a streaming connection.</param>
/// <param name="EwsUrl">Its EWS address; null for the address at which the lab listens.</param>
/// <param name="BackEnd">The back end that is its home; null for the one that its name chooses.</param>
public sealed record MailboxSite(string GroupingInformation, Uri? EwsUrl = null, int? BackEnd = null)
{
    /// <summary>Where every mailbox is before it moves.</summary>
    public static MailboxSite First { get; } = new("Default-First-Site-Name");
}
