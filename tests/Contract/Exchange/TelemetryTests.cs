using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HybridCalendar.Adapters.Exchange;

namespace HybridCalendar.Contract.Exchange;

/// <summary>What is measured and traced tells operations and codes, and nobody's name or words.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task nothing_that_is_measured_or_printed_names_anybody()
    {
        var told = new ConcurrentQueue<string>();
        using var traces = Listen(told);
        using var metrics = Measure(told);
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Error("SyncFolderItems", "an@example.org has no mailbox"));
        var mailbox = ScriptedExchange.Mailbox("an");

        var reply = await server.Client().ReadChanges(
            mailbox, null, [], TestContext.Current.CancellationToken);

        told.ShouldContain("rpc.client.call.duration rpc.method=SyncFolderItems");
        told.ShouldContain("trace SyncFolderItems");
        told.ShouldAllBe(text => !text.Contains("example.org"));
        $"{reply} {mailbox}".ShouldNotContain("Words");
        $"{reply} {mailbox}".ShouldNotContain("example.org");
    }

    private static ActivityListener Listen(ConcurrentQueue<string> told)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                told.Enqueue($"trace {activity.OperationName}");
                foreach (var (name, value) in activity.TagObjects)
                {
                    told.Enqueue($"{name}={value}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener Measure(ConcurrentQueue<string> told)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Telemetry.SourceName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            foreach (var (name, value) in tags)
            {
                told.Enqueue($"{instrument.Name} {name}={value}");
            }
        });
        listener.Start();
        return listener;
    }
}
