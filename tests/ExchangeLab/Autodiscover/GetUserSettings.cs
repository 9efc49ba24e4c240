using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Ews;

namespace HybridCalendar.ExchangeLab.Autodiscover;

/// <summary>SOAP Autodiscover: settings of several mailboxes, errors on three levels.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/getusersettings-operation-soap"/>
internal sealed class GetUserSettings(MailboxAnswers answers)
{
    private const string Namespace = "http://schemas.microsoft.com/exchange/2010/Autodiscover";
    private const string Action = Namespace + "/Autodiscover/GetUserSettings";
    private const string SettingIsNotAvailable = "SettingIsNotAvailable";
    private const string Schemas =
        "Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013, "
        + "Exchange2013_SP1";

    private static readonly XNamespace A = Namespace;
    private static readonly XNamespace S = EwsNames.Soap;
    private static readonly XNamespace I = EwsNames.Xsi;
    private static readonly XNamespace Wsa = "http://www.w3.org/2005/08/addressing";

    public XElement Answer(HttpRequest http, XElement envelope)
    {
        var action = envelope.Element(S + "Header")?.Element(Wsa + "Action")?.Value.Trim();
        var request = envelope.Element(S + "Body")?.Element(A + "GetUserSettingsRequestMessage")
            ?.Element(A + "Request");
        return action != Action ? Fault("ActionNotSupported", "The action cannot be processed.")
            : request is null ? Fault("DeserializationFailed", "The message is no GetUserSettings request.")
            : Envelope(Response(http, request));
    }

    public static XElement Fault(string code, string sentence) => new(
        S + "Envelope",
        new XElement(S + "Body", new XElement(
            S + "Fault",
            new XElement("faultcode", "a:" + code),
            new XElement("faultstring", sentence))));

    private XElement Envelope(XElement response) => new(
        S + "Envelope",
        new XAttribute(XNamespace.Xmlns + "s", S),
        new XAttribute(XNamespace.Xmlns + "a", Wsa),
        new XElement(
            S + "Header",
            new XElement(Wsa + "Action", new XAttribute(S + "mustUnderstand", "1"), Action + "Response"),
            new XElement(
                A + "ServerVersionInfo",
                answers.CasVersion.Split('.').Zip(
                    ["MajorVersion", "MinorVersion", "MajorBuildNumber", "MinorBuildNumber"],
                    (number, name) => new XElement(A + name, number.TrimStart('0').PadLeft(1, '0'))),
                new XElement(A + "Version", "Exchange2013_SP1"))),
        new XElement(S + "Body", new XElement(A + "GetUserSettingsResponseMessage", response)));

    private XElement Response(HttpRequest http, XElement request)
    {
        var addresses = request.Descendants(A + "Mailbox").Select(mailbox => mailbox.Value.Trim()).ToList();
        var wanted = request.Descendants(A + "Setting").Select(setting => setting.Value.Trim()).ToList();
        var code = answers.Settings.Error != AutodiscoverSettings.NoError ? answers.Settings.Error
            : addresses.Count == 0 || addresses.Count > answers.Settings.MostUsers || wanted.Count == 0
                ? "InvalidRequest"
                : AutodiscoverSettings.NoError;
        return new XElement(
            A + "Response",
            new XAttribute(XNamespace.Xmlns + "i", I),
            Verdict(code),
            code == AutodiscoverSettings.NoError
                ? new XElement(A + "UserResponses", addresses.Select(address => User(http, address, wanted)))
                : null);
    }

    private XElement User(HttpRequest http, string address, List<string> wanted) =>
        answers.Of(address, http) switch
        {
            MailboxAnswer.Found found => Settings(found, wanted),
            MailboxAnswer.Redirected to => User(
                to.IsUrl ? "RedirectUrl" : "RedirectAddress", new XElement(A + "RedirectTarget", to.Target)),
            MailboxAnswer.Failed(var code) => User(code, NoTarget()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private XElement Settings(MailboxAnswer.Found found, List<string> wanted)
    {
        var errors = new List<XElement>();
        var settings = new List<XElement>();
        foreach (var name in wanted)
        {
            if (answers.Settings.SettingErrors.TryGetValue(name, out var error))
            {
                errors.Add(Error(name, error));
            }
            else if (Value(found, name) is { } value)
            {
                settings.Add(new XElement(
                    A + "UserSetting",
                    new XAttribute(I + "type", "StringSetting"),
                    new XElement(A + "Name", name),
                    new XElement(A + "Value", value)));
            }
            else
            {
                errors.Add(Error(name, SettingIsNotAvailable));
            }
        }

        return User(AutodiscoverSettings.NoError, NoTarget(), errors, settings);
    }

    private string? Value(MailboxAnswer.Found found, string name) => name switch
    {
        "UserDisplayName" => found.Mailbox.Name,
        "AutoDiscoverSMTPAddress" => found.Mailbox.Address,
        "ExternalEwsUrl" or "InternalEwsUrl" => found.EwsUrl.AbsoluteUri,
        "GroupingInformation" => found.Mailbox.Site.GroupingInformation,
        "EwsSupportedSchemas" => Schemas,
        "CasVersion" => answers.CasVersion,
        _ => null,
    };

    private static XElement User(
        string code, XElement target, List<XElement>? errors = null, List<XElement>? settings = null) => new(
            A + "UserResponse",
            Verdict(code),
            target,
            new XElement(A + "UserSettingErrors", errors),
            new XElement(A + "UserSettings", settings));

    private static XElement[] Verdict(string code) =>
    [
        new(A + "ErrorCode", code),
        new(A + "ErrorMessage", code == AutodiscoverSettings.NoError ? "" : $"{code}."),
    ];

    private static XElement Error(string setting, string code) => new(
        A + "UserSettingError",
        new XElement(A + "ErrorCode", code),
        new XElement(A + "ErrorMessage", $"{code}."),
        new XElement(A + "SettingName", setting));

    private static XElement NoTarget() => new(A + "RedirectTarget", new XAttribute(I + "nil", "true"));
}
