namespace HybridCalendar.Domain.Meetings;

/// <summary>What a look at a calendar adds to what is already recorded of a meeting.</summary>
public static class MeetingDecider
{
    /// <summary>The news in a look, in the order in which it is recorded; empty when there is none.</summary>
    /// <remarks>
    /// Exchange is the authority, so nothing here refuses. The same look twice adds nothing, because every
    /// look is taken at least once; a look older than the newest one that brought news adds nothing either.
    /// </remarks>
    public static IReadOnlyList<MeetingEvent> Decide(Meeting? known, MeetingLook look) => (known, look) switch
    {
        ({ } meeting, _) when look.Look.At < meeting.LookedAt => [],
        (null or { InCalendar: false }, MeetingLook.Gone) => [],
        (_, MeetingLook.Gone) => [new MeetingLeftCalendar { Look = look.Look }],
        (null, MeetingLook.Seen seen) =>
            [new MeetingAppeared(seen.Correlation, seen.Facts) { Look = seen.Look }],
        ({ InCalendar: false }, MeetingLook.Seen seen) =>
            [new MeetingReturned(seen.Correlation, seen.Facts) { Look = seen.Look }],
        ({ Facts.IsCancelled: true }, MeetingLook.Seen { Facts.IsCancelled: false } seen) =>
            [new MeetingReturned(seen.Correlation, seen.Facts) { Look = seen.Look }],
        ({ } meeting, MeetingLook.Seen seen) =>
            [
                .. Changes(meeting.Facts, seen.Facts, seen.Look),
                .. OccurrenceChanges(meeting.Facts, seen.Facts, seen.Look),
            ],
        _ => throw new System.Diagnostics.UnreachableException($"{look.GetType().Name} is not decided"),
    };

    private static IEnumerable<MeetingEvent> Changes(MeetingFacts known, MeetingFacts seen, Look look)
    {
        if (known.When != seen.When)
        {
            yield return new MeetingRescheduled(seen.When) { Look = look };
        }

        if (known.Title != seen.Title)
        {
            yield return new MeetingRetitled(seen.Title) { Look = look };
        }

        if (known.Location != seen.Location)
        {
            yield return new MeetingRelocated(seen.Location) { Look = look };
        }

        if (known.Organizer != seen.Organizer || !known.Participants.Equals(seen.Participants))
        {
            yield return new MeetingParticipantsChanged(seen.Organizer, seen.Participants) { Look = look };
        }

        if (known.Response != seen.Response)
        {
            yield return new MeetingResponseChanged(seen.Response) { Look = look };
        }

        if (known.ShownAs != seen.ShownAs)
        {
            yield return new MeetingShownAsChanged(seen.ShownAs) { Look = look };
        }

        if (known.Sensitivity != seen.Sensitivity)
        {
            yield return new MeetingSensitivityChanged(seen.Sensitivity) { Look = look };
        }

        if (!known.JoinTargets.Equals(seen.JoinTargets))
        {
            yield return new MeetingJoinTargetsChanged(seen.JoinTargets) { Look = look };
        }

        if (!known.IsCancelled && seen.IsCancelled)
        {
            yield return new MeetingCancelled { Look = look };
        }
    }

    private static IEnumerable<MeetingEvent> OccurrenceChanges(
        MeetingFacts known, MeetingFacts seen, Look look)
    {
        var exceptional = seen.ChangedOccurrences
            .Select(o => o.OriginalStart)
            .Concat(seen.DroppedOccurrences);
        var wasExceptional = known.ChangedOccurrences
            .Select(o => o.OriginalStart)
            .Concat(known.DroppedOccurrences);
        var restored = wasExceptional.Except(exceptional).Order();

        // What is listed as changed and as dropped counts as changed: else it were news at every look.
        var dropped = seen.DroppedOccurrences
            .Except(known.DroppedOccurrences)
            .Except(seen.ChangedOccurrences.Select(o => o.OriginalStart));
        var changed = seen.ChangedOccurrences.Except(known.ChangedOccurrences);
        return
        [
            .. restored.Select(start => new OccurrenceRestored(start) { Look = look }),
            .. dropped.Select(start => new OccurrenceDropped(start) { Look = look }),
            .. changed.Select(occurrence => new OccurrenceChanged(occurrence) { Look = look }),
        ];
    }
}
