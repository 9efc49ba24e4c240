using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>
/// What this process last saw of Exchange: the truth for health checks. Safe for use by several threads.
/// </summary>
public sealed class ExchangeContact(TimeProvider clock)
{
    private readonly Lock guard = new();
    private Instant? answered;
    private string? trouble;

    /// <summary>When Exchange answered last; null before the first answer.</summary>
    public Instant? Answered
    {
        get
        {
            lock (guard)
            {
                return answered;
            }
        }
    }

    /// <summary>Why Exchange cannot be asked; null while it answers.</summary>
    public string? Trouble
    {
        get
        {
            lock (guard)
            {
                return trouble;
            }
        }
    }

    public void Answer()
    {
        lock (guard)
        {
            answered = clock.GetCurrentInstant();
            trouble = null;
        }
    }

    /// <param name="reason">A code or the name of a failure, no text of the server's.</param>
    public void Fail(string reason)
    {
        lock (guard)
        {
            trouble = reason;
        }
    }
}
