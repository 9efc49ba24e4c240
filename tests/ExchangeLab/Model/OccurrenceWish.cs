using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>What the organizer wants to change in one occurrence; null members stay as they are.</summary>
public sealed record OccurrenceWish(Instant? Start, Instant? End, string? Subject, string? Location)
{
    public const string HtmlBody = "HTML";

    public string? Body { get; init; }

    /// <summary>text or HTML; it counts together with a body only.</summary>
    public string? BodyType { get; init; }

    /// <summary>The way to join that the body holds; it counts together with a body only.</summary>
    public string? Join { get; init; }

    public ShowAs? ShowAs { get; init; }

    public OnlineMeeting? OnlineMeeting { get; init; }
}
