namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>A clock on which a minute takes a second, so that tests can wait for minutes.</summary>
internal sealed class FastTime : TimeProvider
{
    private const int Speed = 60;
    private readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;
    private readonly long _began = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + (System.GetElapsedTime(_began) * Speed);

    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period));

    private static TimeSpan Scaled(TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan ? span : span / Speed;
}
