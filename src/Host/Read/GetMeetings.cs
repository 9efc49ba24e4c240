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

    public static Task<(Viewer?, ProblemDetails)> LoadAsync(
        Guid mailbox, string? tentative, IQuerySession session, CancellationToken cancellation) =>
        Viewer.Load(mailbox, tentative, session, cancellation);

    /// <summary>
    /// The meetings that overlap a window, by start. From now to four weeks ahead unless said otherwise;
    /// tentative ones are hidden when that is asked for.
    /// </summary>
    [WolverineGet("/v1/mailboxes/{mailbox}/meetings")]
    public static async Task<MeetingListView> Get(
        Guid mailbox,
        Window window,
        Viewer viewer,
        IQuerySession session,
        Keyring keyring,
        CancellationToken cancellation)
    {
        var (from, to) = (TimeIndex.Floor(window.From), TimeIndex.Floor(window.To));
        var listed = await session.Query<ListedMeeting>()
            .Where(m => m.Mailbox == mailbox && m.Time.EndSecond >= from && m.Time.StartSecond <= to)
            .ToListAsync(cancellation);
        var texts = new TextOpener(await keyring.SealOf(new MailboxId(mailbox), cancellation));
        return new MeetingListView(
            mailbox,
            window.From,
            window.To,
            [.. listed.SelectMany(m => texts.Open(m, window, viewer))
                .OrderBy(m => m.Start).ThenBy(m => m.Id)]);
    }
}
