namespace HybridCalendar.ExchangeLab.WireFaults;

/// <summary>The form of the HTTP header Retry-After (RFC 9110 10.2.3).</summary>
public enum RetryAfter
{
    None,
    Seconds,
    Date,
}
