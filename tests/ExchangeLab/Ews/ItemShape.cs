using System.Xml.Linq;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>Which properties of items a client wants.</summary>
internal sealed class ItemShape
{
    private static readonly string[] BaseShapes = ["IdOnly", "Default", "AllProperties", "PcxPeopleSearch"];
    private static readonly string[] BodyTypes = ["Best", "HTML", "Text"];

    public required string Base { get; init; }

    public required string BodyType { get; init; }

    /// <summary>How many bytes of a body are given at most; null for all of them.</summary>
    public required int? BodyBytesMax { get; init; }

    public required IReadOnlySet<string> Fields { get; init; }

    public required IReadOnlyList<ExtendedField> Extended { get; init; }

    public static ItemShape Read(XElement shape, int version)
    {
        var additional = shape.Child("AdditionalProperties")?.Elements().ToList() ?? [];
        var fields = additional.Where(path => path.Name.LocalName == "FieldURI")
            .Select(path => path.NeedAttr("FieldURI")).ToHashSet(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            FieldUris.Check(field, version);
        }

        return new ItemShape
        {
            Base = OneOf(shape.Need("BaseShape").Value, BaseShapes, "BaseShape"),
            BodyType = OneOf(shape.Child("BodyType")?.Value ?? "Best", BodyTypes, "BodyType"),
            BodyBytesMax = ReadBodyMax(shape),
            Fields = fields,
            Extended = [.. additional.Where(path => path.Name.LocalName == "ExtendedFieldURI")
                .Select(ExtendedField.Read)],
        };
    }

    public bool Wants(ItemProperty property, int version) =>
        Fields.Contains(property.Field)
        || property.Field == "item:ItemId"
        || (property.Since <= version && Base switch
        {
            "AllProperties" => true,
            "Default" => property.IsDefault,
            _ => false,
        });

    private static int? ReadBodyMax(XElement shape) => shape.Child("MaximumBodySize") is { } size
        ? XmlReading.Number(size.Value.Trim(), "MaximumBodySize", 0, int.MaxValue)
        : null;

    private static string OneOf(string value, string[] known, string name) =>
        known.Contains(value) ? value
            : throw EwsFault.SchemaViolation($"The '{name}' element is invalid: '{value}'.");
}
