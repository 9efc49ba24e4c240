using System.Text.Json;
using HybridCalendar.Host.Audit;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>HTTP: the signed heads of the record, for auditors to keep.</summary>
public static class GetAuditHeads
{
    /// <summary>Heads of a page.</summary>
    private const int HeadsPerPage = 100;

    /// <summary>The newest signed heads, the newest first; or those before a position.</summary>
    [WolverineGet("/v1/audit/heads")]
    public static async Task<IReadOnlyList<JsonElement>> Get(
        long? before, AuditLog log, CancellationToken cancellation)
    {
        var heads = await log.NewestHeads(before ?? long.MaxValue, HeadsPerPage, cancellation);
        return [.. heads.Select(head => JsonElement.Parse(head.ToString()))];
    }
}
