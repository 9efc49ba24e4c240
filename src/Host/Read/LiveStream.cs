using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Read;

/// <summary>Says that the live stream lives, and where it stands: what a reader resumes from.</summary>
public sealed record StreamPosition(long Position);

/// <summary>Says that the live stream ends, and why: a reader resumes with the last id that it has.</summary>
/// <param name="Reason">One of <see cref="EndReason"/>.</param>
public sealed record StreamEnd(string Reason);

/// <summary>
/// What one reader is sent: the changes, and for one mailbox also what it shows, whenever that changes.
/// </summary>
/// <remarks>
/// What a mailbox shows is read at the beginning, after changes, and at the instant at which a Join button
/// comes or goes or the owner's absence begins or ends: nothing is asked for in between.
/// </remarks>
public sealed class LiveStream(ChangeFeed feed, Board board, TimeProvider clock)
{
    private const string ChangeEvent = "change";
    private const string AliveEvent = "alive";
    private const string JoinScheduleEvent = "join-schedule";
    private const string PresenceEvent = "presence";
    private const string EndedEvent = "ended";

    /// <summary>The events after a position until the service stops or the reader is too slow.</summary>
    /// <param name="tentative">Whether buttons of tentative meetings are shown: see <see cref="Viewer"/>.
    /// </param>
    public async IAsyncEnumerable<SseItem<object>> After(
        long position,
        Guid? mailbox,
        string? tentative,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var listener = feed.Open(position, mailbox);
        BoardState? shown = null;
        yield return Alive(position);
        foreach (var news in await Look())
        {
            yield return news;
        }

        var isStale = false;
        await foreach (var heard in listener.Listen(stopping, cancellation))
        {
            switch (heard)
            {
                case Heard.Changed(var change):
                    isStale = true;
                    yield return new(await change.InWords, ChangeEvent) { EventId = $"{change.Position}" };
                    break;
                case Heard.Alive(var reached):
                    yield return Alive(reached);
                    break;
                case Heard.Woken:
                    isStale = true;
                    break;
                case Heard.Ended(var reason):
                    yield return Ended(reason);
                    break;
            }

            if (isStale && mailbox is { } && !listener.HasMore)
            {
                isStale = false;
                foreach (var news in await Look())
                {
                    yield return news;
                }

                if (shown is null)
                {
                    yield return Ended(EndReason.NoMailbox);
                    yield break;
                }
            }
        }

        async Task<IReadOnlyList<SseItem<object>>> Look()
        {
            var before = shown;
            shown = mailbox is { } one
                ? await board.Read(one, tentative, clock.GetCurrentInstant(), cancellation)
                : null;
            listener.WakeAt(shown?.ChangesAt);
            return shown is null ? [] : [.. News(before, shown)];
        }
    }

    private static IEnumerable<SseItem<object>> News(BoardState? before, BoardState now)
    {
        if (before is null || !before.Schedule.Buttons.SequenceEqual(now.Schedule.Buttons))
        {
            yield return new SseItem<object>(now.Joins, JoinScheduleEvent);
        }

        if (now.Presence is { } presence && before?.Presence != presence with { At = before?.At ?? default })
        {
            yield return new SseItem<object>(presence, PresenceEvent);
        }
    }

    private static SseItem<object> Alive(long position) =>
        new(new StreamPosition(position), AliveEvent) { EventId = $"{position}" };

    private static SseItem<object> Ended(string reason) => new(new StreamEnd(reason), EndedEvent);
}
