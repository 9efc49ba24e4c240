using System.Text;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>POX ("plain old XML") Autodiscover: the settings of one mailbox.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/pox-autodiscover-web-service-reference-for-exchange"/>
internal static class PlainXml
{
    private const string RequestSchema =
        "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
    };

    /// <summary>Those for use from outside go before those for use from inside.</summary>
    private static readonly string[] Types = ["EXPR", "EXHTTP", "EXCH"];

    internal static byte[] Write(string address)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("Autodiscover", RequestSchema);
            xml.WriteStartElement("Request", RequestSchema);
            xml.WriteElementString("EMailAddress", RequestSchema, address);
            xml.WriteElementString("AcceptableResponseSchema", RequestSchema, Namespaces.PoxResponse);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    internal static Parsed<UserAnswer> Read(Stream reply)
    {
        try
        {
            using var xml = XmlCursor.Over(reply);
            UserAnswer? answer = null;
            Each(xml, "Autodiscover", () => Each(xml, "Response", () => answer ??= Response(xml)));
            return answer is null
                ? SoapReply.Malformed<UserAnswer>("no response to this request in it")
                : new Parsed<UserAnswer>.Answer(answer);
        }
        catch (XmlException wrong)
        {
            // Its message may quote the reply.
            return SoapReply.Malformed<UserAnswer>($"not well-formed at line {wrong.LineNumber}");
        }
    }

    private static UserAnswer? Response(XmlCursor xml)
    {
        UserAnswer? answer = null;
        var inResponse = xml.Enter();
        while (xml.Next(inResponse))
        {
            answer ??= xml.Name switch
            {
                "Account" => Account(xml),
                "Error" => Error(xml),
                _ => null,
            };
        }

        return answer;
    }

    private static UserAnswer Account(XmlCursor xml)
    {
        var (action, address, url) = ("", "", "");
        var protocols = new List<Protocol>();
        var inAccount = xml.Enter();
        while (xml.Next(inAccount))
        {
            switch (xml.Name)
            {
                case "Action": action = xml.Token(); break;
                case "RedirectAddr": address = xml.Token(); break;
                case "RedirectUrl": url = xml.Token(); break;
                case "Protocol": protocols.Add(ReadProtocol(xml)); break;
            }
        }

        var inOrder = Types.SelectMany(type => protocols.Where(protocol => protocol.Type == type)).ToList();
        return action switch
        {
            "redirectAddr" => UserAnswer.Readdress(address),
            "redirectUrl" => UserAnswer.Redirect(url),
            _ => UserAnswer.Locate(
                inOrder.Select(protocol => protocol.Url),
                inOrder.Select(protocol => protocol.Grouping).FirstOrDefault(word => word.Length > 0)),
        };
    }

    private static Protocol ReadProtocol(XmlCursor xml)
    {
        var protocol = new Protocol(xml.Attribute("Type") ?? "", "", "");
        var inProtocol = xml.Enter();
        while (xml.Next(inProtocol))
        {
            protocol = xml.Name switch
            {
                "Type" => protocol with { Type = xml.Token() },
                "EwsUrl" => protocol with { Url = xml.Token() },
                // Exchange 2007 has no other.
                "ASUrl" when protocol.Url.Length == 0 => protocol with { Url = xml.Token() },
                "GroupingInformation" => protocol with { Grouping = xml.Token() },
                _ => protocol,
            };
        }

        return protocol;
    }

    // 500: no such mailbox; 600 and 601: not for this kind of request; all else is the server's trouble.
    private static UserAnswer? Error(XmlCursor xml)
    {
        var code = "";
        Each(xml, "ErrorCode", () => code = xml.Token());
        return code switch
        {
            "500" => UserAnswer.Refuse(DiscoveryRefusal.UnknownMailbox),
            "600" or "601" => null,
            _ => UserAnswer.Refuse(DiscoveryRefusal.ServerFailed),
        };
    }

    private static void Each(XmlCursor xml, string name, Action read)
    {
        var inParent = xml.Enter();
        while (xml.Next(inParent))
        {
            if (xml.Name == name)
            {
                read();
            }
        }
    }

    private sealed record Protocol(string Type, string Url, string Grouping);
}
