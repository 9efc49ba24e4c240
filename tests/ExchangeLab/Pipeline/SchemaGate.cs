using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// Refuses requests that the official schemas forbid, as servers do before they look at anything else.
/// Without the setting Lab:Schemas it lets everything pass.
/// </summary>
internal sealed class SchemaGate(LabOptions options)
{
    private const string XmlNamespace = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
            targetNamespace="http://www.w3.org/XML/1998/namespace">
          <xs:attribute name="lang" type="xs:language"/>
        </xs:schema>
        """;

    private static readonly XmlQualifiedName TimeZoneContext = new("TimeZoneContext", EwsNames.Types);

    /// <summary>Compiled once for all labs of a process: a compiled set is read by many threads.</summary>
    private static readonly ConcurrentDictionary<string, XmlSchemaSet> Compiled = new(StringComparer.Ordinal);

    private readonly XmlSchemaSet? _schemas =
        options.Schemas is { } folder ? Compiled.GetOrAdd(folder, Load) : null;

    /// <summary>Whether requests have to be read with the lines on which their elements stand.</summary>
    public bool NeedsLines => _schemas is not null;

    /// <summary>Throws for the first violation, with its line and position.</summary>
    public void Check(RequestEnvelope envelope)
    {
        if (_schemas is null)
        {
            return;
        }

        if (envelope.Header?.Child(TimeZoneContext.Name) is { } zone)
        {
            Check(zone, _schemas);
        }

        Check(envelope.Request, _schemas);
    }

    private static void Check(XElement element, XmlSchemaSet schemas)
    {
        var name = new XmlQualifiedName(element.Name.LocalName, element.Name.NamespaceName);
        if (schemas.GlobalElements[name] is not { } declaration)
        {
            CheckUndeclared(element);
            return;
        }

        element.Validate(declaration, schemas, (_, violation) => throw EwsFault.SchemaViolation(
            violation.Message, violation.Exception.LineNumber, violation.Exception.LinePosition));
    }

    /// <summary>The published schemas lack some operations; those pass, as long as they are EWS.</summary>
    private static void CheckUndeclared(XElement element)
    {
        if (element.Name.NamespaceName != EwsNames.Messages)
        {
            IXmlLineInfo at = element;
            throw EwsFault.SchemaViolation(
                $"The element '{element.Name.LocalName}' in namespace '{element.Name.NamespaceName}' is not "
                + "declared.",
                at.LineNumber,
                at.LinePosition);
        }
    }

    private static XmlSchemaSet Load(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xsd") : [];
        if (files.Length == 0)
        {
            throw new LabRefusal($"Lab:Schemas is \"{folder}\", where there are no schemas (*.xsd).");
        }

        var set = new XmlSchemaSet { XmlResolver = null };
        using (var text = new StringReader(XmlNamespace))
        {
            set.Add(XmlSchema.Read(text, null)!);
        }

        foreach (var file in files.Order(StringComparer.Ordinal))
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
