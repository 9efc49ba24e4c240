using System.Globalization;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>HTTP: a live stream of changes (server-sent events).</summary>
public static class GetChanges
{
    public static ProblemDetails Validate([FromHeader(Name = "Last-Event-ID")] string? lastEventId) =>
        lastEventId is null
            || long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? WolverineContinue.NoProblems
            : Problems.Bad("Last-Event-ID must be the id of an event of this stream.");

    public static async Task<ProblemDetails> ValidateAsync(
        Guid? mailbox, string? tentative, IQuerySession session, CancellationToken cancellation) =>
        mailbox is { } one
            ? (await Viewer.Load(one, tentative, session, cancellation)).Problem
            : WolverineContinue.NoProblems;

    /// <summary>
    /// Every change from now on, or after Last-Event-ID, once the read models show it; of one mailbox also
    /// the Join buttons that are up and whether its owner is away, at the beginning and whenever that
    /// changes.
    /// </summary>
    [WolverineGet("/v1/changes")]
    public static async Task<IResult> Get(
        Guid? mailbox,
        string? tentative,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        ChangeFeed feed,
        LiveStream stream,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellation)
    {
        var position = lastEventId is null
            ? await feed.Visible(cancellation)
            : long.Parse(lastEventId, CultureInfo.InvariantCulture);
        return TypedResults.ServerSentEvents(
            stream.After(position, mailbox, tentative, lifetime.ApplicationStopping, cancellation));
    }
}
