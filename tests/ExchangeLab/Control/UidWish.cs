namespace HybridCalendar.ExchangeLab.Control;

/// <summary>The meeting that a mailbox's owner acts on.</summary>
internal sealed record UidWish(string Uid);
