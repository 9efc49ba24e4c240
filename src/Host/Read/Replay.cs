using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Host.Audit;
using HybridCalendar.Host.Keys;
using HybridCalendar.Projections;
using JasperFx.Events;
using Marten;
using Marten.Events;
using Marten.Linq.MatchesSql;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Host.Read;

/// <summary>Of which streams documents are replayed; of all, unless something is said.</summary>
public sealed record ReplayScope(Guid? Mailbox = null, Guid? Meeting = null);

/// <summary>A stream's document as it was at one position and at another; null where it had none.</summary>
/// <param name="Mailbox">Whose key its texts are sealed with; null where none are.</param>
public sealed record Replayed(Guid Stream, MailboxId? Mailbox, object? First, object? Second);

/// <summary>The read models as they were: folded again from the events up to a position.</summary>
/// <remarks>
/// A position is exact. An instant stands for the last position whose event was recorded by then (at that
/// microsecond or before): everything up to that position is replayed. Clocks of processes differ, so an
/// event of a lower position may bear a somewhat later time; and an instant less than a minute old may come
/// to stand for a later position, since a transaction is seen only once it commits.
/// </remarks>
public sealed class Replay(IDocumentStore store, AuditLog log, Keyring keyring)
{
    private static readonly Duration Microsecond = Duration.FromNanoseconds(1000);

    /// <summary>The position that a text names, itself or by an instant; null when it does neither.</summary>
    public async Task<long?> PositionOf(string text, CancellationToken cancellation) =>
        long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var position)
            ? position
            : InstantPattern.ExtendedIso.Parse(text) is { Success: true, Value: var instant }
            ? await log.PositionBefore(instant + Microsecond, cancellation)
            : null;

    /// <summary>
    /// Documents as they were at two positions, the lower first; stream by stream, so that only one stream's
    /// are in memory.
    /// </summary>
    public async IAsyncEnumerable<Replayed> At(
        ReadModel model,
        ReplayScope scope,
        long first,
        long second,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        Replayed? current = null;
        await foreach (var e in Query(session, model, scope, second).ToAsyncEnumerable(cancellation))
        {
            if (current?.Stream != e.StreamId)
            {
                if (current is { First: not null } or { Second: not null })
                {
                    yield return current;
                }

                current = new Replayed(e.StreamId, MailboxOf(e), null, null);
            }

            var next = model.Fold(current.Second, e.StreamId, e.Data);
            current = current with { First = e.Sequence <= first ? next : current.First, Second = next };
        }

        if (current is { First: not null } or { Second: not null })
        {
            yield return current;
        }
    }

    /// <summary>Documents as they were, their texts opened.</summary>
    public async IAsyncEnumerable<ReplayedDocument> Documents(
        ReplayQuestion question, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (model, scope, at, _) = question;
        await foreach (var replayed in At(model, scope, at, at, cancellation))
        {
            yield return new ReplayedDocument(
                replayed.Stream, (await Open(replayed.First, replayed.Mailbox, cancellation))!);
        }
    }

    /// <summary>What became of documents between two positions, their texts opened.</summary>
    public async IAsyncEnumerable<Difference> Differences(
        ReplayQuestion question, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (model, scope, at, until) = question;
        await foreach (var replayed in At(model, scope, at, until ?? at, cancellation))
        {
            var first = await Open(replayed.First, replayed.Mailbox, cancellation);
            var second = await Open(replayed.Second, replayed.Mailbox, cancellation);
            if (Difference.Of(replayed.Stream, first, second) is { } difference)
            {
                yield return difference;
            }
        }
    }

    private async Task<JsonNode?> Open(object? document, MailboxId? owner, CancellationToken cancellation)
    {
        var json = JsonSerializer.SerializeToNode(document, EventJson.Options);
        return json is not null && owner is { } mailbox
            ? (await keyring.SealOf(mailbox, cancellation)).Open(json)
            : json;
    }

    private static IQueryable<IEvent> Query(
        IQuerySession session, ReadModel model, ReplayScope scope, long until)
    {
        var types = model.Events.ToArray();
        var events = session.Events.QueryAllRawEvents()
            .Where(e => e.Sequence <= until && e.EventTypesAre(types));
        if (scope.Meeting is { } meeting)
        {
            events = events.Where(e => e.StreamId == meeting);
        }

        if (scope.Mailbox is { } mailbox)
        {
            var id = mailbox.ToString();
            events = events.Where(e => e.MatchesSql(
                "(d.data -> 'look' ->> 'mailbox' = ? or d.data ->> 'mailbox' = ?)", id, id));
        }

        return events.OrderBy(e => e.StreamId).ThenBy(e => e.Version);
    }

    private static MailboxId? MailboxOf(IEvent stored) => stored.Data switch
    {
        MeetingEvent happened => happened.Look.Mailbox,
        MailboxEvent happened => happened.Mailbox,
        OrganizationEvent => null,
        _ => throw new System.Diagnostics.UnreachableException($"{stored.EventTypeName} has no mailbox"),
    };
}
