using System.Text;
using System.Xml;

namespace HybridCalendar.Adapters.Exchange.Soap;

/// <summary>Writes requests.</summary>
internal static class SoapRequest
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false,
    };

    /// <summary>An envelope around what <paramref name="body"/> writes, in UTF-8.</summary>
    /// <param name="impersonated">
    /// SMTP address of the mailbox in whose name to act; null for the account itself.
    /// </param>
    internal static byte[] Write(string? impersonated, Dialect dialect, Action<XmlWriter> body)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("s", "Envelope", Namespaces.Soap);
            xml.WriteAttributeString("xmlns", "m", null, Namespaces.Messages);
            xml.WriteAttributeString("xmlns", "t", null, Namespaces.Types);
            xml.WriteStartElement("Header", Namespaces.Soap);
            xml.Type("RequestServerVersion", () => xml.WriteAttributeString("Version", dialect.ToString()));
            if (impersonated is not null)
            {
                xml.Type("ExchangeImpersonation", () =>
                    xml.Type("ConnectingSID", () => xml.Type("PrimarySmtpAddress", impersonated)));
            }

            xml.WriteEndElement();
            xml.WriteStartElement("Body", Namespaces.Soap);
            body(xml);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    /// <summary>Writes an element of the namespace messages.</summary>
    internal static void Message(this XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name, Namespaces.Messages);
        content();
        xml.WriteEndElement();
    }

    internal static void Message(this XmlWriter xml, string name, string text) =>
        xml.WriteElementString(name, Namespaces.Messages, text);

    /// <summary>Writes an element of the namespace types.</summary>
    internal static void Type(this XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name, Namespaces.Types);
        content();
        xml.WriteEndElement();
    }

    internal static void Type(this XmlWriter xml, string name, string text) =>
        xml.WriteElementString(name, Namespaces.Types, text);

    /// <summary>Writes the mailbox's own calendar as the folder that is meant.</summary>
    internal static void CalendarFolder(this XmlWriter xml) =>
        xml.Type("DistinguishedFolderId", () => xml.WriteAttributeString("Id", "calendar"));
}
