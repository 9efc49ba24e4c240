using System.Globalization;
using System.Security.Authentication;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Reactions;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>Questions about codes, answered from <see cref="ReactionTable"/>.</summary>
internal static class Codes
{
    /// <summary>Account or password were not taken.</summary>
    internal const string SignInRefused = "http-401";

    /// <summary>The directory has locked the account.</summary>
    internal const string AccountLocked = "account-locked";

    /// <summary>Whoever issues tokens knows the application or its proof not, or no more.</summary>
    internal const string TokenRefused = "token-refused";

    /// <summary>Whoever issues tokens cannot be asked for now.</summary>
    internal const string TokenUnavailable = "token-unavailable";

    internal const string CertificateNotTrusted = "certificate-not-trusted";
    internal const string CertificateExpired = "certificate-expired";
    internal const string CertificateRevoked = "certificate-revoked";

    /// <summary>The certificate is another server's.</summary>
    internal const string CertificateName = "certificate-name";

    /// <summary>No encryption could be agreed on: the server does not offer TLS 1.2 or newer, say.</summary>
    internal const string NotEncrypted = "tls-failed";

    /// <summary>No dialect is left in which the request can be made.</summary>
    internal const string ServerTooOld = "server-too-old";

    /// <summary>The mailbox is on an older server than the one that was asked.</summary>
    internal const string MailboxOnOlderServer = "ErrorInvalidSchemaVersionForMailboxVersion";

    /// <summary>More calls or streams at the same time than the server allows.</summary>
    internal const string TooManyConnections = "ErrorExceededConnectionCount";

    /// <summary>The occurrence was taken out of its series.</summary>
    internal const string OccurrenceDeleted = "ErrorCalendarOccurrenceIsDeletedFromRecurrence";

    /// <summary>There is no such item, or none that may be seen.</summary>
    internal const string ItemNotFound = "ErrorItemNotFound";

    /// <summary>The connection broke, or took too long: there is no reply at all.</summary>
    internal const string Broken = "connection-broken";

    /// <summary>The rest of a batch was not looked at.</summary>
    internal const string BatchStopped = "ErrorBatchProcessingStopped";

    private const string GoneCode = "gone";
    private const string OfHttp = "http-";

    internal static Reaction ReactionTo(string code) => ReactionTable.Of(code).Reaction;

    internal static StreamEffect OnStream(string code) => ReactionTable.Of(code).OnStream;

    /// <summary>What was asked about is no more, be it an item or a cursor.</summary>
    internal static bool IsGone(string code) => ReactionTo(code) is Reaction.Gone or Reaction.Resync;

    /// <summary>
    /// Said of items that are no more, and of items that may not be seen: of many at once it is the latter.
    /// </summary>
    internal static bool IsPerhapsForbidden(string code) => ReactionTable.Of(code).MayBeForbidden;

    /// <summary>Said now and then without reason: to be believed when it is said again.</summary>
    internal static bool IsSporadic(string code) => ReactionTable.Of(code).IsSporadic;

    /// <summary>The folder is no more, or may not be seen.</summary>
    internal static bool IsWithoutFolder(string code) => ReactionTo(code) == Reaction.FindFolder;

    /// <summary>
    /// The trouble is the server's or the mailbox's: it says nothing about the item that was asked for.
    /// </summary>
    internal static bool IsOfTheServer(string code) => ReactionTable.Of(code).Blame == Blame.Server;

    /// <summary>
    /// The trouble may be the server's, or may come of the item that was asked for: asking for others tells.
    /// </summary>
    internal static bool IsPerhapsOfTheItem(string code) => ReactionTable.Of(code).Blame == Blame.Either;

    /// <summary>Whoever answered, it was not Exchange: it says nothing of one mailbox of many.</summary>
    internal static bool IsOfTheConnection(string code) =>
        code.StartsWith(OfHttp, StringComparison.Ordinal) && code != "http-403"
        || ReactionTable.Of(code).IsOfTheConnection;

    /// <summary>The account was not taken: another one may be.</summary>
    internal static bool IsOfTheAccount(string code) => ReactionTo(code) == Reaction.SignIn;

    /// <summary>The mailbox may be elsewhere by now: Autodiscover is asked again before long.</summary>
    internal static bool DoubtsLocation(string code) =>
        ReactionTable.Of(code) is { Reaction: Reaction.Rediscover }
            or { OnStream: StreamEffect.ResubscribeElsewhere or StreamEffect.Rest }
        || code is Broken or "ErrorConnectionFailed" or "http-301" or "http-302" or "http-307" or "http-308"
            or "http-404";

    /// <summary>
    /// The code of a reply without SOAP: Exchange's own from a header, else where it leads, else the status.
    /// </summary>
    internal static string Of(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return status == 401 ? SignInRefused
            : FromHeader(response) is { } code ? code
            : status is 301 or 302 or 307 or 308 && Redirect(response) is { } target ? target
            : string.Create(CultureInfo.InvariantCulture, $"{OfHttp}{status}");
    }

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

    private static string? FromHeader(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-CasErrorCode", out var codes)
        && codes.FirstOrDefault() is { Length: > 0 and <= Bounds.CodeChars } code
        && code.All(char.IsAsciiLetterOrDigit)
            ? code
            : null;

    // Null for a place of the same server that means nothing to us.
    private static string? Redirect(HttpResponseMessage response)
    {
        var asked = response.RequestMessage?.RequestUri;
        if (asked is null || response.Headers.Location is not { } location
            || !Uri.TryCreate(asked, location, out var target))
        {
            return null;
        }

        bool Leads(string part) =>
            target.AbsolutePath.Contains(part, StringComparison.OrdinalIgnoreCase);

        return Leads("/genericerrorpage") || Leads("/auth/error") ? "http-redirect-to-error-page"
            : Leads("/internalsite/") ? "http-redirect-to-gateway"
            : Leads("/auth/logon") || Leads("/login") || Leads("/adfs/") ? "http-redirect-to-sign-in"
            : !target.Host.Equals(asked.Host, StringComparison.OrdinalIgnoreCase) ? "http-redirect-elsewhere"
            : null;
    }
}
