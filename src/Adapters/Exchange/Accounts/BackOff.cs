using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>
/// Until when nothing may be sent for the account, because the server said that it is busy.
/// </summary>
/// <remarks>
/// What is sent meanwhile counts against the account and makes it longer. Measured by a clock that nobody
/// sets: an instant is told to callers only. Safe for use by several threads.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/exchange-web-services/ews-throttling-in-exchange"/>
internal sealed class BackOff(ExchangeSettings settings, TimeProvider time)
{
    private readonly Lock gate = new();
    private long began = time.GetTimestamp();
    private TimeSpan length;

    /// <summary>The end of a back-off that is going on; null when there is none.</summary>
    internal Instant? Now()
    {
        lock (gate)
        {
            return Rest() is var rest && rest > TimeSpan.Zero ? In(rest) : null;
        }
    }

    /// <summary>The server is busy, for so long as it said.</summary>
    /// <returns>When to ask again at the earliest.</returns>
    internal Instant Begin(TimeSpan? asked)
    {
        var wait = asked is { } told && told > TimeSpan.Zero ? told : settings.DefaultBackOff;
        var bounded = wait < settings.LongestBackOff ? wait : settings.LongestBackOff;
        lock (gate)
        {
            var rest = Rest();
            length = rest > bounded ? rest : bounded;
            Telemetry.BackedOff(length - (rest > TimeSpan.Zero ? rest : TimeSpan.Zero));
            began = time.GetTimestamp();
            return In(length);
        }
    }

    private TimeSpan Rest() => length - time.GetElapsedTime(began);

    private Instant In(TimeSpan span) =>
        Instant.FromDateTimeOffset(time.GetUtcNow()) + Duration.FromTimeSpan(span);
}
