using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// The organization's clock: the machine's, or a fixed moment while the past is being seeded.
/// </summary>
public sealed class LabClock(TimeProvider time)
{
    private Instant? _fixed;

    /// <summary>The current moment in whole seconds, as Exchange writes its times.</summary>
    public Instant Now => _fixed
        ?? Instant.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>Lets the clock stand at a moment.</summary>
    public void StandAt(Instant moment) => _fixed = moment;

    /// <summary>Lets the clock follow the machine again.</summary>
    public void Run() => _fixed = null;
}
