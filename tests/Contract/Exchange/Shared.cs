using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace HybridCalendar.Contract.Exchange;

/// <summary>
/// Data of others that lies beside the repository, not in it: schemas and recorded messages.
/// </summary>
internal static class Shared
{
    /// <summary>
    /// A folder below "shared", found from the tests' folder upwards; the test is skipped when there is none.
    /// </summary>
    internal static string Folder(string name)
    {
        if (Find(name) is { } found)
        {
            return found;
        }

        Assert.Skip($"There is no folder shared/{name} above the tests: it is not part of the repository.");
        return "";
    }

    /// <summary>The same; null when there is none.</summary>
    internal static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder =
            folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "shared", name);
            if (Directory.Exists(found))
            {
                return found;
            }
        }

        return null;
    }
}

/// <summary>The schemas of the protocol, as Microsoft publishes them.</summary>
internal static class Schemas
{
    private const string XmlAttributes = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
        targetNamespace="http://www.w3.org/XML/1998/namespace">
          <xs:attribute name="lang" type="xs:string"/>
        </xs:schema>
        """;

    private static readonly Lazy<XmlSchemaSet> Set = new(Load);

    /// <summary>What is wrong with an element by the schemas.</summary>
    internal static IReadOnlyList<string> Complaints(XElement element)
    {
        var complaints = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = Set.Value };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, wrong) => complaints.Add(wrong.Message);
        using var reader = XmlReader.Create(new StringReader(element.ToString()), settings);
        while (reader.Read())
        {
        }

        return complaints;
    }

    private static XmlSchemaSet Load()
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        set.Add(XmlSchema.Read(new StringReader(XmlAttributes), null)!);
        var published = Directory.EnumerateFiles(Shared.Folder("ews-xsd"), "*.xsd");
        foreach (var file in published.Concat(AvailabilitySchemas.Files))
        {
            using var reader = XmlReader.Create(file);
            var schema = XmlSchema.Read(reader, null)!;
            foreach (var outside in schema.Includes.OfType<XmlSchemaExternal>().ToList())
            {
                // The set holds all of them: nothing is to be fetched.
                outside.SchemaLocation = null;
                if (outside is XmlSchemaInclude)
                {
                    schema.Includes.Remove(outside);
                }
            }

            set.Add(schema);
        }

        set.Compile();
        return set;
    }
}
