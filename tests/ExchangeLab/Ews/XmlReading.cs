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
    public static Instant Time(string text, DateTimeZone context) => TryTime(text, context)
        ?? throw EwsFault.SchemaViolation($"The value '{text}' is not a valid xs:dateTime.");

    /// <summary>The same, or null for what is no time.</summary>
    public static Instant? TryTime(string text, DateTimeZone context)
    {
        var absolute = OffsetDateTimePattern.ExtendedIso.Parse(text);
        if (absolute.Success)
        {
            return absolute.Value.ToInstant();
        }

        return TryLocal(text) is { } local ? Model.Occurrences.Resolve(local, context) : null;
    }

    /// <summary>A time without Z or an offset, or null for what is none.</summary>
    public static LocalDateTime? TryLocal(string text)
    {
        foreach (var pattern in LocalPatterns)
        {
            var local = LocalDateTimePattern.CreateWithInvariantCulture(pattern).Parse(text);
            if (local.Success)
            {
                return local.Value;
            }
        }

        return null;
    }

    /// <summary>xs:boolean.</summary>
    public static bool Flag(XElement element) => element.Value.Trim() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        var text => throw EwsFault.SchemaViolation(
            $"The '{element.Name.LocalName}' element is invalid: '{text}'."),
    };

    /// <summary>A word of an enumeration whose names are the schema's.</summary>
    public static T Word<T>(string text, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(text.Trim(), out var word) && Enum.GetName(word) == text.Trim() ? word
            : throw EwsFault.SchemaViolation($"The '{name}' element or attribute is invalid: '{text}'.");
}
