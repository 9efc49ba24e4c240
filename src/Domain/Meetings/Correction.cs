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
/// When a meeting takes place in a window as the calendar server shows it, because that is something else
/// than what its pattern says. Outside of the window the pattern counts.
/// </summary>
/// <param name="To">Exclusive.</param>
/// <param name="Occurrences">All that overlap the window, by start; none when the server does not show the
/// meeting.</param>
public sealed record Correction(Instant From, Instant To, ValueList<ShownOccurrence> Occurrences)
{
    /// <summary>Whether it says when the meeting takes place then, and not the pattern.</summary>
    public bool Covers(Instant start, Instant end) => end > From && start < To;
}
