using System.Text.Json;
using HybridCalendar.Projections;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HybridCalendar.Host.Health;

/// <summary>Writes a health report as JSON: what was checked, how it is, and why.</summary>
internal static class HealthReportWriter
{
    public static Task Write(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        var checks = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new { entry.Value.Status, entry.Value.Description, entry.Value.Data });
        return JsonSerializer.SerializeAsync(
            context.Response.Body, new { report.Status, checks }, EventJson.Options, context.RequestAborted);
    }
}
