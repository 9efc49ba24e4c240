using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Reactions;
using Microsoft.AspNetCore.Http;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Every code that a server can give, and what is seen to be done about it.</summary>
public sealed class ReactionTests
{
    /// <summary>Rows that no reply carries: tests of items, of tokens and of encryption see them.</summary>
    private const string WithoutReply = """
        connection-broken token-refused token-unavailable certificate-not-trusted certificate-expired
        certificate-revoked certificate-name tls-failed
        """;

    private static readonly Dictionary<Reaction, string> Table = new()
    {
        [Reaction.BackOff] = "ErrorServerBusy http-429 http-503",
        [Reaction.Reduce] = "ErrorExceededConnectionCount",
        [Reaction.Retry] = """
            ErrorInternalServerTransientError ErrorInternalServerError ErrorTimeoutExpired ErrorADUnavailable
            ErrorADOperation ErrorConnectionFailed ErrorMailboxStoreUnavailable ErrorMailboxFailover
            ErrorTooManyObjectsOpened ErrorInsufficientResources ErrorNotEnoughMemory
            ErrorNoRespondingCASInDestinationSite ErrorProxiedSubscriptionCallFailure ErrorClientDisconnected
            ErrorExceededSubscriptionCount
            ErrorImpersonationFailed ErrorFreeBusyGenerationFailed ErrorProxyRequestProcessingFailed
            ErrorAutoDiscoverFailed soap-fault http-500 http-502 http-504 http-redirect-to-error-page
            malformed-reply reply-too-large
            """,
        [Reaction.Rediscover] = """
            ErrorNonExistentMailbox ErrorCrossSiteRequest
            ErrorProxyRequestNotAllowed http-redirect-elsewhere
            """,
        [Reaction.AwaitMove] = "ErrorMailboxMoveInProgress",
        [Reaction.SignIn] = "http-401 account-locked",
        [Reaction.Alarm] = """
            ErrorPasswordExpired ErrorImpersonationDenied http-403 http-404 http-405 http-301 http-302
            http-307 http-308 http-redirect-to-sign-in http-redirect-to-gateway server-too-old
            """,
        [Reaction.ParkMailbox] = """
            ErrorAccessDenied ErrorImpersonateUserDenied ErrorMailboxConfiguration ErrorInvalidLicense
            ErrorAccountDisabled ErrorQuotaExceeded ErrorMailRecipientNotFound ErrorNoFreeBusyAccess
            """,
        [Reaction.Mistake] = """
            ErrorInvalidExchangeImpersonationHeaderData ErrorMissingEmailAddress ErrorInvalidRequest
            ErrorSchemaValidation ErrorInvalidPropertyRequest ErrorInvalidSubscriptionRequest
            ErrorSubscriptionDelegateAccessNotSupported ErrorCalendarFolderIsInvalidForCalendarView
            ErrorInvalidTimeInterval ErrorInvalidMergedFreeBusyInterval http-400 http-413
            """,
        [Reaction.Downgrade] = """
            ErrorInvalidServerVersion ErrorIncorrectSchemaVersion ErrorInvalidSchemaVersionForMailboxVersion
            """,
        [Reaction.Gone] = """
            ErrorItemNotFound ErrorCalendarOccurrenceIsDeletedFromRecurrence
            ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange ErrorInvalidId ErrorInvalidIdMalformed
            ErrorInvalidIdNotAnItemAttachmentId
            """,
        [Reaction.Resync] = "ErrorInvalidSyncStateData",
        [Reaction.FindFolder] = "ErrorFolderNotFound ErrorSyncFolderNotFound",
        [Reaction.ParkItem] = """
            ErrorCorruptData ErrorCalendarDurationIsTooLong ErrorCalendarEndDateIsEarlierThanStartDate
            ErrorCalendarInvalidRecurrence ErrorCalendarInvalidTimeZone ErrorCalendarCannotUpdateDeletedItem
            ErrorOccurrenceCrossingBoundary ErrorOccurrenceTimeSpanTooBig ErrorRecurrenceHasNoOccurrence
            ErrorInvalidPropertySet
            """,
        [Reaction.AskForRest] = "ErrorBatchProcessingStopped",
        [Reaction.AskForLess] = """
            ErrorCalendarViewRangeTooBig ErrorExceededFindCountLimit ErrorTimeIntervalTooBig
            ErrorMailboxDataArrayTooBig ErrorResultSetTooBig
            """,
        [Reaction.Refetch] = """
            ErrorIrresolvableConflict ErrorStaleObject ErrorChangeKeyRequired
            ErrorChangeKeyRequiredForWriteOperations ErrorInvalidChangeKey
            """,
        [Reaction.Resubscribe] = """
            ErrorSubscriptionNotFound ErrorSubscriptionAccessDenied ErrorExpiredSubscription
            ErrorInvalidPullSubscriptionId ErrorInvalidWatermark ErrorMissedNotificationEvents
            ErrorReadEventsFailed ErrorInvalidSubscription
            """,
        [Reaction.Unknown] = "ErrorOfTomorrow http-418",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string, Reaction>> Rows() =>
        from pair in Table
        from code in Words(pair.Value)
        select new TheoryDataRow<string, Reaction>(code, pair.Key);

    [Fact]
    public void the_table_has_these_rows_each_once_and_those_without_a_reply() =>
        ReactionTable.Rows.Select(row => row.Code).Order(StringComparer.Ordinal).ShouldBe(
            Rows().Where(row => row.Data.Item2 != Reaction.Unknown)
                .Select(row => row.Data.Item1).Concat(Words(WithoutReply)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task a_server_gives_the_code_and_the_reaction_is_seen(string code, Reaction reaction)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", (http, _) => Give(http, code));
        var client = server.Client();

        var first = await Read(client, null);
        var again = await Read(client, "c");

        switch (reaction)
        {
            case Reaction.BackOff:
                first.ShouldBeOfType<Reply<CalendarPage>.Busy>();
                again.ShouldBeOfType<Reply<CalendarPage>.Busy>();
                server.Arrived.Count.ShouldBe(1);
                break;
            case Reaction.SignIn:
                Refused(first, code, reaction);
                Refused(again, code, reaction);
                server.Arrived.Count.ShouldBe(1);
                break;
            case Reaction.Gone or Reaction.Resync:
                first.ShouldBeOfType<Reply<CalendarPage>.Gone>();
                break;
            case Reaction.FindFolder:
                Refused(first, code, reaction);
                again.ShouldBeOfType<Reply<CalendarPage>.Gone>();
                break;
            case Reaction.Downgrade:
                Refused(first, "server-too-old", Reaction.Alarm);
                server.Dialects.ShouldStartWith("Exchange2013_SP1 Exchange2013");
                break;
            default:
                Refused(first, code, reaction);
                Refused(again, code, reaction);
                break;
        }
    }

    [Theory]
    [InlineData("ErrorImpersonateUserDenied", 1)]
    [InlineData("ErrorImpersonateUserDenied", 2)]
    [InlineData("ErrorInvalidExchangeImpersonationHeaderData", 2)]
    public async Task what_servers_say_now_and_then_without_reason_does_not_count(string code, int times)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", (http, _) => server.Arrived.Count <= times
            ? ScriptedExchange.Write(http, Xml.Fault(code), 500)
            : ScriptedExchange.Write(http, Xml.Sync("")));

        (await Read(server.Client(), "c")).ShouldBeOfType<Reply<CalendarPage>.Answer>();

        server.Arrived.Count.ShouldBe(times + 1);
    }

