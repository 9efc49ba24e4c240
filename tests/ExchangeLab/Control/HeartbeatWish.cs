namespace HybridCalendar.ExchangeLab.Control;

/// <summary>How many seconds a stream may be silent.</summary>
internal sealed record HeartbeatWish(double Seconds);
