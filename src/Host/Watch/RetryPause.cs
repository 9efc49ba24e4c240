using HybridCalendar.Adapters.Exchange;
using NodaTime;

namespace HybridCalendar.Host.Watch;

/// <summary>How long a mailbox waits for its next look after one that failed.</summary>
/// <remarks>
/// With up to half of it more, by chance, so that many mailboxes do not come back at the same moment.
/// </remarks>
public sealed class RetryPause(Random random)
{
    /// <summary>Doubled each time, up to <see cref="WatchBounds.LongestRetry"/>.</summary>
    /// <param name="attempt">How many looks have failed in a row before this one.</param>
    public Duration After(int attempt)
    {
        var doubled = WatchBounds.ShortestRetry * Math.Pow(2, Math.Min(attempt, 16));
        return Spread(Duration.Min(doubled, WatchBounds.LongestRetry));
    }

    /// <summary>
    /// The same, until it is clear that nothing changes by itself: a mailbox that only people can mend, or
    /// that is not found elsewhere either, rests once it is shown as failed. One that is being moved waits
    /// <see cref="WatchBounds.MoveRetry"/>, but no longer than others rest.
    /// </summary>
    public Duration After(int attempt, LookOutcome.Refused refused, Duration rest) =>
        refused.Reaction == Reaction.AwaitMove ? Spread(Duration.Min(rest, WatchBounds.MoveRetry))
        : (refused.IsParked || refused.Reaction == Reaction.Rediscover)
        && attempt + 1 >= WatchBounds.AttemptsUntilFailed
            ? Spread(rest)
            : After(attempt);

    private Duration Spread(Duration pause) => pause * (1 + (random.NextDouble() / 2));
}
