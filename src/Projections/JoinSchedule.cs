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

    /// <summary>What a button needs: no participants but the organizer, no places.</summary>
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
            Participants = [],
            ChangedOccurrences = [.. facts.ChangedOccurrences.Select(o => o with { Location = null })],
        };
        return new ScheduledJoin { Id = id, Mailbox = mailbox, Facts = needed, Time = TimeIndex.Of(needed) };
    }
}

/// <summary>One Join button that is up.</summary>
/// <param name="MeetingEnd">When the meeting ends (exclusive).</param>
/// <param name="Ends">When the button goes (exclusive).</param>
/// <param name="Title">Null also when it is withheld.</param>
/// <param name="Organizer">Who invited; null for what somebody noted for himself.</param>
public sealed record JoinButton(
    Guid Meeting,
    Instant? OriginalStart,
    Instant Start,
    Instant MeetingEnd,
    Instant Ends,
    bool AllDay,
    bool IsWithheld,
    Sealed? Title,
    Person? Organizer,
    ValueList<JoinTarget> Targets);

/// <summary>The Join buttons of one mailbox at an instant.</summary>
/// <param name="Buttons">All that are up, in their <see cref="ButtonOrder"/>.</param>
/// <param name="ChangesAt">
/// The next instant at which a button comes or goes, or their order changes, if within the horizon.
/// </param>
public sealed record JoinSchedule(IReadOnlyList<JoinButton> Buttons, Instant? ChangesAt)
{
    /// <summary>How far ahead <see cref="ChangesAt"/> is searched.</summary>
    public static readonly Duration Horizon = Duration.FromDays(1);

    /// <summary>In which time meetings take place that the schedule at an instant depends on.</summary>
    /// <returns>The latest end before it, and the latest start within it.</returns>
    public static (Instant From, Instant To) Window(Instant now, JoinTimes times)
    {
        ArgumentNullException.ThrowIfNull(times);
        return (now - times.Tail, now + Horizon + times.Lead);
    }

    /// <summary>The schedule at an instant, as an audience is shown it.</summary>
    public static JoinSchedule At(IEnumerable<ScheduledJoin> scheduled, Instant now, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(audience);
        var (from, to) = Window(now, audience.Times);
        (JoinButton Button, Instant Since)[] all =
        [
            .. scheduled.SelectMany(join => ButtonsOf(join, from, to, audience)),
        ];
        var up = Up(now);
        var changes = all
            .SelectMany(each => new[]
            {
                each.Since, each.Button.Start, each.Button.MeetingEnd, each.Button.Ends,
            })
            .Where(border => border > now && border <= now + Horizon)
            .Distinct()
            .Order();
        var next = changes.Cast<Instant?>().FirstOrDefault(border => !Up(border!.Value).SequenceEqual(up));
        return new JoinSchedule(up, next);

        JoinButton[] Up(Instant at) =>
        [
            .. all.Where(each => each.Since <= at && at < each.Button.Ends)
                .Select(each => each.Button)
                .Order(new ButtonOrder(at)),
        ];
    }

    private static IEnumerable<(JoinButton Button, Instant Since)> ButtonsOf(
        ScheduledJoin scheduled, Instant after, Instant before, Audience audience)
    {
        foreach (var occurrence in scheduled.Facts.OccurrencesIn(after, before))
        {
            if (Showing.Of(scheduled.Facts, occurrence, audience) is { Button: { } span } showing)
            {
                var button = new JoinButton(
                    scheduled.Id,
                    occurrence.OriginalStart,
                    occurrence.Start,
                    occurrence.End,
                    span.Until,
                    occurrence.AllDay,
                    showing.IsWithheld,
                    showing.IsWithheld ? null : occurrence.Title,
                    scheduled.Facts.Organizer,
                    occurrence.JoinTargets);
                yield return (button, span.From);
            }
        }
    }
}
