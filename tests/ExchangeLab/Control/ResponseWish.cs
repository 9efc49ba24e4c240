using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>
/// An attendee's answer to give, whether it puts a new item in the old one's place, and whether what is
/// declined stays in the calendar.
/// </summary>
internal sealed record ResponseWish(
    string Mailbox, Response Response, bool Replaces = false, bool Keeps = false);
