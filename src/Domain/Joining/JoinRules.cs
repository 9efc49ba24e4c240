namespace HybridCalendar.Domain.Joining;

/// <summary>
/// Every rule by which a way to join is told from other addresses. The first that matches names it.
/// </summary>
internal static class JoinRules
{
    private static readonly string[] Webex =
        ["*.webex.com", "*.webex.com.cn", "*.webexgov.us"];

    private static readonly string[] Teams =
    [
        "teams.microsoft.com", "teams.cloud.microsoft", "teams.live.com", "teams.microsoft.us",
        "gov.teams.microsoft.com", "gov.teams.microsoft.us", "dod.teams.microsoft.us",
        "teams.microsoftonline.cn",
    ];

    private static readonly string[] Zoom =
    [
        "zoom.us", "*.zoom.us", "zoom.com", "*.zoom.com", "zoomgov.com", "*.zoomgov.com",
        "zoom.com.cn", "*.zoom.com.cn", "zoom-x.de", "*.zoom-x.de",
    ];

    /// <summary>Web links.</summary>
    public static IReadOnlyList<LinkRule> Links { get; } =
    [
        new("webex-mtid", "webex", Leads.ToMeeting, Webex, ["**/j.php", "*/onstage/g.php"])
        {
            Needs = "MTID",
        },
        new("webex-meeting", "webex", Leads.ToMeeting, Webex,
        [
            "wbxmjs/joinservice/sites/*/meeting/**", "webappng/sites/*/meeting/info/*",
            "webappng/sites/*/meeting/download/*", "*/m/*", "m/*",
        ]),
        new("webex-room", "webex", Leads.ToRoom, Webex,
            ["meet/*", "join/*", "*/meet/*", "*/join/*", "webappng/sites/*/dashboard/pmr/*"]),

        // The attendee's link of a live event has the same shape and is for watching, not for joining.
        new("teams-meetup", "teams", Leads.ToMeeting, Teams, ["l/meetup-join/*/**"])
        {
            Refuses = "\"IsBroadcastMeeting\":true",
        },
        new("teams-meet", "teams", Leads.ToMeeting, Teams, ["meet/#"]) { Passcode = "p" },
        new("zoom-meeting", "zoom", Leads.ToMeeting, Zoom,
            ["j/#", "w/#", "s/#", "wc/join/#", "wc/#/join", "wc/#/start"]) { Passcode = "pwd" },
        new("zoom-room", "zoom", Leads.ToRoom, Zoom, ["my/*"]) { Passcode = "pwd" },
        new("google-meet-code", "google-meet", Leads.ToMeeting, ["meet.google.com"],
            ["xxx-xxxx-xxx", "_meet/xxx-xxxx-xxx"]),
        new("google-meet-lookup", "google-meet", Leads.ToMeeting, ["meet.google.com"], ["lookup/*"]),
    ];

    /// <summary>Whose SIP addresses end in which host; the others' provider is "sip".</summary>
    public static IReadOnlyList<(string Host, string Provider)> SipHosts { get; } =
    [
        ("webex.com", "webex"), ("webex.com.cn", "webex"), ("webexgov.us", "webex"),
        ("zoomcrc.com", "zoom"), ("zoomgovcrc.com", "zoom"), ("zmus.us", "zoom"),
    ];

    /// <summary>
    /// Mail services whose users have numbers for names: all digits make no video address there.
    /// </summary>
    public static IReadOnlySet<string> MailHosts { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "qq.com", "163.com", "126.com", "139.com", "189.cn", "wo.cn",
        };
}
