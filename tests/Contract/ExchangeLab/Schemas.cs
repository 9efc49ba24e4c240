using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>The official EWS schemas as a judge of replies.</summary>
internal static class Schemas
{
    private const string XmlNamespace = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
            targetNamespace="http://www.w3.org/XML/1998/namespace">
          <xs:attribute name="lang" type="xs:language"/>
        </xs:schema>
        """;

    private static readonly Lazy<XmlSchemaSet> All = new(Load);

    /// <summary>What the schemas object to in the body of an envelope.</summary>
    public static IReadOnlyList<string> Objections(XElement envelope)
    {
        var body = new XDocument(Known(Wire.Body(envelope)));
        var objections = new List<string>();
        body.Validate(All.Value, (_, e) => objections.Add(e.Message));
        return objections;
    }

    /// <summary>Real servers write two elements in another namespace than the schemas say.</summary>
    private static XElement Known(XElement body)
    {
        var copy = new XElement(body);
        foreach (var element in copy.Descendants().ToList())
        {
            var isOdd = element.Name == Wire.M + "Notification"
                || (element.Name == Wire.M + "SubscriptionId"
                    && element.Parent?.Name == Wire.M + "ErrorSubscriptionIds");
            if (isOdd)
            {
                element.Name = Wire.T + element.Name.LocalName;
            }
        }

        return copy;
    }

    private static XmlSchemaSet Load()
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        using (var text = new StringReader(XmlNamespace))
        {
            set.Add(XmlSchema.Read(text, null)!);
        }

        var published = Directory.GetFiles(SharedFolder.Path("ews-xsd"), "*.xsd").Order();
        foreach (var file in published.Concat(AvailabilitySchemas.Files))
        {
            using var reader = XmlReader.Create(file);
            var schema = XmlSchema.Read(reader, null)!;
            foreach (var include in schema.Includes.OfType<XmlSchemaInclude>().ToList())
            {
                schema.Includes.Remove(include);
            }

            foreach (var import in schema.Includes.OfType<XmlSchemaImport>())
            {
                import.SchemaLocation = null;
            }

            set.Add(schema);
        }

        set.Compile();
        return set;
    }
}
