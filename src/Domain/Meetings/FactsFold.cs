using System.Diagnostics;
using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>How each event changes what is true of a meeting.</summary>
public static class FactsFold
{
    public static MeetingFacts Evolve(this MeetingFacts facts, MeetingEvent happened)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return happened switch
        {
            MeetingAppeared e => e.Facts,
            MeetingReturned e => e.Facts,
            MeetingRescheduled e => facts with { When = e.When, Correction = null },
            MeetingRetitled e => facts with { Title = e.Title },
            MeetingRelocated e => facts with { Location = e.Location },
            MeetingParticipantsChanged e =>
                facts with { Organizer = e.Organizer, Participants = e.Participants },
            MeetingResponseChanged e => facts with { Response = e.Response },
            MeetingShownAsChanged e => facts with { ShownAs = e.ShownAs },
            MeetingSensitivityChanged e => facts with { Sensitivity = e.Sensitivity },
            MeetingJoinTargetsChanged e => facts with { JoinTargets = e.JoinTargets },
            OccurrenceChanged e => facts.Without(e.Occurrence.OriginalStart).With(e.Occurrence),
            OccurrenceDropped e => facts.Without(e.OriginalStart).With(e.OriginalStart),
            OccurrenceRestored e => facts.Without(e.OriginalStart),
            MeetingExpansionCorrected e =>
                facts with { Correction = new Correction(e.From, e.To, e.Occurrences) },
            MeetingExpansionConfirmed => facts with { Correction = null },
            MeetingCancelled => facts with { IsCancelled = true, Correction = null },
            MeetingLeftCalendar => facts,
            _ => throw new UnreachableException(
                $"{happened.GetType().Name} is not folded into {nameof(MeetingFacts)}"),
        };
    }

    // Whoever changes an occurrence changes what the server shows: it is to be asked again.
    private static MeetingFacts Without(this MeetingFacts facts, Instant originalStart) => facts with
    {
        Correction = null,
        ChangedOccurrences = [.. facts.ChangedOccurrences.Where(o => o.OriginalStart != originalStart)],
        DroppedOccurrences = [.. facts.DroppedOccurrences.Where(start => start != originalStart)],
    };

    private static MeetingFacts With(this MeetingFacts facts, ChangedOccurrence occurrence) => facts with
    {
        ChangedOccurrences = [.. facts.ChangedOccurrences.Append(occurrence).OrderBy(o => o.OriginalStart)],
    };

    private static MeetingFacts With(this MeetingFacts facts, Instant dropped) => facts with
    {
        DroppedOccurrences = [.. facts.DroppedOccurrences.Append(dropped).Order()],
    };
}
