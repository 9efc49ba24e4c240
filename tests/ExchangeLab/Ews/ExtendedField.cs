using System.Globalization;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A MAPI property that a client names: the name, and how this client spells it.</summary>
internal sealed record ExtendedField(PropertyName Name, IReadOnlyList<(string Name, string Value)> Spelling)
{
    private const int GlobalObjectId = 3;
    private const int CleanGlobalObjectId = 35;
    private const int NamedTagsFrom = 0x8000;
    private const int NamedTagsTo = 0xFFFE;

    private static readonly string[] Spellings =
    [
        "DistinguishedPropertySetId", "PropertySetId", "PropertyTag", "PropertyName", "PropertyId",
        "PropertyType",
    ];

    /// <summary>The property sets that have names (MS-OXPROPS 1.3.2).</summary>
    private static readonly Dictionary<string, Guid> Sets = new(StringComparer.Ordinal)
    {
        ["Meeting"] = new("6ed8da90-450b-101b-98da-00aa003f1305"),
        ["Appointment"] = new("00062002-0000-0000-c000-000000000046"),
        ["Common"] = new("00062008-0000-0000-c000-000000000046"),
        ["PublicStrings"] = new("00020329-0000-0000-c000-000000000046"),
        ["Address"] = new("00062004-0000-0000-c000-000000000046"),
        ["InternetHeaders"] = new("00020386-0000-0000-c000-000000000046"),
        ["CalendarAssistant"] = new("11000e07-b51b-40d6-af21-caa85edab1d0"),
        ["UnifiedMessaging"] = new("4442858e-a9e3-4e80-b900-317a210cc15b"),
        ["Task"] = new("00062003-0000-0000-c000-000000000046"),
        ["Sharing"] = new("00062040-0000-0000-c000-000000000046"),
    };

    public bool IsMultiple => Name.Type.EndsWith("Array", StringComparison.Ordinal);

    /// <summary>Whether the lab itself says what it is, so that nobody can write it.</summary>
    public bool IsComputed => Name.Set == Sets["Meeting"] && Name.Type == "Binary"
        && Name.Id is GlobalObjectId or CleanGlobalObjectId;

    public static ExtendedField Read(XElement element)
    {
        var type = element.NeedAttr("PropertyType");
        var spelling = Spellings.Select(name => (name, element.Attr(name)))
            .Where(pair => pair.Item2 is not null).Select(pair => (pair.name, pair.Item2!)).ToList();
        return new ExtendedField(ReadName(element, type), spelling);
    }

    /// <summary>The values that an item has under this name, or null when it has none.</summary>
    public IReadOnlyList<string>? ValuesOf(ItemView item)
    {
        if (IsComputed)
        {
            return item.Entry.IsMessage ? null : [Convert.ToBase64String(Name.Id == GlobalObjectId
                ? GlobalObjectIds.Full(item.Entry.Uid, item.Occurrence.Date)
                : GlobalObjectIds.Clean(item.Entry.Uid))];
        }

        return item.Details.Properties.TryGetValue(Name, out var values) ? values
            : Name is { Name: { } name, Type: "String" } && Name.Set == Sets["PublicStrings"]
                && item.OnlineMeeting?.Properties.GetValueOrDefault(name) is { } text ? [text]
            : null;
    }

    private static PropertyName ReadName(XElement element, string type)
    {
        var (set, tag) = (ReadSet(element), ReadTag(element));
        var (name, id) = (element.Attr("PropertyName"), element.Attr("PropertyId"));
        var isWithin = (name is null) != (id is null);
        if ((set is null) == (tag is null) || (set is null ? name ?? id : isWithin ? null : "") is not null)
        {
            throw Invalid("one of the sets with a name or a number, or else a tag, is expected");
        }

        return new PropertyName(set, tag, name, id is null ? null
            : XmlReading.Number(id, "PropertyId", int.MinValue, int.MaxValue), type);
    }

    private static Guid? ReadSet(XElement element)
    {
        var (distinguished, given) =
            (element.Attr("DistinguishedPropertySetId"), element.Attr("PropertySetId"));
        if (distinguished is not null && given is not null)
        {
            throw Invalid("two property sets are given");
        }

        return distinguished is not null
            ? Sets.TryGetValue(distinguished, out var set) ? set : throw EwsFault.SchemaViolation(
                $"The 'DistinguishedPropertySetId' attribute is invalid: '{distinguished}'.")
            : given is null ? null
            : Guid.TryParseExact(given, "D", out var guid) ? guid : throw EwsFault.SchemaViolation(
                $"The 'PropertySetId' attribute is invalid: '{given}'.");
    }

    private static int? ReadTag(XElement element)
    {
        if (element.Attr("PropertyTag") is not { } text)
        {
            return null;
        }

        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return !ushort.TryParse(isHex ? text[2..] : text, style, CultureInfo.InvariantCulture, out var tag)
            ? throw EwsFault.SchemaViolation($"The 'PropertyTag' attribute is invalid: '{text}'.")
            : tag is >= NamedTagsFrom and <= NamedTagsTo ? throw Invalid("the tag is one of named properties")
            : tag;
    }

    private static EwsFault Invalid(string why) => new(
        "ErrorInvalidExtendedProperty", $"The extended property attribute combination is invalid: {why}.");
}
