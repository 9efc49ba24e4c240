using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Security.Authentication;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>
/// What Exchange's response codes mean for what is done next. Codes that are not here are plain refusals.
/// </summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode"/>
internal static class Codes
{
    private static readonly FrozenSet<string> Gone = FrozenSet.Create(
        ItemNotFound,
        "ErrorInvalidSyncStateData",
        "ErrorSubscriptionNotFound",
        OccurrenceDeleted,
        "ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange");

    private static readonly FrozenSet<string> OfTheServer = FrozenSet.Create(
        "ErrorInternalServerTransientError",
        "ErrorADUnavailable",
        "ErrorADOperation",
        "ErrorConnectionFailed",
        "ErrorMailboxStoreUnavailable",
        "ErrorMailboxFailover",
        "ErrorMailboxMoveInProgress",
        "ErrorTooManyObjectsOpened",
        "ErrorInsufficientResources",
        "ErrorNotEnoughMemory",
        "ErrorNoRespondingCASInDestinationSite",
        "ErrorClientDisconnected",
        "ErrorExceededConnectionCount",
        "ErrorCrossSiteRequest");

    private static readonly FrozenSet<string> PerhapsOfTheItem = FrozenSet.Create(
        "ErrorInternalServerError",
        "ErrorTimeoutExpired",
        "ErrorInvalidRequest",
        "ErrorSchemaValidation",
        "soap-fault",
        "http-500",
        "http-502",
        "http-504",
        Broken,
        Verdict.MalformedCode,
        Verdict.TooLargeCode);

    private static readonly FrozenSet<string> OfSubscriptions = FrozenSet.Create(
        "ErrorSubscriptionNotFound",
        "ErrorSubscriptionAccessDenied",
        "ErrorInvalidSubscription",
        "ErrorInvalidPullSubscriptionId",
        "ErrorExpiredSubscription",
        "ErrorReadEventsFailed",
        "ErrorProxyRequestNotAllowed",
        "ErrorProxiedSubscriptionCallFailure",
        "ErrorInvalidWatermark",
        "ErrorMissedNotificationEvents",
        "ErrorMailboxMoveInProgress",
        "ErrorMailboxStoreUnavailable");

    private static readonly FrozenSet<string> OfTheLocation = FrozenSet.Create(
        Broken,
        "http-301",
        "http-302",
        "http-307",
        "http-308",
        "http-404",
        "ErrorConnectionFailed",
        "ErrorCrossSiteRequest",
        "ErrorInvalidSubscription",
        "ErrorMailboxMoveInProgress",
        "ErrorMailboxStoreUnavailable",
        "ErrorNonExistentMailbox",
        "ErrorProxyRequestNotAllowed",
        "ErrorReadEventsFailed");

    private static readonly FrozenSet<string> OfTheAddress = FrozenSet.Create(
        TokenRefused,
        TokenUnavailable,
        CertificateNotTrusted,
        CertificateExpired,
        CertificateRevoked,
        CertificateName,
        NotEncrypted,
        Verdict.MalformedCode,
        Verdict.TooLargeCode);

    private const string GoneCode = "gone";

    /// <summary>Account or password were not taken.</summary>
    internal const string SignInRefused = "http-401";

    /// <summary>Whoever issues tokens knows the application or its proof not, or no more.</summary>
    internal const string TokenRefused = "token-refused";

    /// <summary>Whoever issues tokens cannot be asked for now.</summary>
    internal const string TokenUnavailable = "token-unavailable";

    /// <summary>The account is refused, and the other one, if there is one, serves.</summary>
    internal const string AccountChanged = "account-changed";

    internal const string CertificateNotTrusted = "certificate-not-trusted";
    internal const string CertificateExpired = "certificate-expired";
    internal const string CertificateRevoked = "certificate-revoked";

    /// <summary>The certificate is another server's.</summary>
    internal const string CertificateName = "certificate-name";

