using HybridCalendar.Projections;
using Microsoft.AspNetCore.Mvc;

namespace HybridCalendar.Host.Read;

/// <summary>What is told to a caller whose request cannot be answered (RFC 9457).</summary>
internal static class Problems
{
    public static ProblemDetails Bad(string detail) => new()
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The request cannot be understood.",
        Detail = detail,
    };

    public static ProblemDetails BadInstant(string name) =>
        Bad($"'{name}' must be an instant in UTC, for example 2026-11-23T09:00:00Z.");

    public static ProblemDetails NoMailbox() => new()
    {
        Status = StatusCodes.Status404NotFound,
        Title = "There is no such mailbox.",
        Detail = "GET /v1/mailboxes lists the mailboxes and their ids.",
    };

    public static ProblemDetails NoMeeting() => new()
    {
        Status = StatusCodes.Status404NotFound,
        Title = "There is no such meeting.",
        Detail = "GET /v1/mailboxes/{mailbox}/meetings lists meetings and their ids.",
    };

    public static ProblemDetails NoReadModel() => new()
    {
        Status = StatusCodes.Status404NotFound,
        Title = "There is no such read model.",
        Detail = $"There are {string.Join(", ", Catalog.ProjectionNames)}.",
    };
}
