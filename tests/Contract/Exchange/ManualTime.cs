namespace HybridCalendar.Contract.Exchange;

/// <summary>A clock that stands still until it is told. Its timers do not ring.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => passed.Ticks;

    internal void Pass(TimeSpan span)
    {
        now += span;
        passed += span;
    }

    /// <summary>Somebody sets the clock: no time passes.</summary>
    internal void Set(TimeSpan later) => now += later;
}
