using System.Collections.Concurrent;
using System.Diagnostics;
using HybridCalendar.Adapters.Exchange;

namespace HybridCalendar.Contract.Exchange;

/// <summary>What is measured and traced tells operations and codes, and nobody's name or words.</summary>
/// <remarks>Tests run side by side: each knows its own measurements by what no other one gives.</remarks>
public sealed class TelemetryTests
{
    private const string Method = "rpc.method";
    private const string Status = "rpc.response.status_code";

    private readonly WatchedMailbox an = ScriptedExchange.Mailbox("an");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task nothing_that_is_measured_or_printed_names_anybody()
    {
        var told = new ConcurrentQueue<string>();
        using var traces = Listen(told);
        using var metrics = new Measurements();
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Error("SyncFolderItems", "an@example.org has no mailbox"));

        var reply = await Read(server);

        told.ShouldContain("trace SyncFolderItems");
        metrics.Of("rpc.client.call.duration").ShouldContain(one => one.Tags[Status] == "unreadable-code");
        foreach (var measured in metrics.All)
        {
            told.Enqueue($"{measured.Instrument} {string.Join(" ", measured.Tags)}");
        }

        told.ShouldAllBe(text => !text.Contains("example.org") && !text.Contains("Words"));
        $"{reply} {an}".ShouldNotContain("Words");
        $"{reply} {an}".ShouldNotContain("example.org");
    }

    [Fact]
    public async Task a_call_is_measured_by_its_operation_its_code_and_its_size()
    {
        using var metrics = new Measurements();
        await using var server = await ScriptedExchange.Start();
        var sent = 0L;
        var reply = Xml.Error("SyncFolderItems", "ErrorOfMeasuredCalls");
        server.On("SyncFolderItems", arrived =>
        {
            sent = arrived.Headers.ContentLength ?? 0;
            return reply;
        });

        await Read(server);

        var call = metrics.Of("rpc.client.call.duration")
            .Single(one => one.Tags[Status] == "ErrorOfMeasuredCalls");
        call.Tags["rpc.system.name"].ShouldBe("ews");
        call.Tags[Method].ShouldBe("SyncFolderItems");
        call.Tags["error.type"].ShouldBe("ErrorOfMeasuredCalls");
        sent.ShouldBeGreaterThan(0);
        metrics.Of("rpc.client.request.size").ShouldContain(one => one.Value == sent);
        metrics.Of("rpc.client.response.size").ShouldContain(one => one.Value == reply.Length);
    }

    [Fact]
    public async Task an_answer_has_no_type_of_error()
    {
        using var metrics = new Measurements();
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", Xml.Replies("Disabled"));
        await server.Client().ReadAutomaticReplies(an, Cancellation);
        metrics.Of("rpc.client.call.duration")
            .Where(one => one.Tags[Method] == "GetUserOofSettings" && one.Tags[Status] == "NoError")
            .ShouldAllBe(one => !one.Tags.ContainsKey("error.type"));
    }

    [Fact]
    public async Task retries_and_back_offs_are_measured()
    {
        using var metrics = new Measurements();
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", arrived => arrived.Dialect == "Exchange2013_SP1"
            ? Xml.Fault("ErrorInvalidServerVersion")
            : Xml.Fault("ErrorServerBusy", backOffMilliseconds: 1_234_567));

        (await Read(server)).ShouldBeOfType<Reply<CalendarPage>.Busy>();

        metrics.Of("hybrid_calendar.exchange.retries")
            .ShouldContain(one => one.Tags["error.type"] == "ErrorInvalidServerVersion" && one.Value == 1);
        metrics.Of("hybrid_calendar.exchange.back_off").ShouldContain(one => one.Value == 1234.567);
    }

    [Fact]
    public async Task streams_subscriptions_and_the_age_of_the_last_sign_of_life_are_measured()
    {
        using var metrics = new Measurements();
        await using var server = await ScriptedExchange.Start();
        server.On("Subscribe", Xml.Success("Subscribe", "<m:SubscriptionId>s</m:SubscriptionId>"));
        server.On("Unsubscribe", Xml.Success("Unsubscribe", ""));
        server.On("GetStreamingEvents", async (http, _) =>
        {
            await ScriptedExchange.Write(http, Xml.Status("OK"));
            await ScriptedExchange.Silence(http);
        });
        var time = new ManualTime();
        await foreach (var signal in server.Client(time: time).Watch([an], Cancellation))
        {
            signal.ShouldBeOfType<CalendarSignal.Opened>();
            time.Pass(TimeSpan.FromDays(7));
            metrics.Of("hybrid_calendar.exchange.streams.silence").Last().Value.ShouldBe(7 * 86_400);
            break;
        }

        metrics.Of("hybrid_calendar.exchange.streams.silence").Last().Value.ShouldBeLessThan(7 * 86_400);
        foreach (var instrument in new[] { "streams", "subscriptions" })
        {
            var changes = metrics.Of($"hybrid_calendar.exchange.{instrument}")
                .Select(one => one.Value).ToList();
            changes.ShouldContain(1);
            changes.ShouldContain(-1);
        }
    }

    [Fact]
    public void the_readme_names_everything_that_is_measured()
    {
        using var metrics = new Measurements();
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HybridCalendar.slnx")))
        {
            folder = folder.Parent!;
        }

        var readme = File.ReadAllText(Path.Combine(folder.FullName, "README.md"));
        metrics.Instruments.Count.ShouldBeGreaterThan(8);
        metrics.Instruments.ShouldAllBe(instrument => readme.Contains($"`{instrument.Name}`"));
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

    private Task<Reply<CalendarPage>> Read(ScriptedExchange server) =>
        server.Client().ReadChanges(an, null, [], Cancellation);
}
