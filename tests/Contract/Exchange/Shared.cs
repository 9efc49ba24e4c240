using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using HybridCalendar.ExchangeLab.Pipeline;

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

    /// <summary>Arguments of a lab that holds all traffic to the schemas where they are.</summary>
    internal static string[] LabSchemas => Find("ews-xsd") is { } folder ? [$"--Lab:Schemas={folder}"] : [];

    /// <summary>A folder below "shared"; null when there is none.</summary>
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
    /// <summary>What is wrong with an element by the schemas.</summary>
    internal static IReadOnlyList<string> Complaints(XElement element)
    {
        var complaints = new List<string>();
        var settings = new XmlReaderSettings
        {
            ValidationType = ValidationType.Schema,
            Schemas = PublishedSchemas.Of(Shared.Folder("ews-xsd")),
        };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, wrong) => complaints.Add(wrong.Message);
        using var reader = XmlReader.Create(new StringReader(element.ToString()), settings);
        while (reader.Read())
        {
        }

        return complaints;
    }
}