    /// <summary>No encryption could be agreed on: the server does not offer TLS 1.2 or newer, say.</summary>
    internal const string NotEncrypted = "tls-failed";

    /// <summary>The occurrence was taken out of its series.</summary>
    internal const string OccurrenceDeleted = "ErrorCalendarOccurrenceIsDeletedFromRecurrence";

    /// <summary>There is no such item, or none that may be seen.</summary>
    internal const string ItemNotFound = "ErrorItemNotFound";

    /// <summary>The connection broke, or took too long: there is no reply at all.</summary>
    internal const string Broken = "connection-broken";

    /// <summary>The rest of a batch was not looked at.</summary>
    internal const string BatchStopped = "ErrorBatchProcessingStopped";

    /// <summary>What was asked about is no more.</summary>
    internal static bool IsGone(string code) => Gone.Contains(code);

    /// <summary>
    /// Said of items that are no more, and of items that may not be seen: of many at once it is the latter.
    /// </summary>
    internal static bool IsPerhapsForbidden(string code) => code is ItemNotFound or "ErrorAccessDenied";

    /// <summary>The folder is no more, or may not be seen.</summary>
    internal static bool IsWithoutFolder(string code) =>
        code is "ErrorSyncFolderNotFound" or "ErrorFolderNotFound";

    /// <summary>
    /// The trouble is the server's or the mailbox's: it says nothing about the item that was asked for.
    /// </summary>
    internal static bool IsOfTheServer(string code) => OfTheServer.Contains(code);

    /// <summary>
    /// The trouble may be the server's, or may come of the item that was asked for: asking for others tells.
    /// </summary>
    internal static bool IsPerhapsOfTheItem(string code) => PerhapsOfTheItem.Contains(code);

    /// <summary>The subscriptions concerned are lost; new ones must be made.</summary>
    internal static bool EndsSubscriptions(string code) => code == GoneCode || OfSubscriptions.Contains(code);

    /// <summary>The server has too much to do for a stream; its subscriptions live.</summary>
    internal static bool IsOverload(string code) =>
        code is "ErrorExceededConnectionCount" or "ErrorTimeoutExpired" or "ErrorInternalServerError";

    /// <summary>The refusal concerns the account or the whole server, not one mailbox of many.</summary>
    internal static bool IsOfTheConnection(string code) =>
        code.StartsWith("http-", StringComparison.Ordinal) && code != "http-403"
        || OfTheAddress.Contains(code);

    /// <summary>The account was not taken: another one may be.</summary>
    internal static bool IsOfTheAccount(string code) => code is SignInRefused or TokenRefused;

    /// <summary>The mailbox may be elsewhere by now: Autodiscover is asked again before long.</summary>
    internal static bool DoubtsLocation(string code) => OfTheLocation.Contains(code);

    internal static bool IsBusy(HttpStatusCode status) =>
        status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests;

    /// <summary>
    /// The code of a reply without SOAP: Exchange's own from a header, else the HTTP status.
    /// </summary>
    internal static string Of(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Unauthorized ? SignInRefused
        : response.Headers.TryGetValues("X-CasErrorCode", out var codes)
        && codes.FirstOrDefault() is { Length: > 0 and <= Bounds.CodeChars } code
        && code.All(char.IsAsciiLetterOrDigit)
            ? code
            : string.Create(CultureInfo.InvariantCulture, $"http-{(int)response.StatusCode}");

    /// <summary>Why a connection could not be encrypted; null when it is not that.</summary>
    internal static string? OfTls(Exception broken)
    {
        for (var cause = broken; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case CertificateRefusal refusal: return refusal.Code;
                case AuthenticationException: return NotEncrypted;
                default: break;
            }
        }

        return null;
    }

    /// <summary>One word for what became of a call, for metrics.</summary>
    internal static string Of<T>(Reply<T> reply) => reply switch
    {
        Reply<T>.Answer => Verdict.NoError,
        Reply<T>.Busy => "busy",
        Reply<T>.Gone => GoneCode,
        Reply<T>.Refused refused => refused.Code,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
