using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Versions;

namespace HybridCalendar.Adapters.Exchange.Soap;

/// <summary>Reads the header of a reply; what follows the header is not looked at.</summary>
internal static class SoapHeader
{
    /// <summary>What the server says it is (ServerVersionInfo); null when it does not.</summary>
    internal static ServerVersion? Version(Stream reply)
    {
        try
        {
            using var xml = XmlCursor.Over(reply);
            var inDocument = xml.Enter();
            return xml.Next(inDocument) && xml.SoapName == "Envelope" ? InEnvelope(xml) : null;
        }
        catch (XmlException)
        {
            // Whoever reads the body says so.
            return null;
        }
    }

    private static ServerVersion? InEnvelope(XmlCursor xml)
    {
        var inEnvelope = xml.Enter();
        while (xml.Next(inEnvelope) && xml.SoapName != "Body")
        {
            var inHeader = xml.Enter();
            while (xml.Next(inHeader))
            {
                if (xml.Name == "ServerVersionInfo")
                {
                    return Numbers(xml);
                }
            }
        }

        return null;
    }

    // All of its attributes are optional by the schema; without the first two it says nothing.
    private static ServerVersion? Numbers(XmlCursor xml) =>
        (Number(xml, "MajorVersion"), Number(xml, "MinorVersion")) is ({ } major, { } minor)
            ? new ServerVersion(
                major, minor, Number(xml, "MajorBuildNumber") ?? 0, Number(xml, "MinorBuildNumber") ?? 0)
            : null;

    private static int? Number(XmlCursor xml, string name) =>
        int.TryParse(xml.Attribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
