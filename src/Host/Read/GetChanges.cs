using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>Says that the live stream lives, and where it stands: what a reader resumes from.</summary>
public sealed record StreamPosition(long Position);

/// <summary>HTTP: a live stream of changes (server-sent events).</summary>
public static class GetChanges
{
    private const string ChangeEvent = "change";
    private const string AliveEvent = "alive";

    public static ProblemDetails Validate([FromHeader(Name = "Last-Event-ID")] string? lastEventId) =>
        lastEventId is null
            || long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? WolverineContinue.NoProblems
            : Problems.Bad("Last-Event-ID must be the id of an event of this stream.");

    /// <summary>Every change from now on, or after Last-Event-ID, once the read models show it.</summary>
    [WolverineGet("/v1/changes")]
    public static async Task<IResult> Get(
        Guid? mailbox,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        ChangeFeed feed,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellation)
    {
        var position = lastEventId is null
            ? await feed.Position(cancellation)
            : long.Parse(lastEventId, CultureInfo.InvariantCulture);
        return TypedResults.ServerSentEvents(
            Items(feed, position, mailbox, lifetime.ApplicationStopping, cancellation));
    }

    private static async IAsyncEnumerable<SseItem<object>> Items(
        ChangeFeed feed,
        long position,
        Guid? mailbox,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Alive(position);
        await foreach (var (reached, change) in feed.After(position, stopping, cancellation))
        {
            if (change is null)
            {
                yield return Alive(reached);
            }
            else if (mailbox is null || mailbox == change.Mailbox)
            {
                yield return new SseItem<object>(change, ChangeEvent) { EventId = $"{reached}" };
            }
        }
    }

    private static SseItem<object> Alive(long position) =>
        new(new StreamPosition(position), AliveEvent) { EventId = $"{position}" };
}
