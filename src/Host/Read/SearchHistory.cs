using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>Some of the events that were asked for.</summary>
/// <param name="Next">What to give as 'after' to go on; null when these are the last.</param>
public sealed record HistoryPage(IReadOnlyList<RecordedEvent> Events, long? Next);

/// <summary>What a history is asked for, where a person's address is part of it.</summary>
/// <inheritdoc cref="HistoryQuestion"/>
public sealed record HistorySearch(
    Guid? Meeting = null,
    Guid? Mailbox = null,
    string? Person = null,
    string? From = null,
    string? To = null,
    long After = 0);

/// <summary>HTTP: who saw what when, for a meeting, a mailbox, a person, a period.</summary>
/// <remarks>
/// A page at a time as JSON; all of it, as it is read, for callers that accept application/x-ndjson.
/// </remarks>
public static class SearchHistory
{
    /// <summary>Events of a page.</summary>
    internal const int EventsPerPage = 500;

    public static (HistoryQuestion?, ProblemDetails) Before(
        Guid? meeting, Guid? mailbox, string? from, string? to, long? after) =>
        Parse(new HistorySearch(meeting, mailbox, null, from, to, after ?? 0));

    /// <summary>Recorded events, oldest first.</summary>
    [WolverineGet("/v1/history")]
    public static Task<IResult> Get(
        HistoryQuestion question,
        [FromHeader(Name = "Accept")] string? accept,
        History history,
        CancellationToken cancellation) =>
        Answer(question, accept, history, cancellation);

    internal static (HistoryQuestion?, ProblemDetails) Parse(HistorySearch search)
    {
        if (Window.ParseInstant(search.From, Instant.MinValue) is not { } from)
        {
            return (null, Problems.BadInstant("from"));
        }

        return Window.ParseInstant(search.To, Instant.MaxValue) is { } to
            ? (new HistoryQuestion(search.Meeting, search.Mailbox, search.Person, from, to, search.After),
                WolverineContinue.NoProblems)
            : (null, Problems.BadInstant("to"));
    }

    internal static async Task<IResult> Answer(
        HistoryQuestion question, string? accept, History history, CancellationToken cancellation)
    {
        var events = history.Tell(question, cancellation);
        if (JsonLines.IsAccepted(accept))
        {
            return JsonLines.Stream(events);
        }

        var page = await events.Take(EventsPerPage + 1).ToListAsync(cancellation);
        long? next = page.Count > EventsPerPage ? page[EventsPerPage - 1].Position : null;
        return TypedResults.Ok(new HistoryPage([.. page.Take(EventsPerPage)], next));
    }
}

/// <summary>
/// HTTP: the same, asked with a body: the only way to ask for a person, because addresses of requests stand
/// in the logs of whatever is in between.
/// </summary>
public static class SearchPersonHistory
{
    private const string Json = "application/json";

    public static void Configure(HttpChain chain) => chain.Metadata.Accepts<HistorySearch>(Json);

    /// <summary>
    /// Reads the body itself: Wolverine reads one only of callers that accept JSON, and who wants lines need
    /// not.
    /// </summary>
    public static async Task<(HistoryQuestion?, ProblemDetails)> LoadAsync(
        HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await request.ReadFromJsonAsync<HistorySearch>(cancellation) is { } search
                ? SearchHistory.Parse(search)
                : (null, Problems.Bad("The body must be a JSON object."));
        }
        catch (JsonException wrong)
        {
            return (null, Problems.Bad($"The body is not what is asked for: {wrong.Message}"));
        }
    }

    /// <summary>Recorded events, oldest first, those of a person among others.</summary>
    [WolverinePost("/v1/history")]
    public static Task<IResult> Post(
        [NotBody] HistoryQuestion question,
        [FromHeader(Name = "Accept")] string? accept,
        History history,
        CancellationToken cancellation) =>
        SearchHistory.Answer(question, accept, history, cancellation);
}
