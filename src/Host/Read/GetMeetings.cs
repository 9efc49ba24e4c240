using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Keys;
using HybridCalendar.Projections;
using Marten;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Extensions;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>What is on in a mailbox's calendar between two instants.</summary>
/// <param name="To">Exclusive.</param>
public sealed record MeetingListView(
    Guid Mailbox, Instant From, Instant To, IReadOnlyList<MeetingView> Meetings);

/// <summary>HTTP: the meetings of a mailbox, series expanded.</summary>
public static class GetMeetings
{
    public static (Window?, ProblemDetails) Before(string? from, string? to, TimeProvider clock) =>
        Window.Parse(from, to, clock.GetCurrentInstant());

    public static async Task<ProblemDetails> ValidateAsync(
        Guid mailbox, IQuerySession session, CancellationToken cancellation) =>
        await session.LoadAsync<ListedMailbox>(mailbox, cancellation)
            is { Mailbox.Status: not MailboxStatus.Disabled }
            ? WolverineContinue.NoProblems
            : Problems.NoMailbox();

    /// <summary>
    /// The meetings that overlap a window, by start. From now to four weeks ahead unless said otherwise.
    /// </summary>
    [WolverineGet("/v1/mailboxes/{mailbox}/meetings")]
    public static async Task<MeetingListView> Get(
        Guid mailbox,
        Window window,
        IQuerySession session,
        Keyring keyring,
        CancellationToken cancellation)
    {
        var (from, to) = (TimeIndex.Floor(window.From), TimeIndex.Floor(window.To));
        var listed = await session.Query<ListedMeeting>()
            .Where(m => m.Mailbox == mailbox && m.Time.EndSecond >= from && m.Time.StartSecond <= to)
            .ToListAsync(cancellation);
        var seal = await keyring.SealOf(new MailboxId(mailbox), cancellation);
        return new MeetingListView(
            mailbox,
            window.From,
            window.To,
            [.. listed.SelectMany(m => seal.Open(m, window)).OrderBy(m => m.Start).ThenBy(m => m.Id)]);
    }
}
