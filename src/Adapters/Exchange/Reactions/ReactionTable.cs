using System.Collections.Frozen;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Reactions;

/// <summary>
/// Every code that Exchange, the web server before it, or the adapter itself gives, and what is done then.
/// </summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode"/>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/exchange-web-services/handling-notification-related-errors-in-ews-in-exchange"/>
internal static class ReactionTable
{
    internal static readonly IReadOnlyList<CodeRow> Rows =
    [
        // The server has too much to do.
        new("ErrorServerBusy", Reaction.BackOff, Blame.Server, StreamEffect.Overload),
        new("http-429", Reaction.BackOff, Blame.Server, StreamEffect.Overload),
        new("http-503", Reaction.BackOff, Blame.Server, StreamEffect.Overload),
        new(Codes.TooManyConnections, Reaction.Reduce, Blame.Server, StreamEffect.Overload),
        new("ErrorExceededSubscriptionCount", Reaction.Retry),

        // Trouble of the server, or behind it, that passes.
        new("ErrorInternalServerTransientError", Reaction.Retry, Blame.Server),
        new("ErrorADUnavailable", Reaction.Retry, Blame.Server),
        new("ErrorADOperation", Reaction.Retry, Blame.Server),
        new("ErrorConnectionFailed", Reaction.Retry, Blame.Server),
        new("ErrorMailboxFailover", Reaction.Retry, Blame.Server),
        new("ErrorMailboxStoreUnavailable", Reaction.Retry, Blame.Server, StreamEffect.Rest),
        new("ErrorTooManyObjectsOpened", Reaction.Retry, Blame.Server),
        new("ErrorInsufficientResources", Reaction.Retry, Blame.Server),
        new("ErrorNotEnoughMemory", Reaction.Retry, Blame.Server),
        new("ErrorNoRespondingCASInDestinationSite", Reaction.Retry, Blame.Server),
        new("ErrorClientDisconnected", Reaction.Retry, Blame.Server),
        new("ErrorProxiedSubscriptionCallFailure", Reaction.Retry, Blame.Server, StreamEffect.Resubscribe),
        new("ErrorImpersonationFailed", Reaction.Retry, Blame.Server),
        new("http-redirect-to-error-page", Reaction.Retry, Blame.Server),

        // The same, unless one item makes the server fail.
        new("ErrorInternalServerError", Reaction.Retry, Blame.Either, StreamEffect.Overload),
        new("ErrorTimeoutExpired", Reaction.Retry, Blame.Either, StreamEffect.Overload),
        new("soap-fault", Reaction.Retry, Blame.Either),
        new("http-500", Reaction.Retry, Blame.Either),
        new("http-502", Reaction.Retry, Blame.Either),
        new("http-504", Reaction.Retry, Blame.Either),
        new(Codes.Broken, Reaction.Retry, Blame.Either),
        new(Verdict.MalformedCode, Reaction.Retry, Blame.Either) { IsOfTheConnection = true },
        new(Verdict.TooLargeCode, Reaction.Retry, Blame.Either) { IsOfTheConnection = true },

        // The mailbox is elsewhere.
        new("ErrorNonExistentMailbox", Reaction.Rediscover),
        new("ErrorMailboxMoveInProgress", Reaction.AwaitMove, Blame.Server, StreamEffect.Rest),
        new("ErrorCrossSiteRequest", Reaction.Rediscover, Blame.Server),
        new("ErrorProxyRequestNotAllowed", Reaction.Rediscover, OnStream: StreamEffect.ResubscribeElsewhere),
        new("http-redirect-elsewhere", Reaction.Rediscover, Blame.Server),

        // The account, its rights, the address, the server: somebody must act.
        new(Codes.SignInRefused, Reaction.SignIn),
        new(Codes.AccountLocked, Reaction.SignIn) { IsOfTheConnection = true },
        new(Codes.TokenRefused, Reaction.SignIn) { IsOfTheConnection = true },
        new(Codes.TokenUnavailable, Reaction.Retry, Blame.Server) { IsOfTheConnection = true },
        new(Codes.CertificateNotTrusted, Reaction.Alarm) { IsOfTheConnection = true },
        new(Codes.CertificateExpired, Reaction.Alarm) { IsOfTheConnection = true },
        new(Codes.CertificateRevoked, Reaction.Alarm) { IsOfTheConnection = true },
        new(Codes.CertificateName, Reaction.Alarm) { IsOfTheConnection = true },
        new(Codes.NotEncrypted, Reaction.Alarm) { IsOfTheConnection = true },
        new("ErrorPasswordExpired", Reaction.Alarm),
        new("ErrorImpersonationDenied", Reaction.Alarm),
        new("http-403", Reaction.Alarm),
        new("http-404", Reaction.Alarm),
        new("http-405", Reaction.Alarm),
        new("http-301", Reaction.Alarm),
        new("http-302", Reaction.Alarm),
        new("http-307", Reaction.Alarm),
        new("http-308", Reaction.Alarm),
        new("http-redirect-to-sign-in", Reaction.Alarm),
        new("http-redirect-to-gateway", Reaction.Alarm),
        new(Codes.ServerTooOld, Reaction.Alarm),

        // One mailbox, or what the directory says of it.
        new("ErrorAccessDenied", Reaction.ParkMailbox) { MayBeForbidden = true },
        new("ErrorImpersonateUserDenied", Reaction.ParkMailbox) { IsSporadic = true },
        new("ErrorMailboxConfiguration", Reaction.ParkMailbox),
        new("ErrorInvalidLicense", Reaction.ParkMailbox),
        new("ErrorAccountDisabled", Reaction.ParkMailbox),
        new("ErrorQuotaExceeded", Reaction.ParkMailbox),
        new("ErrorMailRecipientNotFound", Reaction.ParkMailbox),
        new("ErrorNoFreeBusyAccess", Reaction.ParkMailbox),

        // The request is wrong.
        new("ErrorInvalidExchangeImpersonationHeaderData", Reaction.Mistake) { IsSporadic = true },
        new("ErrorMissingEmailAddress", Reaction.Mistake),
        new("ErrorInvalidRequest", Reaction.Mistake, Blame.Either),
        new("ErrorSchemaValidation", Reaction.Mistake, Blame.Either),
        new("ErrorInvalidPropertyRequest", Reaction.Mistake, Blame.Either),
        new("ErrorInvalidSubscriptionRequest", Reaction.Mistake),
        new("ErrorSubscriptionDelegateAccessNotSupported", Reaction.Mistake),
        new("ErrorCalendarFolderIsInvalidForCalendarView", Reaction.Mistake),
        new("ErrorInvalidTimeInterval", Reaction.Mistake),
        new("ErrorInvalidMergedFreeBusyInterval", Reaction.Mistake),
        new("http-400", Reaction.Mistake),
        new("http-413", Reaction.Mistake),

        // The dialect is not spoken.
        new("ErrorInvalidServerVersion", Reaction.Downgrade),
        new("ErrorIncorrectSchemaVersion", Reaction.Downgrade),
        new(Codes.MailboxOnOlderServer, Reaction.Downgrade),

        // An item, a folder, a cursor, a batch, a window.
        new(Codes.ItemNotFound, Reaction.Gone) { MayBeForbidden = true },
        new(Codes.OccurrenceDeleted, Reaction.Gone),
        new("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange", Reaction.Gone),
        new("ErrorInvalidId", Reaction.Gone),
        new("ErrorInvalidIdMalformed", Reaction.Gone),
        new("ErrorInvalidIdNotAnItemAttachmentId", Reaction.Gone),
        new("ErrorCorruptData", Reaction.ParkItem),
        new("ErrorCalendarDurationIsTooLong", Reaction.ParkItem),
        new("ErrorCalendarEndDateIsEarlierThanStartDate", Reaction.ParkItem),
        new("ErrorCalendarInvalidRecurrence", Reaction.ParkItem),
        new("ErrorCalendarInvalidTimeZone", Reaction.ParkItem),
        new("ErrorCalendarCannotUpdateDeletedItem", Reaction.ParkItem),
        new("ErrorOccurrenceCrossingBoundary", Reaction.ParkItem),
        new("ErrorOccurrenceTimeSpanTooBig", Reaction.ParkItem),
        new("ErrorRecurrenceHasNoOccurrence", Reaction.ParkItem),
        new("ErrorInvalidPropertySet", Reaction.ParkItem),
        new("ErrorFolderNotFound", Reaction.FindFolder),
        new("ErrorSyncFolderNotFound", Reaction.FindFolder),
        new("ErrorInvalidSyncStateData", Reaction.Resync),
        new(Codes.BatchStopped, Reaction.AskForRest),
        new("ErrorCalendarViewRangeTooBig", Reaction.AskForLess),
        new("ErrorExceededFindCountLimit", Reaction.AskForLess),
        new("ErrorTimeIntervalTooBig", Reaction.AskForLess),
        new("ErrorMailboxDataArrayTooBig", Reaction.AskForLess),
        new("ErrorResultSetTooBig", Reaction.AskForLess),
        new("ErrorFreeBusyGenerationFailed", Reaction.Retry),
        new("ErrorProxyRequestProcessingFailed", Reaction.Retry),
        new("ErrorAutoDiscoverFailed", Reaction.Retry),

        // Somebody else wrote meanwhile.
        new("ErrorIrresolvableConflict", Reaction.Refetch),
        new("ErrorStaleObject", Reaction.Refetch),
        new("ErrorChangeKeyRequired", Reaction.Refetch),
        new("ErrorChangeKeyRequiredForWriteOperations", Reaction.Refetch),
        new("ErrorInvalidChangeKey", Reaction.Refetch),

        // Subscriptions.
        new("ErrorSubscriptionNotFound", Reaction.Resubscribe, OnStream: StreamEffect.Resubscribe),
        new("ErrorSubscriptionAccessDenied", Reaction.Resubscribe, OnStream: StreamEffect.Resubscribe),
        new("ErrorExpiredSubscription", Reaction.Resubscribe, OnStream: StreamEffect.Resubscribe),
        new("ErrorInvalidPullSubscriptionId", Reaction.Resubscribe, OnStream: StreamEffect.Resubscribe),
        new("ErrorInvalidWatermark", Reaction.Resubscribe, OnStream: StreamEffect.Resubscribe),
        new("ErrorMissedNotificationEvents", Reaction.Resubscribe, OnStream: StreamEffect.Resubscribe),
        new("ErrorReadEventsFailed", Reaction.Resubscribe, OnStream: StreamEffect.ResubscribeElsewhere),
        new("ErrorInvalidSubscription", Reaction.Resubscribe, OnStream: StreamEffect.Rest),
    ];

    private static readonly FrozenDictionary<string, CodeRow> ByCode =
        Rows.ToFrozenDictionary(row => row.Code, StringComparer.Ordinal);

    /// <summary>The row of a code; one that says unknown when it is not in the table.</summary>
    internal static CodeRow Of(string code) =>
        ByCode.GetValueOrDefault(code) ?? new CodeRow(code, Reaction.Unknown);
}
