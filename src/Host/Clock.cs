using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host;

/// <summary>How to wait for an instant.</summary>
internal static class Clock
{
    /// <summary>After this long the clock is asked anew, since somebody may have set it.</summary>
    public static readonly Duration LongestWait = Duration.FromMinutes(1);

    /// <summary>
    /// How long to wait before asking the clock again whether an instant has come: whole milliseconds, never
    /// too few of them, since timers know no smaller unit. For ever when there is no such instant.
    /// </summary>
    public static TimeSpan WaitFor(this TimeProvider clock, Instant? instant) =>
        instant is { } at
            ? TimeSpan.FromMilliseconds(Math.Ceiling(
                Duration.Min(Duration.Max(at - clock.GetCurrentInstant(), Duration.Zero), LongestWait)
                    .TotalMilliseconds))
            : Timeout.InfiniteTimeSpan;
}
