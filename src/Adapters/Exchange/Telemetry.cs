using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>
/// What is counted and traced of the traffic with Exchange: operations and codes, no text, no address.
/// </summary>
public static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string SourceName = "HybridCalendar.Exchange";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "hybrid_calendar.exchange.calls", "{call}", "Calls that were answered, by operation and outcome.");

    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>(
        "hybrid_calendar.exchange.call.duration", "s", "How long calls took, replies included.");

    private static readonly Counter<long> Items = Meter.CreateCounter<long>(
        "hybrid_calendar.exchange.items", "{item}", "Items of calendars, by what became of them.");

    private static readonly UpDownCounter<long> Streams = Meter.CreateUpDownCounter<long>(
        "hybrid_calendar.exchange.streams", "{stream}", "Open streams of notifications.");

    private static readonly Counter<long> AccountChanges = Meter.CreateCounter<long>(
        "hybrid_calendar.exchange.account.changes", "{change}", "Times that the other account took over.");

    internal static Activity? Begin(string operation)
    {
        var activity = Source.StartActivity(operation, ActivityKind.Client);
        activity?.SetTag("rpc.system", "ews");
        activity?.SetTag("rpc.method", operation);
        return activity;
    }

    /// <param name="code">NoError, busy, or why there was no answer.</param>
    internal static void End(Activity? activity, string operation, string code, TimeSpan took)
    {
        var tags = new TagList { { "operation", operation }, { "code", code } };
        Calls.Add(1, tags);
        Seconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("operation", operation));
        activity?.SetTag("code", code);
        activity?.SetStatus(code == Soap.Verdict.NoError ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }

    /// <param name="outcome">meeting, removed, unreadable or other-class.</param>
    internal static void Count(string outcome, int items)
    {
        if (items > 0)
        {
            Items.Add(items, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    /// <param name="account">The one that serves from now on: first or second.</param>
    internal static void AccountChanged(string account) =>
        AccountChanges.Add(1, new KeyValuePair<string, object?>("account", account));

    internal static void StreamOpened() => Streams.Add(1);

    internal static void StreamEnded() => Streams.Add(-1);
}
