using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>
/// What is counted and traced of the traffic with Exchange: operations and codes, no text, no address.
/// </summary>
/// <seealso href="https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/"/>
public static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string SourceName = "HybridCalendar.Exchange";

    internal const string Method = "rpc.method";

    private const string System = "rpc.system.name";
    private const string SystemName = "ews";
    private const string Outcome = "outcome";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "rpc.client.call.duration", "s", "How long calls took, replies included.");

    private static readonly Histogram<long> RequestSize = Meter.CreateHistogram<long>(
        "rpc.client.request.size", "By", "How long requests were, without their headers.");

    private static readonly Histogram<long> ResponseSize = Meter.CreateHistogram<long>(
        "rpc.client.response.size", "By", "How long replies were, without their headers and without streams.");

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "hybrid_calendar.exchange.retries", "{call}", "Calls that were made again at once, and why.");

    private static readonly Counter<double> BackOffs = Meter.CreateCounter<double>(
        "hybrid_calendar.exchange.back_off", "s", "Time in which nothing was to be sent.");

    private static readonly Counter<long> Items = Meter.CreateCounter<long>(
        "hybrid_calendar.exchange.items", "{item}", "Items of calendars, by what became of them.");

    private static readonly UpDownCounter<long> Subscriptions = Meter.CreateUpDownCounter<long>(
        "hybrid_calendar.exchange.subscriptions", "{subscription}", "Mailboxes that are subscribed.");

    private static readonly UpDownCounter<long> Streams = Meter.CreateUpDownCounter<long>(
        "hybrid_calendar.exchange.streams", "{stream}", "Open streams of notifications.");

    private static readonly Counter<long> AccountChanges = Meter.CreateCounter<long>(
        "hybrid_calendar.exchange.account.changes", "{change}", "Times that the other account took over.");

    private static readonly ConcurrentDictionary<object, Func<TimeSpan>> Silences = new();

    static Telemetry() => Meter.CreateObservableGauge(
        "hybrid_calendar.exchange.streams.silence",
        () => Silences.Values.Select(silence => silence().TotalSeconds).DefaultIfEmpty().Max(),
        "s",
        "How long ago the open stream that is silent for longest gave a sign of life; 0 without streams.");

    internal static Activity? Begin(string operation)
    {
        var activity = Source.StartActivity(operation, ActivityKind.Client);
        activity?.SetTag(System, SystemName);
        activity?.SetTag(Method, operation);
        return activity;
    }

    /// <param name="code">NoError, busy, or why there was no answer.</param>
    internal static void End(Activity? activity, string operation, string code, TimeSpan took)
    {
        var isAnswer = code == Soap.Verdict.NoError;
        var tags = Of(operation);
        tags.Add("rpc.response.status_code", code);
        if (!isAnswer)
        {
            tags.Add("error.type", code);
            activity?.SetTag("error.type", code);
        }

        Duration.Record(took.TotalSeconds, tags);
        activity?.SetTag("rpc.response.status_code", code);
        activity?.SetStatus(isAnswer ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
    }

    internal static void Sent(string operation, long bytes) => RequestSize.Record(bytes, Of(operation));

    internal static void Received(string operation, long bytes) => ResponseSize.Record(bytes, Of(operation));

    /// <summary>A call is made again, in another dialect or because its refusal may be without reason.</summary>
    internal static void Retried(string operation, string code)
    {
        var tags = Of(operation);
        tags.Add("error.type", code);
        Retries.Add(1, tags);
    }

    /// <summary>Nothing is sent for so much longer.</summary>
    internal static void BackedOff(TimeSpan span) => BackOffs.Add(span.TotalSeconds);

    /// <param name="outcome">meeting, removed, unreadable or other-class.</param>
    internal static void Count(string outcome, int items)
    {
        if (items > 0)
        {
            Items.Add(items, new KeyValuePair<string, object?>(Outcome, outcome));
        }
    }

    /// <param name="account">The one that serves from now on: first or second.</param>
    internal static void AccountChanged(string account) =>
        AccountChanges.Add(1, new KeyValuePair<string, object?>("account", account));

    /// <param name="change">How many more; negative for fewer.</param>
    internal static void Subscribed(int change) => Subscriptions.Add(change);

    /// <param name="silence">How long ago the stream gave its last sign of life.</param>
    internal static void StreamOpened(object stream, Func<TimeSpan> silence)
    {
        Silences[stream] = silence;
        Streams.Add(1);
    }

    internal static void StreamEnded(object stream)
    {
        Silences.TryRemove(stream, out _);
        Streams.Add(-1);
    }

    private static TagList Of(string operation) => new() { { System, SystemName }, { Method, operation } };
}
