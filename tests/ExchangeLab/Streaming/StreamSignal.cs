using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>Something that an open connection has to act on.</summary>
/// <param name="SubscriptionId">Whom it concerns.</param>
/// <param name="Change">What to tell; null for a mere wake-up.</param>
/// <param name="DueTimestamp">When to tell it, as a timestamp of the lab's time provider.</param>
/// <param name="IsForgotten">Whether the subscription is gone, which ends the connection.</param>
internal sealed record StreamSignal(
    string SubscriptionId, MailboxChange? Change, long DueTimestamp, bool IsForgotten);
