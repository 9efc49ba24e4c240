using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host.Keys;
using JasperFx.Events;

namespace HybridCalendar.Host.Read;

/// <summary>Follows, event by event from the first on, in which meetings a person takes part.</summary>
/// <remarks>
/// Addresses are sealed under each mailbox's own key, as Exchange spells them, so they are opened to be
/// compared: only those of the same length. In memory are the meetings in which the person takes part.
/// </remarks>
/// <param name="address">The person's, in any case.</param>
internal sealed class Involvement(Keyring keyring, string address)
{
    private readonly HashSet<Guid> meetings = [];
    private MailboxId? own;

    /// <summary>Whether an event is the person's: who joins or leaves a meeting with it counts.</summary>
    public async ValueTask<bool> Concerns(IEvent stored, CancellationToken cancellation)
    {
        own ??= await keyring.IdOf(address, cancellation);
        switch (stored.Data)
        {
            case MailboxEvent happened:
                return happened.Mailbox == own;
            case MeetingEvent happened:
                var tookPart = meetings.Contains(stored.StreamId);
                if (People(happened) is { } people)
                {
                    var seal = await keyring.SealOf(happened.Look.Mailbox, cancellation);
                    _ = people.Any(person => IsIt(person, seal))
                        ? meetings.Add(stored.StreamId)
                        : meetings.Remove(stored.StreamId);
                }

                return tookPart || meetings.Contains(stored.StreamId) || happened.Look.Mailbox == own;
            default:
                return false;
        }
    }

    /// <summary>Who has to do with the meeting from now on; null when the event does not say.</summary>
    private static IEnumerable<Person>? People(MeetingEvent happened) => happened switch
    {
        MeetingAppeared e => People(e.Facts.Organizer, e.Facts.Participants),
        MeetingReturned e => People(e.Facts.Organizer, e.Facts.Participants),
        MeetingParticipantsChanged e => People(e.Organizer, e.Participants),
        _ => null,
    };

    private static IEnumerable<Person> People(Person? organizer, IEnumerable<Participant> participants)
    {
        var people = participants.Select(participant => participant.Person);
        return organizer is null ? people : people.Prepend(organizer);
    }

    private bool IsIt(Person person, MailboxSeal seal) =>
        MailboxSeal.IsAsLongAs(person.Address, address)
        && seal.Open(person.Address).Equals(address, StringComparison.OrdinalIgnoreCase);
}
