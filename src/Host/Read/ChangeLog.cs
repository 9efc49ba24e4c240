using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;
using JasperFx.Events;
using Marten;
using Marten.Linq.MatchesSql;

namespace HybridCalendar.Host.Read;

/// <summary>The record in the database.</summary>
/// <remarks>
/// Visible is what the slowest projection has folded. The daemon folds nothing beyond a position that a
/// transaction may still take, so events that are committed late are never behind it.
/// </remarks>
public sealed class ChangeLog(IDocumentStore store, History history) : IChangeLog
{
    /// <summary>Events that are read in one query.</summary>
    private const int EventsPerQuery = 500;

    /// <summary>Positions that one query goes through, where few of the events are wanted.</summary>
    private const int PositionsPerQuery = 50_000;

    // Events of neither a mailbox nor a meeting concern all.
    private const string IsOfMailbox =
        "coalesce(d.data ->> 'mailbox', d.data -> 'look' ->> 'mailbox', ?) = ?";

    public async Task<long> Visible(CancellationToken cancellation)
    {
        var progress = await store.Advanced.AllProjectionProgress(token: cancellation);
        return Catalog.ReadModels.Min(progress.PositionOf) ?? 0;
    }

    public async Task<ChangePage> Read(
        long after, long visible, Guid? mailbox, CancellationToken cancellation)
    {
        var end = Math.Min(visible, after + PositionsPerQuery);
        await using var session = store.QuerySession();
        var events = History.Recorded(session).Where(e => e.Sequence > after && e.Sequence <= end);
        if ($"{mailbox}" is { Length: > 0 } wanted)
        {
            events = events.Where(e => e.MatchesSql(IsOfMailbox, wanted, wanted));
        }

        var page = await events
            .OrderBy(e => e.Sequence)
            .Take(EventsPerQuery)
            .ToListAsync(cancellation);
        // What is told may be wanted by others when whoever asked first has gone.
        var told = new Lazy<Task<IReadOnlyList<RecordedEvent>>>(
            async () => await history.Tell(page, CancellationToken.None, await Withheld(page)));
        return new ChangePage(
            page.Count < EventsPerQuery ? end : page[^1].Sequence,
            [
                .. page.Select((stored, index) => new Change(
                    stored.Sequence, MailboxOf(stored), async () => (await told.Value)[index])),
            ]);
    }

    // What a room's readers are not told. Of what left its calendar nobody knows whether it was private.
    private async Task<IReadOnlySet<Guid>> Withheld(IReadOnlyList<IEvent> page)
    {
        await using var session = store.QuerySession();
        var mailboxes = await session.LoadManyAsync<ListedMailbox>(
            page.Select(MailboxOf).OfType<Guid>().Distinct().ToArray());
        var rooms = mailboxes
            .Where(listed => listed.Mailbox.Kind is MailboxKind.Room)
            .Select(listed => listed.Id)
            .ToHashSet();
        var meetings = page
            .Where(e => e.Data is MeetingEvent { Look.Mailbox: var mailbox } && rooms.Contains(mailbox.Value))
            .Select(e => e.StreamId)
            .ToHashSet();
        var listed = await session.LoadManyAsync<ListedMeeting>(meetings.ToArray());
        meetings.ExceptWith(listed
            .Where(meeting => !Showing.IsKept(meeting.Facts.Sensitivity, MailboxKind.Room))
            .Select(meeting => meeting.Id));
        return meetings;
    }

    private static Guid? MailboxOf(IEvent stored) => stored.Data switch
    {
        MeetingEvent happened => happened.Look.Mailbox.Value,
        MailboxEvent happened => happened.Mailbox.Value,
        _ => null,
    };
}
