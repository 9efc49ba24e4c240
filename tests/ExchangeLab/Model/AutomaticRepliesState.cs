namespace HybridCalendar.ExchangeLab.Model;

/// <summary>Whether automatic replies are off, on, or on within a span; names as in OofState.</summary>
public enum AutomaticRepliesState
{
    Disabled,
    Enabled,
    Scheduled,
}
