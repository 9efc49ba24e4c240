using NodaTime;

namespace HybridCalendar.Simulation.Engine;

/// <summary>A clock that stands until somebody moves it. Nobody can wait for it.</summary>
internal sealed class VirtualTime(Instant start) : TimeProvider
{
    public Instant Now { get; private set; } = start;

    /// <summary>Moves the clock; a negative span turns it back.</summary>
    public void Move(Duration span) => Now += span;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    public override long GetTimestamp() => Now.ToUnixTimeTicks();

    public override long TimestampFrequency => NodaConstants.TicksPerSecond;

    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime == Timeout.InfiniteTimeSpan
            ? new Idle()
            : throw new NotSupportedException("Within a simulation only its steps wait.");

    /// <summary>A timer that nobody sets.</summary>
    private sealed class Idle : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            throw new NotSupportedException("Within a simulation only its steps wait.");

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
