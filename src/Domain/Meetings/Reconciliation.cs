using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>A span of time in which a calendar is reconciled.</summary>
/// <param name="To">Exclusive.</param>
public sealed record ReconciledWindow(Instant From, Instant To)
{
    /// <summary>Whole days before today that are reconciled: what readers still ask about.</summary>
    public const int DaysBack = 7;

    /// <summary>Days from today on: what is read unless said otherwise is four weeks ahead.</summary>
    public const int DaysAhead = 35;

    /// <summary>The window of an instant: the same for all of a day, by UTC.</summary>
    public static ReconciledWindow At(Instant now)
    {
        var today = now.InUtc().Date.AtMidnight().InUtc().ToInstant();
        return new ReconciledWindow(
            today - Duration.FromDays(DaysBack), today + Duration.FromDays(DaysAhead));
    }
}

/// <summary>One entry of a calendar as its server shows it.</summary>
/// <param name="IsParked">Whether it is known that it cannot be read: then that it is not recorded is no
/// difference.</param>
public sealed record ShownEntry(
    CorrelationId Correlation, ShownOccurrence Occurrence, bool IsParked = false);

/// <summary>A calendar as its server shows it, beside what is recorded of it.</summary>
/// <param name="Shown">When the server shows each recorded meeting.</param>
/// <param name="Unknown">How many entries the server shows of meetings that are not recorded.</param>
public sealed record ComparedCalendar(
    IReadOnlyDictionary<MeetingId, ValueList<ShownOccurrence>> Shown, int Unknown);

/// <summary>
/// Compares the server's own expansion of a window with the recorded meetings, and says what that adds to
/// the record. The server is the authority.
/// </summary>
public static class Reconciliation
{
    /// <summary>Shares the server's entries out to the recorded meetings of a calendar.</summary>
    /// <remarks>
    /// An entry belongs to the meeting of its global id. Where several copies stand in the calendar, it is
    /// that of the first one whose recorded time it is, else of the first one.
    /// </remarks>
    /// <param name="recorded">The meetings that stand in the calendar.</param>
    public static ComparedCalendar Compare(
        IReadOnlyDictionary<MeetingId, Meeting> recorded,
        IEnumerable<ShownEntry> entries,
        ReconciledWindow window)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(window);
        var inWindow = entries.Where(entry => entry.Occurrence.Overlaps(window.From, window.To)).ToList();
        var byCorrelation = inWindow.ToLookup(entry => entry.Correlation, entry => entry.Occurrence);
        var shown = new Dictionary<MeetingId, ValueList<ShownOccurrence>>();
        foreach (var copies in recorded.GroupBy(pair => pair.Value.Correlation))
        {
            Share(byCorrelation[copies.Key], [.. copies.OrderBy(copy => copy.Key.Value)], window, shown);
        }

        var known = recorded.Values.Select(meeting => meeting.Correlation).ToHashSet();
        return new ComparedCalendar(
            shown, inWindow.Count(entry => !entry.IsParked && !known.Contains(entry.Correlation)));
    }

    /// <summary>What the server's view of a meeting adds to the record; nothing when it is known.</summary>
    public static IReadOnlyList<MeetingEvent> Decide(
        Meeting known, ValueList<ShownOccurrence> shown, ReconciledWindow window, Look look)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(look);
        if (!known.InCalendar || look.At < known.LookedAt)
        {
            return [];
        }

        var theirs = shown.Select(SpanOf).ToList();
        var planned = Planned(known, window);
        var now = known.Facts.OccurrencesIn(window.From, window.To).Select(SpanOf).ToList();
        var (missing, surplus) = (Without(planned, theirs), Without(theirs, planned));
        var isCorrect = Without(now, theirs) == 0 && Without(theirs, now) == 0;
        if (missing == 0 && surplus == 0)
        {
            return isCorrect && !(known.Facts.Correction?.To > window.From)
                ? []
                : [new MeetingExpansionConfirmed(window.From, window.To) { Look = look }];
        }

        if (isCorrect)
        {
            return [];
        }

        var inOrder = shown.OrderBy(o => o.Start).ThenBy(o => o.End).ThenBy(o => o.IsCancelled);
        return
        [
            new MeetingExpansionCorrected(window.From, window.To, [.. inOrder], missing, surplus)
            {
                Look = look,
            },
        ];
    }

    private static void Share(
        IEnumerable<ShownOccurrence> occurrences,
        IReadOnlyList<KeyValuePair<MeetingId, Meeting>> copies,
        ReconciledWindow window,
        Dictionary<MeetingId, ValueList<ShownOccurrence>> shown)
    {
        var left = occurrences.ToList();
        var shares = copies.Skip(1).Select(copy => (copy.Key, Share: Take(left, Planned(copy.Value, window))))
            .ToList();
        foreach (var (meeting, share) in shares)
        {
            shown[meeting] = share;
        }

        shown[copies[0].Key] = [.. left];
    }

    // Takes out of the list what is at these times.
    private static ValueList<ShownOccurrence> Take(List<ShownOccurrence> from, IEnumerable<Span> times)
    {
        var taken = new List<ShownOccurrence>();
        foreach (var time in times)
        {
            if (from.FindIndex(occurrence => SpanOf(occurrence) == time) is var index and >= 0)
            {
                taken.Add(from[index]);
                from.RemoveAt(index);
            }
        }

        return [.. taken];
    }

    private static List<Span> Planned(Meeting meeting, ReconciledWindow window) =>
        [.. meeting.Facts.PlannedIn(window.From, window.To).Select(SpanOf)];

    private static int Without(IEnumerable<Span> all, IEnumerable<Span> those)
    {
        var left = those.CountBy(span => span).ToDictionary();
        return all.Count(span => left.GetValueOrDefault(span) == 0 || left[span]-- == 0);
    }

    private static Span SpanOf(ShownOccurrence o) => new(o.Start, o.End, o.IsCancelled);

    private static Span SpanOf(MeetingOccurrence o) => new(o.Start, o.End, o.IsCancelled);

    /// <summary>What is compared of an occurrence.</summary>
    private readonly record struct Span(Instant Start, Instant End, bool IsCancelled);
}
