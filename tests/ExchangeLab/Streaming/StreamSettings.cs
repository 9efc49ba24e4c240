namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>How streams are written; it can be changed while they are open.</summary>
internal sealed class StreamSettings(TimeSpan heartbeat)
{
    private long _heartbeatTicks = heartbeat.Ticks;
    private volatile StreamManners _manners = new();

    /// <summary>How often a silent stream shows that it is alive.</summary>
    public TimeSpan Heartbeat
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _heartbeatTicks));
        set => Interlocked.Exchange(ref _heartbeatTicks, value.Ticks);
    }

    public StreamManners Manners
    {
        get => _manners;
        set => _manners = value;
    }
}
