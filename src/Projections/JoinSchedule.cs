using System.Diagnostics;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Projections;

/// <summary>
/// A meeting for which a mailbox's owner or device may be shown a Join button:
/// one document of the join schedule.
/// </summary>
/// <remarks>
/// There with or without a way to join, since that may come later; gone when the meeting leaves the calendar.
/// </remarks>
public sealed record ScheduledJoin
{
    /// <summary>The meeting's stream.</summary>
    public required Guid Id { get; init; }

    public required Guid Mailbox { get; init; }

    /// <summary>What a button needs: no participants, no places.</summary>
    public required MeetingFacts Facts { get; init; }

    /// <summary>Between which instants it takes place: what windows are searched by.</summary>
    public required TimeIndex Time { get; init; }

    /// <summary>
    /// Reads only the document and the event: no clock, no query, so a rebuild gives the same.
    /// </summary>
    public static ScheduledJoin? Fold(ScheduledJoin? scheduled, Guid id, MeetingEvent happened) =>
        (scheduled, happened) switch
        {
            (_, MeetingAppeared e) => Schedule(id, e.Look.Mailbox.Value, e.Facts),
            (_, MeetingReturned e) => Schedule(id, e.Look.Mailbox.Value, e.Facts),
            (_, MeetingLeftCalendar) => null,
            (null, _) => throw new UnreachableException(
                $"{happened.GetType().Name} of a meeting that is not in the calendar"),
            _ => Schedule(id, scheduled.Mailbox, scheduled.Facts.Evolve(happened)),
        };

    private static ScheduledJoin Schedule(Guid id, Guid mailbox, MeetingFacts facts)
    {
        var needed = facts with
        {
            Location = null,
            Organizer = null,
            Participants = [],
            ChangedOccurrences = [.. facts.ChangedOccurrences.Select(o => o with { Location = null })],
        };
        return new ScheduledJoin { Id = id, Mailbox = mailbox, Facts = needed, Time = TimeIndex.Of(needed) };
    }
}

/// <summary>One Join button that is up.</summary>
/// <param name="Ends">When it goes (exclusive).</param>
public sealed record JoinButton(
    Guid Meeting,
    Instant? OriginalStart,
    Instant Start,
    Instant Ends,
    Sealed? Title,
    ValueList<JoinTarget> Targets);

/// <summary>The Join buttons of one mailbox at an instant.</summary>
/// <param name="Buttons">All that are up, by start.</param>
/// <param name="ChangesAt">The next instant at which a button comes or goes, if within the horizon.</param>
public sealed record JoinSchedule(IReadOnlyList<JoinButton> Buttons, Instant? ChangesAt)
{
    /// <summary>How far ahead <see cref="ChangesAt"/> is searched.</summary>
    public static readonly Duration Horizon = Duration.FromDays(1);

    /// <summary>
    /// The schedule at an instant. A button is up from the lead time before the start until the end.
    /// </summary>
    /// <remarks>
    /// No button for what is cancelled, declined by the calendar's owner, or has no way to join.
    /// </remarks>
    public static JoinSchedule At(IEnumerable<ScheduledJoin> scheduled, Instant now, Duration lead)
    {
        JoinButton[] buttons =
        [
            .. scheduled
                .SelectMany(join => ButtonsOf(join, now, now + Horizon + lead))
                .OrderBy(button => button.Start)
                .ThenBy(button => button.Meeting),
        ];
        var borders = buttons
            .SelectMany(button => new[] { button.Start - lead, button.Ends })
            .Where(border => border > now && border <= now + Horizon)
            .ToArray();
        return new JoinSchedule(
            [.. buttons.Where(button => button.Start - lead <= now && now < button.Ends)],
            borders.Length == 0 ? null : borders.Min());
    }

    private static IEnumerable<JoinButton> ButtonsOf(ScheduledJoin scheduled, Instant from, Instant to) =>
        scheduled.Facts.Response == Response.Declined
            ? []
            : scheduled.Facts.OccurrencesIn(from, to)
                .Where(occurrence => !occurrence.IsCancelled && occurrence.JoinTargets.Count > 0)
                .Select(occurrence => new JoinButton(
                    scheduled.Id,
                    occurrence.OriginalStart,
                    occurrence.Start,
                    occurrence.End,
                    occurrence.Title,
                    occurrence.JoinTargets));
}
