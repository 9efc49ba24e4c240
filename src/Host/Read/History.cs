using System.Runtime.CompilerServices;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Domain.Time;
using HybridCalendar.Host.Keys;
using JasperFx.Events;
using Marten;
using Marten.Linq.MatchesSql;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Read;

/// <summary>One recorded event, in words.</summary>
/// <param name="Position">Its place among all events of the service: the later the higher.</param>
/// <param name="Mailbox">Whose calendar showed it, or whose own event it is; null for an event of the
/// whole organization.</param>
/// <param name="Meeting">The meeting it is about; null for an event of the mailbox itself.</param>
/// <param name="Correlation">Shared by the copies of the meeting in all mailboxes.</param>
/// <param name="SeenAt">When the service learned it.</param>
/// <param name="RecordedAt">When the event was stored.</param>
/// <param name="Why">What made the service look: start, hint, reconnect, sweep, reconciliation;
/// null for an event of the mailbox itself.</param>
/// <param name="ChangedAt">When Exchange says it was changed, where Exchange said so.</param>
/// <param name="ChangeKey">Exchange's version of the item that was read, where one was read.</param>
/// <param name="Event">The event's stored name.</param>
public sealed record RecordedEvent(
    long Position,
    Guid? Mailbox,
    Guid? Meeting,
    Guid? Correlation,
    Instant SeenAt,
    Instant RecordedAt,
    LookTrigger? Why,
    Instant? ChangedAt,
    string? ChangeKey,
    string Event,
    string Text);

/// <summary>Which events somebody asks for: those for which all that is said holds.</summary>
/// <param name="Meeting">Of this meeting, in one mailbox's calendar.</param>
/// <param name="Mailbox">That this mailbox's calendar showed, and its own.</param>
/// <param name="Person">Of meetings in which the person took part at the time, in anybody's calendar, and
/// all of the person's own mailbox: an address, in any case.</param>
/// <param name="From">Seen at this instant or later.</param>
/// <param name="To">Seen before this instant.</param>
/// <param name="After">After this position.</param>
/// <param name="Until">Up to this position.</param>
public sealed record HistoryQuestion(
    Guid? Meeting = null,
    Guid? Mailbox = null,
    string? Person = null,
    Instant? From = null,
    Instant? To = null,
    long After = 0,
    long Until = long.MaxValue);

/// <summary>Turns stored events into words that callers may read.</summary>
public sealed class History(IDocumentStore store, Keyring keyring)
{
    /// <summary>Events that are told together; more are not in memory.</summary>
    private const int EventsPerBatch = 200;

    /// <summary>The events that somebody asks for, in order, as they are read.</summary>
    public async IAsyncEnumerable<RecordedEvent> Tell(
        HistoryQuestion question, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var events = Query(session, question).ToAsyncEnumerable(cancellation);
        if (question.Person is { } address)
        {
            var person = new Involvement(keyring, address);
            events = events
                .Where(async (e, stop) => await person.Concerns(e, stop) && e.Sequence > question.After);
        }

        await foreach (var batch in events.Chunk(EventsPerBatch).WithCancellation(cancellation))
        {
            foreach (var told in await Tell(batch, cancellation))
            {
                if (told.SeenAt >= (question.From ?? Instant.MinValue)
                    && told.SeenAt < (question.To ?? Instant.MaxValue))
                {
                    yield return told;
                }
            }
        }
    }

    /// <summary>These events, in words.</summary>
    /// <param name="withheld">
    /// Meetings that are told without title, place and participants; null for none.
    /// </param>
    public async Task<IReadOnlyList<RecordedEvent>> Tell(
        IReadOnlyList<IEvent> events,
        CancellationToken cancellation,
        IReadOnlySet<Guid>? withheld = null)
    {
        var correlations = await Correlations(events, cancellation);
        var told = new List<RecordedEvent>(events.Count);
        foreach (var e in events)
        {
            told.Add(await Tell(e, correlations, withheld?.Contains(e.StreamId) is true, cancellation));
        }

        return told;
    }

    /// <summary>All events but the tombstones that Marten leaves where an append failed.</summary>
    internal static IQueryable<IEvent> Recorded(IQuerySession session) =>
        session.Events.QueryAllRawEvents().Where(e => e.MatchesSql("d.type <> 'tombstone'"));

    // Who takes part in a meeting is known only from its beginning on, so a person's events are read from
    // there.
    private static IQueryable<IEvent> Query(IQuerySession session, HistoryQuestion question)
    {
        var (after, until) = (question.Person is null ? question.After : 0, question.Until);
        var events = Recorded(session).Where(e => e.Sequence > after && e.Sequence <= until);
        if (question.Meeting is { } meeting)
        {
            events = events.Where(e => e.StreamId == meeting);
        }

        if (question.Mailbox is { } mailbox)
        {
            var id = mailbox.ToString();
            events = events.Where(e => e.MatchesSql(
                "(d.data -> 'look' ->> 'mailbox' = ? or d.data ->> 'mailbox' = ?)", id, id));
        }

        if (question is { Person: null, From: { } from } && from > SpanLimits.Earliest)
        {
            events = events.Where(e => e.MatchesSql($"{SeenAt} >= ?", from.ToDateTimeOffset()));
        }

        if (question is { Person: null, To: { } to } && to < SpanLimits.Latest)
        {
            events = events.Where(e => e.MatchesSql($"{SeenAt} <= ?", to.ToDateTimeOffset()));
        }

        return events.OrderBy(e => e.Sequence);
    }

    /// <summary>In the database, rounded to its microseconds.</summary>
    private const string SeenAt = "(coalesce(d.data -> 'look' ->> 'at', d.data ->> 'at'))::timestamptz";

    // Only the first event of a meeting's stream holds it.
    private async Task<IReadOnlyDictionary<Guid, Guid>> Correlations(
        IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        Guid[] meetings =
        [
            .. events.Where(e => e.Data is MeetingEvent).Select(e => e.StreamId).Distinct(),
        ];
        if (meetings.Length == 0)
        {
            return new Dictionary<Guid, Guid>();
        }

        await using var session = store.QuerySession();
        var first = await session.Events.QueryAllRawEvents()
            .Where(e => e.Version == 1 && e.StreamId.IsOneOf(meetings))
            .ToListAsync(cancellation);
        return first
            .Where(e => e.Data is MeetingAppeared)
            .ToDictionary(e => e.StreamId, e => ((MeetingAppeared)e.Data).Correlation.Value);
    }

    private async Task<RecordedEvent> Tell(
        IEvent stored,
        IReadOnlyDictionary<Guid, Guid> correlations,
        bool isWithheld,
        CancellationToken cancellation)
    {
        switch (stored.Data)
        {
            case MeetingEvent { Look: var look }:
                var seal = await keyring.SealOf(look.Mailbox, cancellation);
                return new RecordedEvent(
                    stored.Sequence,
                    look.Mailbox.Value,
                    stored.StreamId,
                    correlations.TryGetValue(stored.StreamId, out var correlation) ? correlation : null,
                    look.At,
                    stored.Timestamp.ToInstant(),
                    look.Trigger,
                    look.ChangedAt,
                    look.ChangeKey,
                    stored.EventTypeName,
                    EventWords.Of(stored.Data, seal, isWithheld));
            case MailboxEvent happened:
                return new RecordedEvent(
                    stored.Sequence,
                    happened.Mailbox.Value,
                    Meeting: null,
                    Correlation: null,
                    happened.At,
                    stored.Timestamp.ToInstant(),
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
                    Correlation: null,
                    happened.At,
                    stored.Timestamp.ToInstant(),
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
