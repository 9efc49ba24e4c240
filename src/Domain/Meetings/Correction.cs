using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>One time at which a calendar server shows a meeting (EWS: an entry of a CalendarView).</summary>
/// <param name="End">Exclusive.</param>
/// <param name="OriginalStart">Where the server says that the pattern puts it;
/// null where it does not say, and for a meeting that is no series.</param>
public sealed record ShownOccurrence(
    Instant Start, Instant End, bool AllDay = false, bool IsCancelled = false, Instant? OriginalStart = null)
{
    /// <summary>Whether it ends after a window's start, and starts before its end.</summary>
    public bool Overlaps(Instant from, Instant to) => End > from && Start < to;
}

/// <summary>
/// When a meeting takes place in a span of time as the calendar server shows it, because that is something
/// else than what its pattern says.
/// </summary>
/// <param name="To">Exclusive.</param>
/// <param name="Occurrences">All that overlap the span, by start; none when the server does not show the
/// meeting.</param>
public sealed record Correction(Instant From, Instant To, ValueList<ShownOccurrence> Occurrences)
{
    /// <summary>Of a longer time nothing is kept: before it, the pattern counts again.</summary>
    public static readonly Duration Longest = Duration.FromDays(366);

    /// <summary>Whether it says when the meeting takes place then, and not the pattern.</summary>
    public bool Covers(Instant start, Instant end) => end > From && start < To;

    /// <summary>
    /// This one, together with what an older one says of the time right before it: windows move on with the
    /// days, and what the server showed of a day stays.
    /// </summary>
    public Correction After(Correction? older)
    {
        if (older is null || older.From >= From || older.To < From)
        {
            return this;
        }

        var from = Instant.Max(older.From, To - Longest);
        return new Correction(
            from,
            To,
            [.. older.Occurrences.Where(o => o.End > from && o.End <= From), .. Occurrences]);
    }

    /// <summary>What it says of the time before an instant; null when that is nothing.</summary>
    public Correction? Before(Instant instant) => From >= instant
        ? null
        : new Correction(
            From, Instant.Min(To, instant), [.. Occurrences.Where(o => o.Start < instant)]);
}
