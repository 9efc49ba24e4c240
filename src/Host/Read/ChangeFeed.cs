using System.Runtime.CompilerServices;
using HybridCalendar.Projections;
using Marten;
using NodaTime;

namespace HybridCalendar.Host.Read;

/// <summary>Recorded events as they become visible in the read models, in order, each exactly once.</summary>
public sealed class ChangeFeed(IDocumentStore store, History history, TimeProvider clock)
{
    /// <summary>Events that are read in one query.</summary>
    private const int EventsPerQuery = 200;

    /// <summary>How often the progress of the read models is asked for while somebody listens.</summary>
    private static readonly Duration Pause = Duration.FromMilliseconds(100);

    /// <summary>A sign of life comes after this many pauses: every 15 seconds.</summary>
    private const int PausesPerSign = 150;

    /// <summary>Where the read models stand now: the slowest of those that have begun.</summary>
    public async Task<long> Position(CancellationToken cancellation)
    {
        var progress = await store.Advanced.AllProjectionProgress(token: cancellation);
        return Catalog.ReadModels.Min(progress.PositionOf) ?? 0;
    }

    /// <summary>The events after a position until the service stops; at times none: a sign of life.</summary>
    public async IAsyncEnumerable<(long Position, RecordedEvent? Event)> After(
        long position,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var pauses = 1; !stopping.IsCancellationRequested; pauses++)
        {
            var visible = await Position(cancellation);
            while (position < visible)
            {
                await using var session = store.QuerySession();
                var events = await session.Events.QueryAllRawEvents()
                    .Where(e => e.Sequence > position && e.Sequence <= visible)
                    .OrderBy(e => e.Sequence)
                    .Take(EventsPerQuery)
                    .ToListAsync(cancellation);
                foreach (var told in await history.Tell(events, cancellation))
                {
                    yield return (told.Position, told);
                }

                position = events.Count < EventsPerQuery ? visible : events[^1].Sequence;
                yield return (position, null);
            }

            if (pauses % PausesPerSign == 0)
            {
                yield return (position, null);
            }

            await Task.Delay(Pause.ToTimeSpan(), clock, cancellation);
        }
    }
}
