using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Projections;

/// <summary>
/// Between which seconds a meeting takes place, all occurrences together: numbers that a database can search.
/// </summary>
/// <param name="StartSecond">Unix time before which no occurrence starts.</param>
/// <param name="EndSecond">Unix time after which no occurrence ends;
/// <see cref="Never"/> for a series without end.</param>
public sealed record TimeIndex(long StartSecond, long EndSecond)
{
    /// <summary>Later than any time that a calendar can hold, and exact as a JSON number.</summary>
    public const long Never = 1L << 52;

    public static TimeIndex Of(MeetingFacts facts)
    {
        var (firstStart, lastEnd) = facts.TimeBounds();
        return new TimeIndex(Floor(firstStart), lastEnd is { } end ? Floor(end) + 1 : Never);
    }

    /// <summary>The second in which an instant lies.</summary>
    public static long Floor(Instant instant) => instant.ToUnixTimeSeconds();
}
