using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// What an item id says: a mailbox, the number of an item in it, and an occurrence's original start.
/// </summary>
public sealed record ItemName(Guid Mailbox, int Serial, Instant? OriginalStart);
