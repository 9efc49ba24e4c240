using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>The ways in which servers say that a subscription or stream is over, in their words.</summary>
internal static class StreamFailures
{
    public const string NotFound = "ErrorSubscriptionNotFound";
    public const string TooManySubscriptions = "ErrorExceededSubscriptionCount";
    public const string TooManyConnections = "ErrorExceededConnectionCount";
    public const string AccessDenied = "ErrorSubscriptionAccessDenied";
    public const string Invalid = "ErrorInvalidSubscription";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        [NotFound] = "The subscription was not found.",
        ["ErrorReadEventsFailed"] = "Unable to retrieve events for this subscription.  The subscription must "
            + "be recreated., The events couldn't be read.",
        ["ErrorProxyRequestNotAllowed"] = "The request cannot be proxied to the server of the mailbox.",
        [Invalid] = "Subscription is invalid., This message indicates no more events will occur for this "
            + "EventSink. Event type = MailboxMoveStarted",
        ["ErrorMailboxMoveInProgress"] = "Mailbox move in progress. Try again later., Cannot open mailbox.",
        ["ErrorMailboxStoreUnavailable"] =
            "The mailbox database is temporarily unavailable., Cannot open mailbox.",
        ["ErrorInvalidWatermark"] = "The watermark used for creating this subscription was not found.",
        ["ErrorMissedNotificationEvents"] = "Notification events were missed.",
        [AccessDenied] = "The subscription belongs to another account.",
        [TooManyConnections] = "You have exceeded the available concurrent connections for your account. Try "
            + "again once your other requests have completed.",
        [TooManySubscriptions] = "You have exceeded the available subscriptions for your account.",
    };

    public static EwsError Of(string code) => new(code, Texts[code]);

    /// <summary>The failure of a code that a test names.</summary>
    public static EwsError Wished(string code) => Texts.ContainsKey(code) ? Of(code) : throw new LabRefusal(
        $"Subscriptions do not fail with \"{code}\": give one of {string.Join(", ", Texts.Keys)}.");

    /// <summary>Whether the subscription itself survives.</summary>
    public static bool LeavesSubscription(string code) => code is AccessDenied or TooManyConnections;
}
