using System.Diagnostics;
using HybridCalendar.Domain.Meetings;

namespace HybridCalendar.Projections;

/// <summary>A meeting that stands in a mailbox's calendar: one document of the meeting list.</summary>
/// <remarks>
/// A series is one document; readers expand it for their window.
/// Cancelled meetings stay while they stand there.
/// </remarks>
public sealed record ListedMeeting
{
    /// <summary>The meeting's stream.</summary>
    public required Guid Id { get; init; }

    public required Guid Mailbox { get; init; }

    public required CorrelationId Correlation { get; init; }

    public required MeetingFacts Facts { get; init; }

    /// <summary>Between which instants it takes place: what windows are searched by.</summary>
    public required TimeIndex Time { get; init; }

    /// <summary>
    /// Reads only the document and the event: no clock, no query, so a rebuild gives the same.
    /// </summary>
    public static ListedMeeting? Fold(ListedMeeting? listed, Guid id, MeetingEvent happened) =>
        (listed, happened) switch
        {
            (_, MeetingAppeared e) => Show(id, e.Look.Mailbox.Value, e.Correlation, e.Facts),
            (_, MeetingReturned e) => Show(id, e.Look.Mailbox.Value, e.Correlation, e.Facts),
            (_, MeetingLeftCalendar) => null,
            (null, _) => throw new UnreachableException(
                $"{happened.GetType().Name} of a meeting that is not in the calendar"),
            _ => Show(id, listed.Mailbox, listed.Correlation, listed.Facts.Evolve(happened)),
        };

    private static ListedMeeting Show(Guid id, Guid mailbox, CorrelationId correlation, MeetingFacts facts) =>
        new()
        {
            Id = id,
            Mailbox = mailbox,
            Correlation = correlation,
            Facts = facts,
            Time = TimeIndex.Of(facts),
        };
}
