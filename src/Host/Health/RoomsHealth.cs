using HybridCalendar.Host.Read;
using HybridCalendar.Projections;
using Marten;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HybridCalendar.Host.Health;

/// <summary>Whether rooms keep the texts of invitations, without which there are no Join buttons.</summary>
public sealed class RoomsHealth(IDocumentStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var session = store.QuerySession();
        var rooms = await session.Query<ListedMailbox>()
            .Where(mailbox => mailbox.StripsTexts)
            .ToListAsync(cancellationToken);
        if (rooms.Count == 0)
        {
            return HealthCheckResult.Healthy("No room is known to take texts out of invitations.");
        }

        var stripped = rooms.SelectMany(room => room.Mailbox.Stripped).Distinct().Order().ToArray();
        return HealthCheckResult.Degraded(
            Advice.On(stripped),
            data: new Dictionary<string, object>
            {
                ["rooms"] = rooms.OrderBy(room => room.Id).ToDictionary(
                    room => room.Id, room => room.Mailbox.Stripped),
            });
    }
}
