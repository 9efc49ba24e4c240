using System.Diagnostics;
using HybridCalendar.Adapters.Exchange.Versions;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>One call as it is traced and measured, from its sending until it is disposed of.</summary>
internal sealed class CallTrace(string operation, TimeProvider time) : IDisposable
{
    private readonly Activity? activity = Telemetry.Begin(operation);

    /// <summary>One word for what became of it.</summary>
    internal string Code { get; set; } = Codes.Broken;

    /// <summary>When the call was begun, by the clock that nobody sets.</summary>
    internal long Began { get; } = time.GetTimestamp();

    internal void Sent(long bytes) => Telemetry.Sent(operation, bytes);

    internal void Received(long bytes) => Telemetry.Received(operation, bytes);

    internal void Saw(ServerVersion version) =>
        activity?.SetTag("hybrid_calendar.exchange.version", version.ToString());

    public void Dispose()
    {
        Telemetry.End(activity, operation, Code, time.GetElapsedTime(Began));
        activity?.Dispose();
    }
}
