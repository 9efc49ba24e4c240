using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>One time at which a meeting takes place, with what is true of it then.</summary>
/// <param name="OriginalStart">Where the pattern puts it; null for a meeting that is no series.</param>
/// <param name="End">Exclusive.</param>
public sealed record MeetingOccurrence(
    Instant? OriginalStart,
    Instant Start,
    Instant End,
    bool AllDay,
    Sealed? Title,
    Sealed? Location,
    ShownAs ShownAs,
    bool IsCancelled,
    ValueList<JoinTarget> JoinTargets);

/// <summary>The times at which a meeting takes place, exceptions applied.</summary>
public static class MeetingOccurrences
{
    /// <summary>
    /// How far Exchange's rules of a zone may be from ours where an exception's name is concerned.
    /// </summary>
    /// <remarks>
    /// Exchange names an exception by an instant that it computed from Windows' rules, which follow a
    /// change of law at another time than the IANA database. Occurrences are most of a day apart, so this
    /// confuses none.
    /// </remarks>
    private static readonly Duration ZoneRulesDriftMax = Duration.FromHours(3);

    /// <summary>The occurrences that overlap a window, by start and then original start.</summary>
    /// <remarks>
    /// A changed occurrence counts by its own time, wherever the pattern puts it. The overlap is that of
    /// <see cref="SeriesExpansion.Occurrences"/>. Cancelled occurrences are among them, marked so; dropped
    /// ones are not.
    /// </remarks>
    /// <param name="facts">The meeting.</param>
    /// <param name="from">Start of the window.</param>
    /// <param name="to">End of the window (exclusive).</param>
    /// <exception cref="InvalidOperationException">
    /// A series in a zone that is not known: a bug at the edge.
    /// </exception>
    public static IEnumerable<MeetingOccurrence> OccurrencesIn(
        this MeetingFacts facts, Instant from, Instant to)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var exceptional = facts.ChangedOccurrences.Select(o => o.OriginalStart)
            .Concat(facts.DroppedOccurrences)
            .Order()
            .ToArray();
        var regular = facts.When.Occurrences(ZoneOf(facts.When), from, to)
            .Where(occurrence => !IsNamed(occurrence.OriginalStart, exceptional))
            .Select(facts.Regular);
        var changed = facts.ChangedOccurrences
            .Where(occurrence => occurrence.End > from && occurrence.Start < to)
            .Select(facts.Changed);
        return regular.Concat(changed).OrderBy(o => o.Start).ThenBy(o => o.OriginalStart);
    }

    /// <summary>
    /// The span in which all occurrences are, changed ones too; no end when the series never ends.
    /// </summary>
    /// <remarks>
    /// For an index: never too narrow, but too wide where the first or the last occurrence is dropped.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// A series in a zone that is not known: a bug at the edge.
    /// </exception>
    public static (Instant FirstStart, Instant? LastEnd) TimeBounds(this MeetingFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var (start, end) = facts.When.Bounds(ZoneOf(facts.When));
        foreach (var changed in facts.ChangedOccurrences)
        {
            start = Instant.Min(start, changed.Start);
            end = end is { } known ? Instant.Max(known, changed.End) : null;
        }

        return (start, end);
    }

    private static bool IsNamed(Instant originalStart, Instant[] ordered)
    {
        var found = Array.BinarySearch(ordered, originalStart - ZoneRulesDriftMax);
        var index = found < 0 ? ~found : found;
        return index < ordered.Length && ordered[index] <= originalStart + ZoneRulesDriftMax;
    }

    private static DateTimeZone ZoneOf(When when) =>
        when.Recurrence is null
            ? DateTimeZone.Utc
            : CalendarZones.Of(when) ?? throw new InvalidOperationException(
                $"A series in zone '{when.Zone}' was accepted, of which no rules are known");

    private static MeetingOccurrence Regular(this MeetingFacts facts, Occurrence occurrence) => new(
        facts.When.Recurrence is null ? null : occurrence.OriginalStart,
        occurrence.OriginalStart,
        occurrence.End,
        facts.When.AllDay,
        facts.Title,
        facts.Location,
        facts.ShownAs,
        facts.IsCancelled,
        facts.JoinTargets);

    private static MeetingOccurrence Changed(this MeetingFacts facts, ChangedOccurrence occurrence) => new(
        occurrence.OriginalStart,
        occurrence.Start,
        occurrence.End,
        occurrence.AllDay,
        occurrence.Title,
        occurrence.Location,
        occurrence.ShownAs,
        facts.IsCancelled || occurrence.IsCancelled,
        occurrence.JoinTargets);
}
