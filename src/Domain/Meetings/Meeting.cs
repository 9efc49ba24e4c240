using System.Diagnostics;
using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>What <see cref="MeetingDecider"/> needs to know of a meeting's past. Not a read model.</summary>
/// <param name="LookedAt">The newest look that brought news.</param>
/// <param name="InCalendar">False after it left, until it returns.</param>
public sealed record Meeting(MeetingFacts Facts, Instant LookedAt, bool InCalendar)
{
    public static Meeting Evolve(Meeting? meeting, MeetingEvent happened) => (meeting, happened) switch
    {
        (null, MeetingAppeared e) => new Meeting(e.Facts, e.Look.At, InCalendar: true),
        (null, _) => throw new UnreachableException(
            $"{happened.GetType().Name} before {nameof(MeetingAppeared)}"),
        _ => new Meeting(
            meeting.Facts.Evolve(happened),
            happened.Look.At,
            InCalendar: happened is not MeetingLeftCalendar),
    };
}
