namespace HybridCalendar.ExchangeLab.Control;

/// <summary>The account that subscriptions are to belong to.</summary>
internal sealed record OwnerWish(string Account);
