using System.Globalization;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Writes replies as a server does.</summary>
internal static class Xml
{
    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Base = "http://schemas.microsoft.com/exchange/services/2006";

    internal static string Envelope(string body) =>
        $"<s:Envelope xmlns:s=\"{Soap}\" xmlns:m=\"{Base}/messages\" xmlns:t=\"{Base}/types\">"
        + $"<s:Body>{body}</s:Body></s:Envelope>";

    /// <summary>A reply in which the server says what it is, e.g. 15.1.2507.6.</summary>
    internal static string Says(string version, string reply, string prefix = "h")
    {
        var numbers = version.Split('.');
        var (name, xmlns) = prefix.Length > 0 ? ($"{prefix}:", $"xmlns:{prefix}") : ("", "xmlns");
        return reply.Replace("<s:Body>",
            $"<s:Header><{name}ServerVersionInfo MajorVersion=\"{numbers[0]}\" MinorVersion=\"{numbers[1]}\" "
            + $"MajorBuildNumber=\"{numbers[2]}\" MinorBuildNumber=\"{numbers[3]}\" {xmlns}=\"{Base}/types\"/>"
            + "</s:Header><s:Body>", StringComparison.Ordinal);
    }

    internal static string Answer(string operation, string messages) =>
        Envelope(
            $"<m:{operation}Response><m:ResponseMessages>{messages}</m:ResponseMessages>"
            + $"</m:{operation}Response>");

    internal static string Success(string operation, string content) =>
        Answer(operation, Message(operation, content));

    internal static string Message(string operation, string content) =>
        $"<m:{operation}ResponseMessage ResponseClass=\"Success\">"
        + $"<m:ResponseCode>NoError</m:ResponseCode>{content}"
        + $"</m:{operation}ResponseMessage>";

    internal static string ErrorMessage(
        string operation, string code, params (string Name, string Value)[] values) =>
        $"<m:{operation}ResponseMessage ResponseClass=\"Error\"><m:MessageText>Words.</m:MessageText>"
        + $"<m:ResponseCode>{code}</m:ResponseCode><m:MessageXml>"
        + string.Concat(values.Select(value => $"<t:Value Name=\"{value.Name}\">{value.Value}</t:Value>"))
        + $"</m:MessageXml></m:{operation}ResponseMessage>";

    internal static string Error(
        string operation, string code, params (string Name, string Value)[] values) =>
        Answer(operation, ErrorMessage(operation, code, values));

    internal static string Fault(string code, int? backOffMilliseconds = null, bool detail = true)
    {
        var value = backOffMilliseconds is { } wait
            ? string.Create(
            CultureInfo.InvariantCulture, $"<t:Value Name=\"BackOffMilliseconds\">{wait}</t:Value>")
            : "";
        var details = $"<detail><e:ResponseCode xmlns:e=\"{Base}/errors\">{code}</e:ResponseCode>"
            + $"<t:MessageXml>{value}</t:MessageXml></detail>";
        return Envelope(
            $"<s:Fault><faultcode xmlns:a=\"{Base}/types\">a:{code}</faultcode>"
            + $"<faultstring>Words.</faultstring>"
            + $"{(detail ? details : "")}</s:Fault>");
    }

    /// <summary>A reply to GetItem with one calendar item an argument.</summary>
    internal static string Items(params string[] contents) =>
        Answer("GetItem", string.Concat(contents.Select(Item)));

    internal static string Item(string content) =>
        Message("GetItem", $"<m:Items><t:CalendarItem>{content}</t:CalendarItem></m:Items>");

    internal static string Sync(string changes, string cursor = "cursor", bool isLast = true) => Success(
        "SyncFolderItems",
        $"<m:SyncState>{cursor}</m:SyncState><m:IncludesLastItemInRange>{(isLast ? "true" : "false")}"
        + $"</m:IncludesLastItemInRange><m:Changes>{changes}</m:Changes>");

    internal static string Created(params string[] ids) => string.Concat(
        ids.Select(id => $"<t:Create><t:CalendarItem><t:ItemId Id=\"{id}\"/></t:CalendarItem></t:Create>"));

    internal static string Replies(string state) => Envelope(
        "<m:GetUserOofSettingsResponse><m:ResponseMessage ResponseClass=\"Success\"><m:ResponseCode>NoError"
        + $"</m:ResponseCode></m:ResponseMessage><t:OofSettings><t:OofState>{state}</t:OofState><t:Duration>"
        + "<t:StartTime>2026-01-01T08:00:00</t:StartTime><t:EndTime>2026-01-02T08:00:00+01:00</t:EndTime>"
        + "</t:Duration></t:OofSettings></m:GetUserOofSettingsResponse>");

    internal static string Status(string status) =>
        Success("GetStreamingEvents", $"<m:ConnectionStatus>{status}</m:ConnectionStatus>");

    internal static string Event(string subscription, string name) => Success(
        "GetStreamingEvents",
        $"<m:Notifications><m:Notification><t:SubscriptionId>{subscription}</t:SubscriptionId><t:{name}/>"
        + "</m:Notification></m:Notifications>");

    internal static string Lost(string code, params string[] subscriptions) => Answer(
        "GetStreamingEvents",
        "<m:GetStreamingEventsResponseMessage ResponseClass=\"Error\">"
        + $"<m:ResponseCode>{code}</m:ResponseCode><m:ErrorSubscriptionIds>"
        + string.Concat(subscriptions.Select(id => $"<m:SubscriptionId>{id}</m:SubscriptionId>"))
        + "</m:ErrorSubscriptionIds></m:GetStreamingEventsResponseMessage>");
}
