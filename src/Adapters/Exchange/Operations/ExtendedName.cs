using System.Collections.Frozen;
using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>
/// The MAPI name of a property that Exchange itself does not name. Two spellings of one name are equal: a
/// server may answer with another one than it was asked with.
/// </summary>
/// <param name="Set">The property set; null for a property with a tag.</param>
/// <param name="Tag">The property's number where it has no set, 0 to 0x7FFF.</param>
/// <param name="Name">Its name in the set, case-sensitive; null when it has a number.</param>
/// <param name="Id">Its number in the set; null when it has a name.</param>
/// <param name="Type">One of MapiPropertyTypeType: String, Integer, Binary, StringArray and so on.</param>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/extendedfielduri"/>
internal sealed record ExtendedName(Guid? Set, ushort? Tag, string? Name, int? Id, string Type)
{
    /// <summary>
    /// MAPI's PidLidCleanGlobalObjectId: property 35 of the set of meetings, a byte string.
    /// </summary>
    internal static readonly ExtendedName CleanGlobalObjectId =
        new(new Guid("6ed8da90-450b-101b-98da-00aa003f1305"), null, null, 35, "Binary");

    // MS-OXPROPS 1.3.2.
    private static readonly FrozenDictionary<string, Guid> Sets = new Dictionary<string, Guid>
    {
        ["Meeting"] = CleanGlobalObjectId.Set!.Value,
        ["Appointment"] = new("00062002-0000-0000-c000-000000000046"),
        ["Common"] = new("00062008-0000-0000-c000-000000000046"),
        ["PublicStrings"] = new("00020329-0000-0000-c000-000000000046"),
        ["Address"] = new("00062004-0000-0000-c000-000000000046"),
        ["InternetHeaders"] = new("00020386-0000-0000-c000-000000000046"),
        ["CalendarAssistant"] = new("11000e07-b51b-40d6-af21-caa85edab1d0"),
        ["UnifiedMessaging"] = new("4442858e-a9e3-4e80-b900-317a210cc15b"),
        ["Task"] = new("00062003-0000-0000-c000-000000000046"),
        ["Sharing"] = new("00062040-0000-0000-c000-000000000046"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A named string of a set of one's own.</summary>
    internal static ExtendedName String(Guid set, string name) => new(set, null, name, null, "String");

    /// <summary>A named string of the set that everybody shares.</summary>
    internal static ExtendedName PublicString(string name) => String(Sets["PublicStrings"], name);

    /// <summary>Reads the name on which the cursor stands; null when it is none.</summary>
    internal static ExtendedName? Read(XmlCursor xml)
    {
        Guid? set = Sets.TryGetValue(xml.Attribute("DistinguishedPropertySetId") ?? "", out var known) ? known
            : Guid.TryParse(xml.Attribute("PropertySetId"), out var own) ? own
            : null;
        var tag = Number(xml.Attribute("PropertyTag")) is { } number and >= 0 and <= ushort.MaxValue
            ? (ushort?)number
            : null;
        var (name, id) = (xml.Attribute("PropertyName"), Number(xml.Attribute("PropertyId")));
        return (set is null) == (tag is null) || xml.Attribute("PropertyType") is not { } type ? null
            : new ExtendedName(set, tag, name, id, type);
    }

    /// <summary>Writes the name; sets by their GUID, which every server knows.</summary>
    internal void Write(XmlWriter xml) => xml.Type("ExtendedFieldURI", () =>
    {
        Attribute(xml, "PropertySetId", Set?.ToString("D"));
        Attribute(xml, "PropertyTag", Tag is { } tag ? $"0x{tag:x4}" : null);
        Attribute(xml, "PropertyName", Name);
        Attribute(xml, "PropertyId", Id?.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "PropertyType", Type);
    });

    private static void Attribute(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteAttributeString(name, value);
        }
    }

    private static int? Number(string? text)
    {
        var isHex = text?.StartsWith("0x", StringComparison.OrdinalIgnoreCase) == true;
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign;
        return int.TryParse(isHex ? text![2..] : text, style, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }
}
