using System.Diagnostics.Metrics;
using System.Text;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace HybridCalendar.Specs.Watch;

/// <summary>Where metrics go, over real HTTP.</summary>
public class ExportSpecs
{
    private const string Name = "hybrid_calendar.exchange.of_this_test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Metrics_of_the_traffic_with_exchange_go_to_the_collector_that_is_named()
    {
        var told = new TaskCompletionSource<string>();
        await using var collector = await Collector(told);
        await using var services = Services(new()
        {
            [Export.Endpoint] = collector.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        var metrics = services.GetRequiredService<MeterProvider>();
        using var meter = new Meter(Telemetry.SourceName);
        meter.CreateCounter<long>(Name).Add(1);

        metrics.ForceFlush((int)Patience.TotalMilliseconds).ShouldBeTrue();

        (await told.Task.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldContain(Name);
    }

    [Fact]
    public async Task Without_a_collector_nothing_is_gathered()
    {
        await using var services = Services([]);
        services.GetService<MeterProvider>().ShouldBeNull();
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        Export.Add(services, configuration);
        return services.BuildServiceProvider();
    }

    private static async Task<WebApplication> Collector(TaskCompletionSource<string> told)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            if (http.Request.Path == "/v1/metrics")
            {
                told.TrySetResult(Encoding.Latin1.GetString(body.ToArray()));
            }
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }
}
