namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>Replies of Autodiscover, as Microsoft's documentation shows them.</summary>
internal static class Replies
{
    internal const string Url = "https://mail.lab.example/EWS/Exchange.asmx";
    internal const string NoTarget = "<RedirectTarget i:nil='true'/>";

    private const string Namespace = "http://schemas.microsoft.com/exchange/2010/Autodiscover";
    private const string Schemas = "http://schemas.microsoft.com/exchange/autodiscover/";

    internal static string Soap(params string[] users) => SoapError("NoError", users);

    internal static string SoapError(string code, params string[] users) => $"""
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
        <GetUserSettingsResponseMessage xmlns="{Namespace}">
        <Response xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
        <ErrorCode>{code}</ErrorCode><ErrorMessage/><UserResponses>{string.Concat(users)}</UserResponses>
        </Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>
        """;

    internal static string Located(string url = Url, string grouping = "one") =>
        User("NoError", settings: Setting("ExternalEwsUrl", url) + Setting("GroupingInformation", grouping));

    internal static string Setting(string name, string value) =>
        $"<UserSetting i:type='StringSetting'><Name>{name}</Name><Value>{value}</Value></UserSetting>";

    internal static string SettingError(string name, string code) =>
        $"<UserSettingError><ErrorCode>{code}</ErrorCode><SettingName>{name}</SettingName>"
        + "</UserSettingError>";

    internal static string User(
        string code, string target = NoTarget, string errors = "", string settings = "") =>
        $"<UserResponse><ErrorCode>{code}</ErrorCode><ErrorMessage/>{target}"
        + $"<UserSettingErrors>{errors}</UserSettingErrors><UserSettings>{settings}</UserSettings>"
        + "</UserResponse>";

    internal static string ToUrl(string url) => User("RedirectUrl", Target(url));

    internal static string ToAddress(string address) => User("RedirectAddress", Target(address));

    internal static string PlainXml(string account) =>
        $"<Autodiscover xmlns='{Schemas}responseschema/2006'>"
        + $"<Response xmlns='{Schemas}outlook/responseschema/2006a'><Account>{account}</Account></Response>"
        + "</Autodiscover>";

    internal static string PlainXmlError(string code) =>
        $"<Autodiscover xmlns='{Schemas}responseschema/2006'><Response>"
        + $"<Error Time='10:00:00' Id='1'><ErrorCode>{code}</ErrorCode><Message/></Error></Response>"
        + "</Autodiscover>";

    internal static string Protocol(string type, string url, string grouping = "") =>
        $"<Protocol><Type>{type}</Type><EwsUrl>{url}</EwsUrl>"
        + $"<GroupingInformation>{grouping}</GroupingInformation></Protocol>";

    private static string Target(string target) => $"<RedirectTarget>{target}</RedirectTarget>";
}
