using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>An attendee's answer to give.</summary>
internal sealed record ResponseWish(string Mailbox, Response Response);
