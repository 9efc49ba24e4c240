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
/// <param name="ChangesAt">The next instant at which a button comes or goes, within a day;
/// null when none does.</param>
public sealed record JoinScheduleView(
    Guid Mailbox, Instant At, IReadOnlyList<JoinButtonView> Buttons, Instant? ChangesAt);

/// <summary>HTTP: One Button to Push.</summary>
public static class GetJoinSchedule
{
    public static (Moment?, ProblemDetails) Before(string? at, TimeProvider clock) =>
        Moment.Parse(at, clock.GetCurrentInstant());

    public static Task<ProblemDetails> ValidateAsync(
        Guid mailbox, IQuerySession session, CancellationToken cancellation) =>
        GetMeetings.ValidateAsync(mailbox, session, cancellation);

    /// <summary>
    /// Which Join buttons are up at an instant (now unless said otherwise), and when that changes.
    /// </summary>
    [WolverineGet("/v1/mailboxes/{mailbox}/join-schedule")]
    public static async Task<JoinScheduleView> Get(
        Guid mailbox,
        Moment moment,
        IQuerySession session,
        Keyring keyring,
        Settings settings,
        CancellationToken cancellation)
    {
        var schedule = await ScheduleOf(mailbox, moment.At, session, settings, cancellation);
        return ViewOf(
            mailbox, moment.At, schedule, await keyring.SealOf(new MailboxId(mailbox), cancellation));
    }

    internal static async Task<JoinSchedule> ScheduleOf(
        Guid mailbox, Instant now, IQuerySession session, Settings settings, CancellationToken cancellation)
    {
        var (from, to) = (TimeIndex.Floor(now), TimeIndex.Floor(now + JoinSchedule.Horizon + settings.Lead));
        var scheduled = await session.Query<ScheduledJoin>()
            .Where(m => m.Mailbox == mailbox && m.Time.EndSecond >= from && m.Time.StartSecond <= to)
            .ToListAsync(cancellation);
        return JoinSchedule.At(scheduled, now, settings.Lead);
    }

    internal static JoinScheduleView ViewOf(
        Guid mailbox, Instant now, JoinSchedule schedule, MailboxSeal seal) =>
        new(mailbox, now, [.. schedule.Buttons.Select(seal.Open)], schedule.ChangesAt);
}
