namespace HybridCalendar.ExchangeLab.Control;

/// <summary>The time during which the lab told its account to send nothing.</summary>
/// <remarks>A request that comes all the same is refused again, and the time begins anew.</remarks>
internal sealed class BackOff(TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _end = DateTimeOffset.MinValue;

    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return time.GetUtcNow() < _end;
            }
        }
    }

    /// <summary>Begins, or extends what runs already; it never becomes shorter.</summary>
    public void Announce(int milliseconds)
    {
        lock (_gate)
        {
            var end = time.GetUtcNow() + TimeSpan.FromMilliseconds(milliseconds);
            _end = end > _end ? end : _end;
        }
    }
}
