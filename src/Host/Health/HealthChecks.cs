using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Audit;
using HybridCalendar.Host.Read;
using HybridCalendar.Host.Watch;
using HybridCalendar.Projections;
using Marten;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Health;

/// <summary>Whether the database answers.</summary>
public sealed class DatabaseHealth(IDocumentStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var session = store.QuerySession();
        await session.QueryAsync<int>("select 1", cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

/// <summary>Whether Exchange answers, and when it last did.</summary>
public sealed class ExchangeHealth(ExchangeContact exchange, TimeProvider clock) : IHealthCheck
{
    /// <summary>
    /// Streams send a sign of life every minute or so: after this long without one, something is wrong.
    /// </summary>
    private static readonly Duration Silence = Duration.FromMinutes(5);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var answered = exchange.Answered;
        var alarms = exchange.Alarms;
        var data = new Dictionary<string, object>
        {
            ["lastAnswer"] = answered?.ToString() ?? "never",
            ["alarms"] = alarms,
        };
        if (exchange.Trouble is { } trouble)
        {
            return Task.FromResult(
                HealthCheckResult.Unhealthy($"Exchange cannot be asked: {trouble}.", data: data));
        }

        return Task.FromResult(answered is not { } at || clock.GetCurrentInstant() - at >= Silence
            ? HealthCheckResult.Unhealthy("Exchange has not answered lately.", data: data)
            : alarms.Count > 0
            ? HealthCheckResult.Degraded(
                $"Somebody has to act: {string.Join(", ", alarms.Keys)}.", data: data)
            : HealthCheckResult.Healthy("Exchange answers.", data));
    }
}

/// <summary>How much Exchange shows otherwise than it was recorded.</summary>
public sealed class IncidentHealth(IDocumentStore store, WatchedMailboxes mailboxes) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var session = store.QuerySession();
        var open = await session.Query<Incidents>()
            .Where(incidents => incidents.IsOpen)
            .Select(incidents => incidents.Mailbox)
            .ToListAsync(cancellationToken);
        var count = open.Count(mailbox => mailboxes.Find(new MailboxId(mailbox)) is { });
        var data = new Dictionary<string, object> { ["open"] = count };
        return count == 0
            ? HealthCheckResult.Healthy("Exchange shows what is recorded.", data)
            : HealthCheckResult.Degraded(
                "Exchange shows something else than was recorded: /v1/incidents.", data: data);
    }
}

/// <summary>How long the oldest event that a read model does not show yet has been waiting.</summary>
public sealed class LagHealth(IDocumentStore store, TimeProvider clock) : IHealthCheck
{
    /// <summary>Longer than this: the read model is overloaded, or stopped at an event.</summary>
    private static readonly Duration LongestWait = Duration.FromSeconds(15);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var progress = await store.Advanced.AllProjectionProgress(token: cancellationToken);
        await using var session = store.QuerySession();
        var waits = new Dictionary<string, object>();
        var worst = Duration.Zero;
        foreach (var model in Catalog.ReadModels)
        {
            var position = progress.PositionOf(model) ?? 0;
            var next = await session.Events.QueryAllRawEvents()
                .Where(e => e.Sequence > position)
                .OrderBy(e => e.Sequence)
                .FirstOrDefaultAsync(cancellationToken);
            var wait = next is null ? Duration.Zero : clock.GetCurrentInstant() - next.Timestamp.ToInstant();
            worst = Duration.Max(worst, wait);
            waits[model.Name] = next is null
                ? "up to date"
                : $"event {next.Sequence} waits for {wait.TotalSeconds:0} s";
        }

        return worst <= LongestWait
            ? HealthCheckResult.Healthy("The read models are up to date.", waits)
            : HealthCheckResult.Unhealthy("A read model is behind, or stopped at an event.", data: waits);
    }
}

/// <summary>Whether events are hashed and signed, so that they cannot be changed unseen.</summary>
public sealed class AuditHealth(Notary notary, AuditLog log, Settings settings, TimeProvider clock)
    : IHealthCheck
{
    /// <summary>How much longer than it should an event may wait for its signature.</summary>
    private static readonly Duration Grace = Duration.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (notary.Trouble is { } trouble)
        {
            return HealthCheckResult.Unhealthy($"Events are not signed: {trouble}");
        }

        var since = await log.UnsignedSince(cancellationToken);
        return since is { } waiting && clock.GetCurrentInstant() - waiting > settings.AuditHead + Grace
            ? HealthCheckResult.Unhealthy($"Events are not signed: no process does it since {waiting}.")
            : HealthCheckResult.Healthy("Events are hashed and signed.");
    }
}
