namespace HybridCalendar.ExchangeLab.Control;

/// <summary>With which code subscriptions are to fail; those of one mailbox, or all of them.</summary>
internal sealed record FailureWish(string Code, string? Mailbox = null);
