using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Schema;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// The schemas of EWS as Microsoft publishes them (MS-OXWS*.xsd), and with them those of the two operations
/// that are not published, after their reference pages.
/// </summary>
public static class PublishedSchemas
{
    private const string XmlNamespace = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
            targetNamespace="http://www.w3.org/XML/1998/namespace">
          <xs:attribute name="lang" type="xs:language"/>
        </xs:schema>
        """;

    /// <summary>Compiled once a process: a compiled set is read by many threads.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<XmlSchemaSet>> Compiled =
        new(StringComparer.Ordinal);

    /// <summary>The schemas of a folder, compiled. A folder without any is refused.</summary>
    public static XmlSchemaSet Of(string folder) =>
        Compiled.GetOrAdd(folder, static one => new Lazy<XmlSchemaSet>(() => Load(one))).Value;

    private static XmlSchemaSet Load(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xsd") : [];
        if (files.Length == 0)
        {
            throw new LabRefusal($"Lab:Schemas is \"{folder}\", where there are no schemas (*.xsd).");
        }

        var set = new XmlSchemaSet { XmlResolver = null };
        using var attributes = new StringReader(XmlNamespace);
        set.Add(XmlSchema.Read(attributes, null)!);
        var assembly = typeof(PublishedSchemas).Assembly;
        var added = assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".xsd", StringComparison.Ordinal))
            .Select(name => assembly.GetManifestResourceStream(name)!);
        foreach (var stream in files.Order(StringComparer.Ordinal).Select(File.OpenRead).Concat(added))
        {
            using (stream)
            {
                set.Add(Read(stream));
            }
        }

        set.Compile();
        return set;
    }

    /// <summary>The set holds all parts: nothing is to be fetched or included.</summary>
    private static XmlSchema Read(Stream stream)
    {
        using var reader = XmlReader.Create(stream);
        var schema = XmlSchema.Read(reader, null)!;
        foreach (var include in schema.Includes.OfType<XmlSchemaInclude>().ToList())
        {
            schema.Includes.Remove(include);
        }

        foreach (var import in schema.Includes.OfType<XmlSchemaImport>())
        {
            import.SchemaLocation = null;
        }

        return schema;
    }
}
