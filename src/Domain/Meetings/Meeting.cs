using System.Diagnostics;
using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>What <see cref="MeetingDecider"/> needs to know of a meeting's past. Not a read model.</summary>
/// <param name="Correlation">Shared by its copies in all calendars.</param>
/// <param name="LookedAt">The newest look that brought news.</param>
/// <param name="InCalendar">False after it left, until it returns.</param>
public sealed record Meeting(
    CorrelationId Correlation, MeetingFacts Facts, Instant LookedAt, bool InCalendar)
{
    public static Meeting Evolve(Meeting? meeting, MeetingEvent happened) => (meeting, happened) switch
    {
        (null, MeetingAppeared e) => new Meeting(e.Correlation, e.Facts, e.Look.At, InCalendar: true),
        (null, _) => throw new UnreachableException(
            $"{happened.GetType().Name} before {nameof(MeetingAppeared)}"),
        (_, MeetingReturned e) => new Meeting(e.Correlation, e.Facts, e.Look.At, InCalendar: true),
        _ => new Meeting(
            meeting.Correlation,
            meeting.Facts.Evolve(happened),
            happened.Look.At,
            InCalendar: happened is not MeetingLeftCalendar),
    };
}
