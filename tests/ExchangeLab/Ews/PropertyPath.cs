using System.Xml.Linq;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The property that a change of an item is about.</summary>
/// <param name="Field">The FieldURI, also of an indexed one; null for an extended property.</param>
/// <param name="Extended">The extended property; null for all others.</param>
internal sealed record PropertyPath(string? Field, ExtendedField? Extended)
{
    private static readonly string[] Paths = ["FieldURI", "IndexedFieldURI", "ExtendedFieldURI"];

    /// <summary>The path at the beginning of a change, and what follows it.</summary>
    public static (PropertyPath Path, XElement? Value) Read(XElement change, EwsCall call)
    {
        var path = change.Elements().FirstOrDefault(child => Paths.Contains(child.Name.LocalName))
            ?? throw EwsFault.SchemaViolation(
                $"The element '{change.Name.LocalName}' has incomplete content: a path is expected.");
        var value = path.ElementsAfterSelf().FirstOrDefault();
        if (path.Name.LocalName == "ExtendedFieldURI")
        {
            return (new PropertyPath(null, ExtendedField.Read(path)), value);
        }

        var field = path.NeedAttr("FieldURI");
        if (path.Name.LocalName == "FieldURI")
        {
            FieldUris.Check(field, call.Version);
        }

        return (new PropertyPath(field, null), value);
    }
}
