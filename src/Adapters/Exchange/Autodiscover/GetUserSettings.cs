using System.Text;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>SOAP Autodiscover: the settings of several mailboxes at once.</summary>
/// <remarks>
/// Errors come on three levels: of the reply, of a mailbox, and of a setting, which then has no value.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/getusersettings-operation-soap"/>
internal static class GetUserSettings
{
    /// <summary>The oldest version that has all settings that are asked for.</summary>
    private const string Version = "Exchange2013";

    private const string Addressing = "http://www.w3.org/2005/08/addressing";
    private const string Action = Namespaces.Autodiscover + "/Autodiscover/GetUserSettings";
    private const string ExternalUrl = "ExternalEwsUrl";
    private const string InternalUrl = "InternalEwsUrl";
    private const string Grouping = "GroupingInformation";
    private const string Schemas = "EwsSupportedSchemas";
    private const string ServerVersion = "CasVersion";
    private const string NotAvailable = "SettingIsNotAvailable";

    private static readonly string[] Asked = [ExternalUrl, InternalUrl, Grouping, Schemas, ServerVersion];

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
    };

    internal static byte[] Write(Uri endpoint, IReadOnlyList<string> addresses)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("s", "Envelope", Namespaces.Soap);
            xml.WriteAttributeString("xmlns", "a", null, Namespaces.Autodiscover);
            xml.WriteStartElement("Header", Namespaces.Soap);
            xml.WriteElementString("RequestedServerVersion", Namespaces.Autodiscover, Version);
            xml.WriteElementString("wsa", "Action", Addressing, Action);
            xml.WriteElementString("wsa", "To", Addressing, endpoint.AbsoluteUri);
            xml.WriteEndElement();
            xml.WriteStartElement("Body", Namespaces.Soap);
            xml.WriteStartElement("GetUserSettingsRequestMessage", Namespaces.Autodiscover);
            xml.WriteStartElement("Request", Namespaces.Autodiscover);
            xml.WriteStartElement("Users", Namespaces.Autodiscover);
            foreach (var address in addresses)
            {
                xml.WriteStartElement("User", Namespaces.Autodiscover);
                xml.WriteElementString("Mailbox", Namespaces.Autodiscover, address);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteStartElement("RequestedSettings", Namespaces.Autodiscover);
            foreach (var setting in Asked)
            {
                xml.WriteElementString("Setting", Namespaces.Autodiscover, setting);
            }

            // The writer closes what is open.
        }

        return bytes.ToArray();
    }

    /// <summary>
    /// What the server says of each mailbox, in the order of the request; of a refusal of the whole the code.
    /// </summary>
    internal static Parsed<IReadOnlyList<UserAnswer>> Read(Stream reply) => SoapReply
        .Read(reply, "GetUserSettingsResponseMessage", Response)
        .Then<IReadOnlyList<UserAnswer>>(response => response.Code == Verdict.NoError
            ? new Parsed<IReadOnlyList<UserAnswer>>.Answer(response.Users)
            : new Parsed<IReadOnlyList<UserAnswer>>.Failed(new Verdict(response.Code, "")));

    private static (string Code, List<UserAnswer> Users) Response(XmlCursor xml)
    {
        var code = "";
        var users = new List<UserAnswer>();
        var inMessage = xml.Enter();
        while (xml.Next(inMessage))
        {
            if (xml.Name != "Response")
            {
                continue;
            }

            var inResponse = xml.Enter();
            while (xml.Next(inResponse))
            {
                switch (xml.Name)
                {
                    case "ErrorCode": code = SoapReply.Code(xml); break;
                    case "UserResponses": Users(xml, users); break;
                }
            }
        }

        return (code, users);
    }

    private static void Users(XmlCursor xml, List<UserAnswer> users)
    {
        var inUsers = xml.Enter();
        while (xml.Next(inUsers))
        {
            users.Add(User(xml));
        }
    }

    private static UserAnswer User(XmlCursor xml)
    {
        var (code, target) = ("", "");
        Dictionary<string, string> settings = [], errors = [];
        var inUser = xml.Enter();
        while (xml.Next(inUser))
        {
            switch (xml.Name)
            {
                case "ErrorCode": code = xml.Token(); break;
                case "RedirectTarget": target = xml.Token(); break;
                case "UserSettings": Pairs(xml, "Name", "Value", settings); break;
                case "UserSettingErrors": Pairs(xml, "SettingName", "ErrorCode", errors); break;
            }
        }

        return code switch
        {
            "NoError" when settings.Keys.Intersect([ExternalUrl, InternalUrl]).Any() => UserAnswer.Locate(
                [settings.GetValueOrDefault(ExternalUrl), settings.GetValueOrDefault(InternalUrl)],
                settings.GetValueOrDefault(Grouping),
                settings.GetValueOrDefault(ServerVersion),
                settings.GetValueOrDefault(Schemas)),
            "NoError" => UserAnswer.Refuse(Reason(errors.GetValueOrDefault(ExternalUrl) ?? NotAvailable)),
            "RedirectAddress" => UserAnswer.Readdress(target),
            "RedirectUrl" => UserAnswer.Redirect(target),
            _ => UserAnswer.Refuse(Reason(code)),
        };
    }

    /// <summary>What an error code means, on whichever level it stands.</summary>
    /// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/errorcode-soap"/>
    internal static DiscoveryRefusal Reason(string code) => code switch
    {
        "InvalidUser" or "InvalidDomain" => DiscoveryRefusal.UnknownMailbox,
        NotAvailable or "InvalidSetting" => DiscoveryRefusal.NoService,
        "ServerBusy" => DiscoveryRefusal.Busy,
        Verdict.MalformedCode or Verdict.TooLargeCode or "" => DiscoveryRefusal.Malformed,
        _ => DiscoveryRefusal.ServerFailed,
    };

    private static void Pairs(XmlCursor xml, string name, string value, Dictionary<string, string> pairs)
    {
        var inAll = xml.Enter();
        while (xml.Next(inAll))
        {
            var (key, text) = ("", "");
            var inPair = xml.Enter();
            while (xml.Next(inPair))
            {
                key = xml.Name == name ? xml.Token() : key;
                text = xml.Name == value ? xml.Token() : text;
            }

            if (Asked.Contains(key))
            {
                pairs[key] = text;
            }
        }
    }
}
