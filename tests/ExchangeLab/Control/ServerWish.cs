namespace HybridCalendar.ExchangeLab.Control;

/// <summary>The release that the lab is to resemble.</summary>
internal sealed record ServerWish(string Version);
