namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>
/// What a search went through: the steps, for whoever listens, and the most telling failure.
/// </summary>
internal sealed class Trail(Action<DiscoveryStep>? tell)
{
    /// <summary>Why nobody answered so far.</summary>
    internal Discovery.Refused Failure { get; private set; } = new(DiscoveryRefusal.NothingThere);

    internal void Tell(string place, string outcome) => tell?.Invoke(new DiscoveryStep(place, outcome));

    /// <summary>A step that failed. What stands later in <see cref="DiscoveryRefusal"/> tells more.</summary>
    internal void Fail(string place, string outcome, DiscoveryRefusal reason, string? host)
    {
        Tell(place, outcome);
        if (reason > Failure.Reason)
        {
            Failure = new Discovery.Refused(reason, host);
        }
    }
}
