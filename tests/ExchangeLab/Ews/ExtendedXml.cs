using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The ExtendedProperty element: a name, then one value or several.</summary>
internal static class ExtendedXml
{
    public static void Write(XmlWriter xml, ExtendedField field, IReadOnlyList<string> values)
    {
        xml.StartT("ExtendedProperty");
        xml.StartT("ExtendedFieldURI");
        foreach (var (name, text) in field.Spelling)
        {
            xml.WriteAttributeString(name, text);
        }

        xml.WriteEndElement();
        if (field.IsMultiple)
        {
            xml.StartT("Values");
        }

        foreach (var value in values)
        {
            xml.T("Value", value);
        }

        if (field.IsMultiple)
        {
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>What a client wants to be stored; refused when it is not of the property's type.</summary>
    public static (ExtendedField Field, ImmutableArray<string> Values) Read(XElement property)
    {
        var field = ExtendedField.Read(property.Need("ExtendedFieldURI"));
        var values = field.IsMultiple
            ? property.Need("Values").Elements().Select(value => value.Value).ToImmutableArray()
            : [property.Need("Value").Value];
        var type = field.IsMultiple ? field.Name.Type[..^"Array".Length] : field.Name.Type;
        if (field.IsComputed || !values.All(value => IsOf(type, value)))
        {
            throw new EwsError(
                "ErrorInvalidExtendedPropertyValue", "The extended property value is invalid.");
        }

        return (field, values);
    }

    private static bool IsOf(string type, string value) => type switch
    {
        "String" => true,
        "Short" => short.TryParse(value, CultureInfo.InvariantCulture, out _),
        "Integer" => int.TryParse(value, CultureInfo.InvariantCulture, out _),
        "Long" or "Currency" => long.TryParse(value, CultureInfo.InvariantCulture, out _),
        "Float" or "Double" or "ApplicationTime" =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "Boolean" => value is "true" or "false" or "1" or "0",
        "Binary" => Convert.TryFromBase64String(value, new byte[value.Length], out _),
        "CLSID" => Guid.TryParse(value, out _),
        "SystemTime" => XmlReading.TryTime(value, NodaTime.DateTimeZone.Utc) is not null,
        // Null, Object and Error are in the schema and cannot be stored.
        _ => false,
    };
}
