using Marten;

namespace HybridCalendar.Host.Watch;

/// <summary>Folds what is recorded of several streams, read in one go, and adds to it.</summary>
public static class Streams
{
    /// <summary>Adds to the session what a decision gave for a stream, if it gave anything.</summary>
    public static void Append(this IDocumentSession session, Guid stream, IReadOnlyList<object> news)
    {
        if (news.Count > 0)
        {
            session.Events.Append(stream, news);
        }
    }

    /// <summary>The state of each stream that has events; streams without are not in the answer.</summary>
    public static async Task<Dictionary<Guid, TState>> Fold<TState, TEvent>(
        this IQuerySession session,
        IReadOnlyCollection<Guid> streams,
        Func<TState?, TEvent, TState?> evolve,
        CancellationToken cancellation)
        where TState : class
    {
        var states = new Dictionary<Guid, TState>();
        if (streams.Count == 0)
        {
            return states;
        }

        var ids = streams.ToArray();
        var events = await session.Events.QueryAllRawEvents()
            .Where(e => ids.Contains(e.StreamId))
            .OrderBy(e => e.Version)
            .ToListAsync(cancellation);
        foreach (var e in events)
        {
            if (evolve(states.GetValueOrDefault(e.StreamId), (TEvent)e.Data) is { } state)
            {
                states[e.StreamId] = state;
            }
        }

        return states;
    }
}
