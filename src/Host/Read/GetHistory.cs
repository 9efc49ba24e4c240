using HybridCalendar.Domain.Meetings;
using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>HTTP: what happened to a meeting, when, and how the service came to know.</summary>
public static class GetHistory
{
    public static async Task<(IReadOnlyList<IEvent>?, ProblemDetails)> LoadAsync(
        Guid meeting, IQuerySession session, CancellationToken cancellation)
    {
        var events = await session.Events.FetchStreamAsync(meeting, token: cancellation);
        return events is [{ Data: MeetingEvent }, ..]
            ? (events, WolverineContinue.NoProblems)
            : (null, Problems.NoMeeting());
    }

    /// <summary>The events of one meeting in one mailbox's calendar, oldest first.</summary>
    [WolverineGet("/v1/meetings/{meeting}/history")]
    public static Task<IReadOnlyList<RecordedEvent>> Get(
        IReadOnlyList<IEvent> events, History history, CancellationToken cancellation) =>
        history.Tell(events, cancellation);
}
