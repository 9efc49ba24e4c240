using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>What one occurrence has of its own; null members are the series'.</summary>
public sealed record OccurrenceChange(Instant Start, Instant End, string? Subject, string? Location)
{
    public string? Body { get; init; }

    /// <summary>Whether its own body is HTML.</summary>
    public bool BodyIsHtml { get; init; }

    /// <summary>The first way to join that its own body holds, as its writer knows it.</summary>
    public string? Join { get; init; }

    public ShowAs? ShowAs { get; init; }

    public OnlineMeeting? OnlineMeeting { get; init; }

    /// <summary>What it becomes when the organizer wants something else.</summary>
    public OccurrenceChange With(OccurrenceWish wish)
    {
        var isNewBody = wish.Body is not null;
        return this with
        {
            Subject = wish.Subject ?? Subject,
            Location = wish.Location ?? Location,
            Body = wish.Body ?? Body,
            BodyIsHtml = isNewBody
                ? OccurrenceWish.HtmlBody.Equals(wish.BodyType, StringComparison.OrdinalIgnoreCase)
                : BodyIsHtml,
            Join = isNewBody ? wish.Join : Join,
            ShowAs = wish.ShowAs ?? ShowAs,
            OnlineMeeting = wish.OnlineMeeting ?? OnlineMeeting,
        };
    }
}
