using HybridCalendar.Adapters.Exchange;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace HybridCalendar.Host;

/// <summary>Sends metrics and traces to a collector, when there is one.</summary>
/// <remarks>
/// Configured by OpenTelemetry's own variables, of which <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> switches it on.
/// </remarks>
/// <seealso href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/"/>
internal static class Export
{
    internal const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string ServiceName = "hybrid-calendar";

    internal static void Add(IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[Endpoint]))
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.SourceName))
            .WithTracing(traces => traces.AddSource(Telemetry.SourceName))
            .UseOtlpExporter();
    }
}
