using System.Globalization;
using System.Xml.Linq;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>Reading requests by local name: clients differ in prefixes, and some in namespaces.</summary>
internal static class XmlReading
{
    private static readonly string[] LocalPatterns =
        ["uuuu-MM-dd'T'HH:mm:ss.FFFFFFFFF", "uuuu-MM-dd'T'HH:mm", "uuuu-MM-dd"];

    public static XElement? Child(this XElement parent, string name) =>
        parent.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    public static XElement Need(this XElement parent, string name) => parent.Child(name)
        ?? throw EwsFault.SchemaViolation(
            $"The element '{parent.Name.LocalName}' has incomplete content: '{name}' is expected.");

    public static string? Attr(this XElement element, string name) => element.Attribute(name)?.Value;

    public static string NeedAttr(this XElement element, string name) => element.Attr(name)
        ?? throw EwsFault.SchemaViolation(
            $"The required attribute '{name}' of '{element.Name.LocalName}' is missing.");

    /// <summary>A number of the request within the schema's bounds.</summary>
    public static int Number(string text, string name, int min, int max) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw EwsFault.SchemaViolation($"The '{name}' element or attribute is invalid: '{text}'.");

    /// <summary>A time with Z or an offset, or a local time of the context zone.</summary>
    public static Instant Time(string text, DateTimeZone context)
    {
        var absolute = OffsetDateTimePattern.ExtendedIso.Parse(text);
        if (absolute.Success)
        {
            return absolute.Value.ToInstant();
        }

        foreach (var pattern in LocalPatterns)
        {
            var local = LocalDateTimePattern.CreateWithInvariantCulture(pattern).Parse(text);
            if (local.Success)
            {
                return Model.Occurrences.Resolve(local.Value, context);
            }
        }

        throw EwsFault.SchemaViolation($"The value '{text}' is not a valid xs:dateTime.");
    }
}
