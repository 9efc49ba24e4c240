using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;

namespace HybridCalendar.Simulation.Record;

/// <summary>Finds events that say what was recorded already.</summary>
internal static class Twice
{
    /// <exception cref="SimulationException">
    /// An event changes nothing, or a stream is not numbered one by one.
    /// </exception>
    public static void Check(IEnumerable<StoredEvent> events)
    {
        foreach (var stream in events.GroupBy(e => e.Stream))
        {
            object? state = null;
            var version = 0;
            foreach (var e in stream)
            {
                var next = Evolve(state, e.Data);
                if (Equals(Truth(next), Truth(state)) || e.Version != ++version)
                {
                    throw new SimulationException(
                        $"An event is recorded twice: {e.Name}, the {e.Version}th of {e.Stream}, "
                        + $"at place {e.Sequence}.");
                }

                state = next;
            }
        }
    }

    private static object? Evolve(object? state, object e) => e switch
    {
        MeetingEvent happened => Meeting.Evolve((Meeting?)state, happened),
        MailboxEvent happened => Mailbox.Evolve((Mailbox?)state, happened),
        OrganizationEvent happened => Organization.Evolve((Organization?)state, happened),
        _ => throw new System.Diagnostics.UnreachableException($"{e.GetType().Name} is of no stream"),
    };

    // When something was seen is news of no meeting.
    private static object? Truth(object? state) =>
        state is Meeting meeting ? (meeting.Facts, meeting.InCalendar) : state;
}
