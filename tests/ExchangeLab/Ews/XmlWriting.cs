using System.Globalization;
using System.Xml;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>Short names for writing elements of the two EWS namespaces.</summary>
internal static class XmlWriting
{
    private static readonly InstantPattern WirePattern =
        InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'Z'");

    public static void StartM(this XmlWriter xml, string name) =>
        xml.WriteStartElement("m", name, EwsNames.Messages);

    public static void StartT(this XmlWriter xml, string name) =>
        xml.WriteStartElement("t", name, EwsNames.Types);

    /// <summary>Opens an element that servers write in another namespace than the schema says.</summary>
    public static void StartIn(this XmlWriter xml, bool types, string name)
    {
        if (types)
        {
            xml.StartT(name);
        }
        else
        {
            xml.StartM(name);
        }
    }

    public static void M(this XmlWriter xml, string name, string value) =>
        xml.WriteElementString("m", name, EwsNames.Messages, value);

    public static void T(this XmlWriter xml, string name, string value) =>
        xml.WriteElementString("t", name, EwsNames.Types, value);

    public static void T(this XmlWriter xml, string name, int value) =>
        xml.T(name, value.ToString(CultureInfo.InvariantCulture));

    public static void T(this XmlWriter xml, string name, bool value) =>
        xml.T(name, value ? "true" : "false");

    public static void T(this XmlWriter xml, string name, Instant value) => xml.T(name, Wire(value));

    /// <summary>An id element with or without a change key.</summary>
    public static void Id(this XmlWriter xml, string name, string id, string? changeKey = null)
    {
        xml.StartT(name);
        xml.WriteAttributeString("Id", id);
        if (changeKey is not null)
        {
            xml.WriteAttributeString("ChangeKey", changeKey);
        }

        xml.WriteEndElement();
    }

    /// <summary>An instant as real servers write it: UTC, whole seconds, Z.</summary>
    public static string Wire(Instant value) => WirePattern.Format(value);

    /// <summary>A span as xs:duration.</summary>
    public static string Wire(Duration value) => XmlConvert.ToString(value.ToTimeSpan());
}
