using HybridCalendar.Projections;
using Microsoft.AspNetCore.Mvc;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>What a replay is asked for.</summary>
/// <param name="Until">A second position, to which the difference is asked for.</param>
public sealed record ReplayQuestion(ReadModel Model, ReplayScope Scope, long At, long? Until);

/// <summary>A document as it was.</summary>
public sealed record ReplayedDocument(Guid Stream, System.Text.Json.Nodes.JsonNode Document);

/// <summary>HTTP: a read model as it was, and what became of it since.</summary>
public static class GetReplay
{
    /// <summary>The header that tells the position, or both, for which the answer holds.</summary>
    private const string PositionHeader = "Replay-Position";

    public static async Task<(ReplayQuestion?, ProblemDetails)> LoadAsync(
        string model,
        string? at,
        string? and,
        Guid? mailbox,
        Guid? meeting,
        Replay replay,
        CancellationToken cancellation)
    {
        if (Catalog.ReadModels.FirstOrDefault(each => each.Name == model) is not { } named)
        {
            return (null, Problems.NoReadModel());
        }

        var first = await replay.PositionOf(at ?? "", cancellation);
        var second = and is null ? first : await replay.PositionOf(and, cancellation);
        return first is null || second is null || first > second
            ? (null, Problems.Bad(
                "'at' and 'and' must be positions, or instants in UTC, for example 2026-11-23T09:00:00Z, "
                + "the earlier first."))
            : (new ReplayQuestion(
                named, new ReplayScope(mailbox, meeting), first.Value, and is null ? null : second),
                WolverineContinue.NoProblems);
    }

    /// <summary>
    /// The documents of a read model as they were at an instant or a position; or, with 'and', what became of
    /// them up to another. A line each.
    /// </summary>
    [WolverineGet("/v1/replay/{model}")]
    public static IResult Get(
        ReplayQuestion question, Replay replay, HttpResponse response, CancellationToken cancellation)
    {
        response.Headers[PositionHeader] = question.Until is { } until
            ? $"{question.At} {until}"
            : $"{question.At}";
        return question.Until is null
            ? JsonLines.Stream(replay.Documents(question, cancellation))
            : JsonLines.Stream(replay.Differences(question, cancellation));
    }
}
