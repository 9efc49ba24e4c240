namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>How often a silent stream shows that it is alive.</summary>
internal sealed class StreamSettings(TimeSpan heartbeat)
{
    private long _heartbeatTicks = heartbeat.Ticks;

    public TimeSpan Heartbeat
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _heartbeatTicks));
        set => Interlocked.Exchange(ref _heartbeatTicks, value.Ticks);
    }
}
