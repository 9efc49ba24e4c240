using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Host.Keys;
using JasperFx.Events;
using NodaTime;

namespace HybridCalendar.Host.Read;

/// <summary>One recorded event, in words.</summary>
/// <param name="Position">Its place among all events of the service: the later the higher.</param>
/// <param name="Mailbox">Null for an event of the whole organization.</param>
/// <param name="Meeting">The meeting it is about; null for an event of the mailbox itself.</param>
/// <param name="SeenAt">When the service learned it.</param>
/// <param name="Why">What made the service look: start, hint, reconnect, sweep;
/// null for an event of the mailbox itself.</param>
/// <param name="ChangedAt">When Exchange says it was changed, where Exchange said so.</param>
/// <param name="ChangeKey">Exchange's version of the item that was read, where one was read.</param>
/// <param name="Event">The event's stored name.</param>
public sealed record RecordedEvent(
    long Position,
    Guid? Mailbox,
    Guid? Meeting,
    Instant SeenAt,
    LookTrigger? Why,
    Instant? ChangedAt,
    string? ChangeKey,
    string Event,
    string Text);

/// <summary>Turns stored events into words that callers may read.</summary>
public sealed class History(Keyring keyring)
{
    public async Task<RecordedEvent> Tell(IEvent stored, CancellationToken cancellation)
    {
        switch (stored.Data)
        {
            case MeetingEvent { Look: var look }:
                var seal = await keyring.SealOf(look.Mailbox, cancellation);
                return new RecordedEvent(
                    stored.Sequence,
                    look.Mailbox.Value,
                    stored.StreamId,
                    look.At,
                    look.Trigger,
                    look.ChangedAt,
                    look.ChangeKey,
                    stored.EventTypeName,
                    EventWords.Of(stored.Data, seal));
            case MailboxEvent happened:
                return new RecordedEvent(
                    stored.Sequence,
                    happened.Mailbox.Value,
                    Meeting: null,
                    happened.At,
                    Why: null,
                    ChangedAt: null,
                    ChangeKey: null,
                    stored.EventTypeName,
                    EventWords.Of(stored.Data, await keyring.SealOf(happened.Mailbox, cancellation)));
            case OrganizationEvent happened:
                return new RecordedEvent(
                    stored.Sequence,
                    Mailbox: null,
                    Meeting: null,
                    happened.At,
                    Why: null,
                    ChangedAt: null,
                    ChangeKey: null,
                    stored.EventTypeName,
                    EventWords.Of(happened));
            default:
                throw new System.Diagnostics.UnreachableException($"{stored.EventTypeName} has no history");
        }
    }
}
