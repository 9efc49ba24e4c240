using HybridCalendar.Host.Read;
using HybridCalendar.Projections;
using Marten;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HybridCalendar.Host.Health;

/// <summary>
/// Whether every read model of this build has once shown all that was recorded. Until then nothing is to be
/// read here: the version before is served elsewhere.
/// </summary>
public sealed class BuiltHealth(IDocumentStore store) : IHealthCheck
{
    private const string Builds = $"{Catalog.Schema}.{BuildTable.Name}";

    private volatile bool isBuilt;

    // The last event when this process was first asked: those that come later are not waited for.
    private long? mark;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (isBuilt)
        {
            return HealthCheckResult.Healthy("The read models are built.");
        }

        await using var session = store.QuerySession();
        var built = await session.QueryAsync<string>(
            $"select name from {Builds} where built is not null", cancellationToken);
        var progress = await store.Advanced.AllProjectionProgress(token: cancellationToken);
        var last = mark ??= (await session.QueryAsync<long>(
            $"select coalesce(max(seq_id), 0) from {Catalog.Schema}.mt_events", cancellationToken)).Single();
        var missing = new Dictionary<string, object>();
        foreach (var model in Catalog.ReadModels.Where(model => !built.Contains(model.Shard)))
        {
            var position = progress.PositionOf(model) ?? 0;
            if (position >= last)
            {
                await Note(model, cancellationToken);
            }
            else
            {
                missing[model.Name] = $"version {model.Version}: event {position} of {last}";
            }
        }

        isBuilt = missing.Count == 0;
        return isBuilt
            ? HealthCheckResult.Healthy("The read models are built.")
            : HealthCheckResult.Unhealthy(
                "A read model is not built yet: projections rebuild does that.", data: missing);
    }

    private async Task Note(ReadModel model, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        session.QueueSqlCommand(
            $"insert into {Builds} (name, built) values (?, now()) "
            + "on conflict (name) do update set built = now()",
            model.Shard);
        await session.SaveChangesAsync(cancellation);
    }
}
