using NodaTime;
using NodaTime.TimeZones;

namespace HybridCalendar.Domain.Time;

/// <summary>From a pattern to the times at which a series takes place, in Exchange's semantics.</summary>
/// <remarks>
/// Source: EWS, Recurrence (RecurrenceType) and its patterns and ranges. A series is planned in the local
/// time of its zone: each occurrence starts at the same time of day, and lasts as long by the clock on the
/// wall as the first one. A local time that clocks skip is as much later as they skip; of one that they
/// show twice the earlier is meant.
/// </remarks>
public static class SeriesExpansion
{
    /// <summary>More than any zone has ever moved its clocks, or its date, at once.</summary>
    private const int ZoneShiftDaysMax = 2;

    /// <summary>
    /// The last day of a series that never ends, as Exchange stores it; nothing is expanded after it.
    /// </summary>
    private static readonly LocalDate Horizon = new(4500, 8, 31);

    private static readonly Instant EarliestInstant = Instant.FromUtc(1, 1, 1, 0, 0);
    private static readonly Instant LatestInstant = Instant.FromUtc(9000, 1, 1, 0, 0);

    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.LenientResolver;

    /// <summary>
    /// The occurrences that overlap a window, in order; the one span of a meeting that is no series.
    /// </summary>
    /// <remarks>
    /// By the pattern alone, without exceptions. An occurrence overlaps when it ends after the window's
    /// start and starts before its end, so one of no length at the window's start does not. Computed while
    /// enumerated; the cost is that of the window, not of the time between the series' start and the
    /// window.
    /// </remarks>
    /// <param name="when">What is expanded.</param>
    /// <param name="zone">
    /// The zone of <see cref="CalendarZones.Of"/>; without effect for a single meeting.
    /// </param>
    /// <param name="from">Start of the window.</param>
    /// <param name="to">End of the window (exclusive).</param>
    /// <exception cref="ArgumentException">
    /// The pattern is outside its bounds; see <see cref="Recurrence"/>.
    /// </exception>
    public static IEnumerable<Occurrence> Occurrences(
        this When when, DateTimeZone zone, Instant from, Instant to)
    {
        ArgumentNullException.ThrowIfNull(when);
        ArgumentNullException.ThrowIfNull(zone);
        if (when.Recurrence is { } recurrence)
        {
            return InWindow(new Series(when, recurrence, zone), from, to);
        }

        return when.End > from && when.Start < to ? [new Occurrence(when.Start, when.End)] : [];
    }

    /// <summary>
    /// The start of the first occurrence, and the end of the last one; null when the series never ends.
    /// </summary>
    /// <remarks>
    /// By the pattern alone. A series whose range holds no day of its pattern has the bounds of its span.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The pattern is outside its bounds; see <see cref="Recurrence"/>.
    /// </exception>
    public static (Instant Start, Instant? End) Bounds(this When when, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(when);
        ArgumentNullException.ThrowIfNull(zone);
        if (when.Recurrence is not { } recurrence)
        {
            return (when.Start, when.End);
        }

        var series = new Series(when, recurrence, zone);
        if (series.Last < series.First)
        {
            return (when.Start, when.End);
        }

        var endless = recurrence is { End: null, Count: null };
        return (series[series.First].OriginalStart, endless ? null : series[series.Last].End);
    }

    private static IEnumerable<Occurrence> InWindow(Series series, Instant from, Instant to)
    {
        for (var index = series.FirstEndingAfter(from); index <= series.Last; index++)
        {
            var occurrence = series[index];
            if (occurrence.OriginalStart >= to)
            {
                yield break;
            }

            if (occurrence.End > from)
            {
                yield return occurrence;
            }
        }
    }

    /// <summary>
    /// A series as numbered occurrences: those from <see cref="First"/> to <see cref="Last"/> exist.
    /// </summary>
    private sealed class Series
    {
        private readonly PatternDays days;
        private readonly DateTimeZone zone;
        private readonly LocalTime startTime;
        private readonly Duration length;

        public Series(When when, Recurrence recurrence, DateTimeZone zone)
        {
            this.zone = zone;
            days = PatternDays.Of(recurrence);
            var start = when.Start.InZone(zone).LocalDateTime;
            startTime = start.TimeOfDay;
            var onTheWall = Elapsed(start, when.End.InZone(zone).LocalDateTime);
            length = onTheWall > Duration.Zero ? onTheWall : when.End - when.Start;

            var lastDay = LocalDate.Min(recurrence.End ?? Horizon, Horizon);
            if (recurrence.Start > lastDay)
            {
                Last = -1;
                return;
            }

            First = days.IndexOnOrAfter(recurrence.Start);
            var lastByDay = days.IndexOnOrAfter(lastDay.PlusDays(1)) - 1;
            Last = recurrence.Count is { } count ? Math.Min(lastByDay, First + count - 1) : lastByDay;
        }

        public int First { get; }

        public int Last { get; }

        public Occurrence this[int index]
        {
            get
            {
                var local = days[index] + startTime;
                var start = zone.ResolveLocal(local, Resolver).ToInstant();
                var end = zone.ResolveLocal(Plus(local, length), Resolver).ToInstant();

                // Clocks that skip the start but not the end can put the end first: then the length counts.
                return new Occurrence(start, end > start ? end : start + length);
            }
        }

        /// <summary>A number from which on every occurrence is that ends after an instant.</summary>
        public int FirstEndingAfter(Instant instant)
        {
            var bounded = Instant.Max(EarliestInstant, Instant.Min(instant, LatestInstant));
            var day = bounded.InUtc().Date.PlusDays(-(int)length.TotalDays - 1 - ZoneShiftDaysMax);
            return day > Horizon ? int.MaxValue : Math.Max(First, days.IndexOnOrAfter(day));
        }

        private static Duration Elapsed(LocalDateTime start, LocalDateTime end) =>
            end.InUtc().ToInstant() - start.InUtc().ToInstant();

        private static LocalDateTime Plus(LocalDateTime local, Duration duration) =>
            (local.InUtc().ToInstant() + duration).InUtc().LocalDateTime;
    }
}
