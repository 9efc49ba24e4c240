using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>Something that an open connection has to act on.</summary>
/// <param name="SubscriptionId">Whom it concerns.</param>
/// <param name="Change">What to tell; null for a mere wake-up.</param>
/// <param name="DueTimestamp">When to tell it, as a timestamp of the lab's time provider.</param>
/// <param name="End">Why the subscription is over, which ends the connection; null when it is not.</param>
internal sealed record StreamSignal(
    string SubscriptionId, MailboxChange? Change, long DueTimestamp, EwsError? End);
