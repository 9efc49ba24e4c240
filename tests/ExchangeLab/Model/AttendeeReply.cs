using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>What an attendee answered, and when.</summary>
public sealed record AttendeeReply(Response Response, Instant At);