    [Fact]
    public async Task what_they_say_three_times_counts()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Fault("ErrorImpersonateUserDenied"), 500);
        Refused(await Read(server.Client(), "c"), "ErrorImpersonateUserDenied", Reaction.ParkMailbox);
        server.Arrived.Count.ShouldBe(1 + Bounds.SporadicRepeats);
    }

    [Theory]
    [InlineData("/EWS/genericerrorpage.htm", "http-redirect-to-error-page")]
    [InlineData("/owa/auth/errorFE.aspx?httpCode=500", "http-redirect-to-error-page")]
    [InlineData("/owa/auth/logon.aspx?url=x", "http-redirect-to-sign-in")]
    [InlineData("https://sts.example.org/adfs/ls/", "http-redirect-to-sign-in")]
    [InlineData("/internalsite/x", "http-redirect-to-gateway")]
    [InlineData("https://mail2.example.org/EWS/Exchange.asmx", "http-redirect-elsewhere")]
    [InlineData("/elsewhere", "http-307")]
    public async Task where_a_redirect_leads_says_what_it_means(string location, string code)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", (http, _) => Redirect(http, location, 307));
        (await Read(server.Client(), "c")).ShouldBeOfType<Reply<CalendarPage>.Refused>().Code.ShouldBe(code);
        server.Arrived.Count.ShouldBe(1);
    }

    private static string[] Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static Task Give(HttpContext http, string code)
    {
        switch (code)
        {
            case "malformed-reply":
                return ScriptedExchange.Write(http, "<html><br></html>");
            case "reply-too-large":
                return ScriptedExchange.Write(http, new string(' ', Bounds.ReplyBytes + 1));
            case "soap-fault":
                return ScriptedExchange.Write(http, Xml.Fault("Server", detail: false), 500);
            case "account-locked":
                return ScriptedExchange.Write(http, "<p>The account is currently locked out.</p>", 403);
            case "server-too-old":
                return ScriptedExchange.Write(http, Xml.Fault("ErrorInvalidServerVersion"), 500);
            case "http-redirect-to-error-page":
                return Redirect(http, "/ews/genericerrorpage.htm", 302);
            case "http-redirect-to-sign-in":
                return Redirect(http, "/owa/auth/logon.aspx", 302);
            case "http-redirect-to-gateway":
                return Redirect(http, "/internalsite/?x", 301);
            case "http-redirect-elsewhere":
                return Redirect(http, "https://mail2.example.org/EWS/Exchange.asmx", 302);
        }

        return code.StartsWith("http-", StringComparison.Ordinal)
            ? ScriptedExchange.Write(http, "<html><br></html>", int.Parse(code[5..], null))
            : ScriptedExchange.Write(http, Xml.Error("SyncFolderItems", code));
    }

    private static Task Redirect(HttpContext http, string location, int status)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    private static void Refused(Reply<CalendarPage> reply, string code, Reaction reaction)
    {
        var refused = reply.ShouldBeOfType<Reply<CalendarPage>.Refused>();
        refused.Code.ShouldBe(code);
        refused.Reaction.ShouldBe(reaction);
    }

    private static Task<Reply<CalendarPage>> Read(EwsCalendars client, string? cursor) =>
        client.ReadChanges(ScriptedExchange.Mailbox("an"), cursor, [], Cancellation);
}
