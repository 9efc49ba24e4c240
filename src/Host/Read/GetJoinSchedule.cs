using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Keys;
using HybridCalendar.Projections;
using Marten;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Extensions;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>The Join buttons of a mailbox at an instant.</summary>
/// <param name="ChangesAt">The next instant at which a button comes or goes or their order changes, within a
/// day; null when nothing does.</param>
public sealed record JoinScheduleView(
    Guid Mailbox, Instant At, IReadOnlyList<JoinButtonView> Buttons, Instant? ChangesAt);

/// <summary>HTTP: One Button to Push.</summary>
public static class GetJoinSchedule
{
    public static (Moment?, ProblemDetails) Before(string? at, TimeProvider clock) =>
        Moment.Parse(at, clock.GetCurrentInstant());

    public static Task<(Viewer?, ProblemDetails)> LoadAsync(
        Guid mailbox, string? tentative, IQuerySession session, CancellationToken cancellation) =>
        Viewer.Load(mailbox, tentative, session, cancellation);

    /// <summary>
    /// Which Join buttons are up at an instant (now unless said otherwise), and when that changes; those of
    /// tentative meetings are hidden when that is asked for.
    /// </summary>
    [WolverineGet("/v1/mailboxes/{mailbox}/join-schedule")]
    public static async Task<JoinScheduleView> Get(
        Guid mailbox,
        Moment moment,
        Viewer viewer,
        IQuerySession session,
        Keyring keyring,
        CancellationToken cancellation)
    {
        var schedule = await ScheduleOf(mailbox, moment.At, viewer, session, cancellation);
        return ViewOf(
            mailbox, moment.At, schedule, await keyring.SealOf(new MailboxId(mailbox), cancellation));
    }

    internal static async Task<JoinSchedule> ScheduleOf(
        Guid mailbox, Instant now, Viewer viewer, IQuerySession session, CancellationToken cancellation)
    {
        var window = JoinSchedule.Window(now, viewer.Audience.Times);
        var (from, to) = (TimeIndex.Floor(window.From), TimeIndex.Floor(window.To));
        var scheduled = await session.Query<ScheduledJoin>()
            .Where(m => m.Mailbox == mailbox && m.Time.EndSecond >= from && m.Time.StartSecond <= to)
            .ToListAsync(cancellation);
        return JoinSchedule.At(scheduled, now, viewer.Audience);
    }

    internal static JoinScheduleView ViewOf(
        Guid mailbox, Instant now, JoinSchedule schedule, MailboxSeal seal) =>
        new(mailbox, now, [.. schedule.Buttons.Select(new TextOpener(seal).Open)], schedule.ChangesAt);
}
