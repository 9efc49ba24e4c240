namespace HybridCalendar.EndToEnd.Service;

/// <summary>One thing that the lab can do wrong, or in another way than before.</summary>
/// <param name="Name">What the test is called by.</param>
/// <param name="Begin">What is asked of the lab's control API before its people change things.</param>
/// <param name="End">The same when they have; the lab's faults are taken back in any case.</param>
internal sealed record LabFault(string Name, IReadOnlyList<LabWish> Begin, params LabWish[] End)
{
    private const string Statistics = "/lab/statistics";

    private static readonly string[] ShortBusy = ["fault", "response", "inner", "http503", "http429"];

    private static readonly string[] WireKinds =
    [
        "badRequest", "forbidden", "errorPage", "loginPage", "notFound", "methodNotAllowed", "tooLarge",
        "tooManyRequests", "serverError", "badGateway", "unavailable", "gatewayTimeout", "reset",
        "resetInBody", "truncated",
    ];

    private static readonly string[] Codes =
    [
        "ErrorImpersonateUserDenied", "ErrorInternalServerError", "ErrorMailboxMoveInProgress",
        "ErrorMailboxStoreUnavailable", "ErrorInvalidServerVersion", "ErrorAccessDenied",
    ];

    private static readonly string[] StreamCodes =
    [
        "ErrorSubscriptionNotFound", "ErrorReadEventsFailed", "ErrorProxyRequestNotAllowed",
        "ErrorInvalidSubscription", "ErrorMailboxMoveInProgress", "ErrorMailboxStoreUnavailable",
        "ErrorInvalidWatermark", "ErrorMissedNotificationEvents", "ErrorSubscriptionAccessDenied",
        "ErrorExceededConnectionCount", "ErrorExceededSubscriptionCount",
    ];

    /// <summary>What shows that the service has met the fault, and how often it has to.</summary>
    public Witness Met { get; private init; } = new(Statistics, "requests", 15);

    /// <summary>Everything that the lab's README knows.</summary>
    public static IReadOnlyList<LabFault> All { get; } =
    [
        Of("notifications are lost", new { dropNotifications = 1.0 }),
        Of("notifications come twice", new { doubleNotifications = 1.0 }),
        Of("notifications come late", new { delayNotificationsMilliseconds = 700 }),
        .. ShortBusy.Select(carrier => Of(
            $"busy by {carrier}", new { busy = 0.3, busyBackOffMilliseconds = 200, busyCarrier = carrier })
            with { Met = new Witness(Statistics, "busyAnswers", 2) }),
        Of("items are malformed", new { malformedItems = 0.2 }),
        Of("items are poison", new { poisonItems = 0.2 }),
        // What was told wrongly of items that do not change is told once more when cursors are gone.
        Of("items are gone", new { goneItems = 0.2 }, Post("/lab/sync-states/expire")),
        Of(
            "texts hold illegal characters",
            new { illegalCharacters = true },
            Post("/lab/sync-states/expire")),
        Of("pages are short", new { shortPages = 0.5 }),
        Of("three mailboxes fail", new
        {
            failingMailboxes =
                new[] { "anna.brandt@lab.example", "maya.patel@lab.example", "tessa.vos@lab.example" },
        }),
        .. WireKinds.Select(kind => Wire(
            $"{kind}", new { kind, share = 0.3, retryAfter = "seconds", retryAfterSeconds = 1 })),
        Wire("a late answer", new { kind = "delay", share = 0.3, milliseconds = 400 }),
        Wire("a redirect", new { kind = "redirect", share = 0.3, location = "https://elsewhere.example/" }),
        .. Codes.Select(code => Wire($"fault {code}", new { kind = "fault", share = 0.3, code })),
        .. Codes.Select(code => Wire($"error {code}", new { kind = "error", share = 0.3, code })),
        .. new[] { "2013", "2016", "SE", "2019" }.Select(version =>
            new LabFault($"release {version}", [Put("/lab/server", new { version })])),
        .. new[] { "none", "random" }.Select(prefixes => Written($"prefixes {prefixes}", new { prefixes })),
        .. new[] { "bare", "offset" }
            .Select(dates => Written($"dates {dates}", new { recurrenceDates = dates })),
        Written("another style", new
        {
            declaration = false, streamDeclaration = true, streamPrefix = true, notificationInTypes = true,
            errorSubscriptionIdsInTypes = true, messageXmlSwapped = true,
        }),
        .. new[] { "bytes", "random", "together" }
            .Select(chunking => Streamed($"{chunking}", new { chunking })),
        Streamed("silent", new { silent = true }),
        Streamed("mixed", new { mixed = true }, Post("/lab/subscriptions/fail", Failing(StreamCodes[0]))),
        Streamed(
            "nameless", new { namesBad = false }, Post("/lab/subscriptions/fail", Failing(StreamCodes[0]))),
        .. StreamCodes.Select(code =>
            new LabFault($"stream says {code}", [Post("/lab/subscriptions/fail", Failing(code))])),
        .. new[] { "cut", "close", "end" }.Select(end =>
            new LabFault($"streams {end}", [Post($"/lab/streams/{end}")])),
        new("subscriptions are forgotten", [Post("/lab/subscriptions/forget")]),
        new("sync states expire", [Post("/lab/sync-states/expire")]),
        new(
            "back ends fail over",
            [Post("/lab/back-ends/1/fail-over"), Post("/lab/back-ends/2/fail-over")]),
        new("a back end dies", [Post("/lab/back-ends/1/die")], Post("/lab/back-ends/1/revive")),
        new("a mailbox moves",
            [Post("/lab/mailboxes/anna.brandt@lab.example/move/start")],
            Post("/lab/mailboxes/anna.brandt@lab.example/move/finish", new { backEnd = 2 })),
        Of("the account is refused", new { refuseLogon = true })
            with { Met = new Witness("/lab/sign-ins", "refused", 1) },
    ];

    private static LabFault Of(string name, object faults, params LabWish[] end) =>
        new(name, [Put("/lab/faults", faults)], end);

    private static LabFault Wire(string name, object fault) =>
        Of($"wire: {name}", new { wire = new[] { fault } })
            with { Met = new Witness(Statistics, "faults", 2) };

    private static LabFault Written(string name, object style) =>
        new(name, [Put("/lab/wire", style)], Put("/lab/wire", new { }));

    private static LabFault Streamed(string name, object manners, params LabWish[] more) =>
        new($"streams are {name}", [Put("/lab/streams", manners), .. more], Put("/lab/streams", new { }));

    private static object Failing(string code) => new { code };

    private static LabWish Put(string path, object body) => new(HttpMethod.Put, path, body);

    private static LabWish Post(string path, object? body = null) => new(HttpMethod.Post, path, body);

    public override string ToString() => Name;
}

/// <summary>A request to the lab's control API.</summary>
internal sealed record LabWish(HttpMethod Method, string Path, object? Body);

/// <summary>A count that the lab keeps: a number, or several that are summed.</summary>
/// <param name="More">By how much it has grown when it has seen enough.</param>
internal sealed record Witness(string Path, string Member, int More);
