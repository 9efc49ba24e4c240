using NodaTime;

namespace HybridCalendar.Domain.Time;

/// <summary>When a meeting is: one span, or a series of them.</summary>
public sealed record When
{
    /// <summary>Start of the meeting; of the first occurrence for a series.</summary>
    public required Instant Start { get; init; }

    /// <summary>End of the meeting (exclusive); of the first occurrence for a series.</summary>
    public required Instant End { get; init; }

    /// <summary>
    /// The time zone in which the meeting was planned: a Windows or IANA id, as Exchange gave it.
    /// </summary>
    public required string Zone { get; init; }

    /// <summary>
    /// The rules of <see cref="Zone"/> where it is no known id; null where it is, or where nobody knows them.
    /// </summary>
    public ZoneDefinition? ZoneDefinition { get; init; }

    /// <summary>Whole days, from midnight to midnight in <see cref="Zone"/>.</summary>
    public bool AllDay { get; init; }

    /// <summary>How a series repeats; null for a single meeting.</summary>
    public Recurrence? Recurrence { get; init; }
}
