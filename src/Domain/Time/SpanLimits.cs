using NodaTime;

namespace HybridCalendar.Domain.Time;

/// <summary>What a calendar can hold. Outside is no meeting, and no fold has to cope with it.</summary>
public static class SpanLimits
{
    /// <summary>The first instant of a calendar (MAPI: PtypTime).</summary>
    public static readonly Instant Earliest = Instant.FromUtc(1601, 1, 1, 0, 0);

    /// <summary>The end of a calendar: where Exchange ends a series without end (exclusive).</summary>
    public static readonly Instant Latest = Instant.FromUtc(4500, 9, 1, 0, 0);

    /// <summary>The longest meeting: five years (EWS: ErrorCalendarDurationIsTooLong).</summary>
    public static readonly Duration Longest = Duration.FromDays(5 * 366);

    /// <summary>Whether a calendar has that day.</summary>
    public static bool Holds(LocalDate day) => day >= Earliest.InUtc().Date && day < Latest.InUtc().Date;

    /// <summary>What is wrong with a span, in words that name nothing of it; null when nothing is.</summary>
    public static string? Problem(Instant start, Instant end) =>
        end < start ? "End: before Start"
        : start < Earliest || end > Latest ? "Start or End: outside the years 1601 to 4500"
        : end - start > Longest ? "End: more than five years after Start"
        : null;
}
