using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>An attendee's answer to give, and whether it puts a new item in the old one's place.</summary>
internal sealed record ResponseWish(string Mailbox, Response Response, bool Replaces = false);
