using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>One span of a meeting in time: a single meeting, or one occurrence of a series.</summary>
/// <param name="Date">The date that the rule gave, in the series' zone; null for a single meeting.</param>
/// <param name="OriginalStart">The start that the rule gave; null for a single meeting.</param>
/// <param name="Start">Where the occurrence is now, which an exception moves.</param>
/// <param name="End">Its end, excluded.</param>
/// <param name="Subject">The subject as shown.</param>
/// <param name="Location">The location as shown.</param>
/// <param name="IsException">Whether it differs from the series.</param>
public sealed record Occurrence(
    LocalDate? Date,
    Instant? OriginalStart,
    Instant Start,
    Instant End,
    string Subject,
    string Location,
    bool IsException)
{
    /// <summary>What an exception has of its own.</summary>
    public OccurrenceChange? Own { get; init; }
}
