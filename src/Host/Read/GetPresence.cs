using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Projections;
using Marten;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Extensions;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>Whether a mailbox's owner is out of office at an instant.</summary>
/// <param name="Since">When it began, where that was scheduled.</param>
/// <param name="Until">When it ends (exclusive), where that was scheduled.</param>
public sealed record PresenceView(
    Guid Mailbox,
    Instant At,
    bool OutOfOffice,
    AutomaticRepliesState AutomaticReplies,
    Instant? Since,
    Instant? Until);

/// <summary>HTTP: who is away.</summary>
public static class GetPresence
{
    public static (Moment?, ProblemDetails) Before(string? at, TimeProvider clock) =>
        Moment.Parse(at, clock.GetCurrentInstant());

    public static async Task<(Presence?, ProblemDetails)> LoadAsync(
        Guid mailbox, IQuerySession session, CancellationToken cancellation) =>
        await session.LoadAsync<Presence>(mailbox, cancellation) is { } presence
            ? (presence, WolverineContinue.NoProblems)
            : (null, Problems.NoMailbox());

    /// <summary>
    /// Whether the mailbox's owner is out of office at an instant, now unless said otherwise.
    /// </summary>
    [WolverineGet("/v1/mailboxes/{mailbox}/presence")]
    public static PresenceView Get(Moment moment, Presence presence) => ViewOf(presence, moment.At);

    internal static PresenceView ViewOf(Presence presence, Instant at)
    {
        var replies = presence.Replies;
        return new PresenceView(
            presence.Id, at, replies.AwayAt(at), replies.State, replies.Start, replies.End);
    }
}
