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

    /// <summary>
    /// How far the name of an occurrence may be from a window that it overlaps, beside its length: zones have
    /// moved their date by a day, and exceptions are named by other rules.
    /// </summary>
    private static readonly Duration NamesFromWindowMax = Duration.FromDays(3);

    /// <summary>The occurrences that overlap a window, by start and then original start.</summary>
    /// <remarks>
    /// A changed occurrence counts by its own time, wherever the pattern puts it. The overlap is that of
    /// <see cref="SeriesExpansion.Occurrences"/>. Cancelled occurrences are among them, marked so; dropped
    /// ones are not. In the span of a <see cref="MeetingFacts.Correction"/> they are those that the server
    /// shows. Computed while enumerated.
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
        var planned = facts.PlannedIn(from, to);
        return facts.Correction is not { } correction ? planned : Merge(
            planned.Where(occurrence => !correction.Covers(occurrence.Start, occurrence.End)),
            correction.Occurrences.Where(shown => shown.Overlaps(from, to)).Select(facts.Shown));
    }

    /// <summary>The same by the pattern and its exceptions alone, whatever the server shows.</summary>
    internal static IEnumerable<MeetingOccurrence> PlannedIn(
        this MeetingFacts facts, Instant from, Instant to)
    {
        var exceptional = facts.ExceptionsNear(from, to).Order().ToArray();
        var regular = facts.When.Occurrences(ZoneOf(facts.When), from, to)
            .Where(occurrence => !IsNamed(occurrence.OriginalStart, exceptional))
            .Select(facts.Regular);
        var changed = facts.ChangedOccurrences
            .Where(occurrence => occurrence.End > from && occurrence.Start < to)
            .Select(facts.Changed);
        return Merge(regular, changed);
    }

    // Old series have many exceptions, of which few concern a window.
    private static IEnumerable<Instant> ExceptionsNear(this MeetingFacts facts, Instant from, Instant to)
    {
        var length = facts.When.End - facts.When.Start;
        var earliest = Instant.Max(from, SpanLimits.Earliest) - length - NamesFromWindowMax;
        var latest = Instant.Min(to, SpanLimits.Latest) + NamesFromWindowMax;
        return facts.ChangedOccurrences.Select(o => o.OriginalStart)
            .Concat(facts.DroppedOccurrences)
            .Where(start => start > earliest && start < latest);
    }

    /// <summary>
    /// The span in which all occurrences are, changed and corrected ones too; no end when the series never
    /// ends.
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
        var elsewhere = facts.ChangedOccurrences.Select(changed => (changed.Start, changed.End))
            .Concat(facts.Correction?.Occurrences.Select(shown => (shown.Start, shown.End)) ?? []);
        foreach (var other in elsewhere)
        {
            start = Instant.Min(start, other.Start);
            end = end is { } known ? Instant.Max(known, other.End) : null;
        }

        return (start, end);
    }

    // The first in order: only the second are few.
    private static IEnumerable<MeetingOccurrence> Merge(
        IEnumerable<MeetingOccurrence> many, IEnumerable<MeetingOccurrence> few)
    {
        var next = new Queue<MeetingOccurrence>(few.OrderBy(o => o.Start).ThenBy(o => o.OriginalStart));
        foreach (var occurrence in many)
        {
            while (next.TryPeek(out var other) && IsBefore(other, occurrence))
            {
                yield return next.Dequeue();
            }

            yield return occurrence;
        }

        foreach (var other in next)
        {
            yield return other;
        }
    }

    private static bool IsBefore(MeetingOccurrence one, MeetingOccurrence other) =>
        one.Start < other.Start || (one.Start == other.Start && one.OriginalStart < other.OriginalStart);

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

    // What the server shows says when; the exception of that name, or the series, says what.
    private static MeetingOccurrence Shown(this MeetingFacts facts, ShownOccurrence shown)
    {
        var name = shown.OriginalStart ?? shown.Start;
        var own = facts.ChangedOccurrences.FirstOrDefault(o => IsNamed(name, [o.OriginalStart]));
        return (own is null ? facts.Regular(new Occurrence(name, shown.End)) : facts.Changed(own)) with
        {
            Start = shown.Start,
            End = shown.End,
            AllDay = shown.AllDay,
            IsCancelled = shown.IsCancelled,
        };
    }

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
