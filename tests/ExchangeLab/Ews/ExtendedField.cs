using System.Globalization;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A MAPI property that a client asks for by its own name.</summary>
internal sealed record ExtendedField(
    string? DistinguishedSet, string? Set, string? Tag, string? Name, string? Id, string Type)
{
    private const string MeetingSet = "6ed8da90-450b-101b-98da-00aa003f1305";
    private const int GlobalObjectId = 3;
    private const int CleanGlobalObjectId = 35;

    public static ExtendedField Read(XElement element) => new(
        element.Attr("DistinguishedPropertySetId"),
        element.Attr("PropertySetId"),
        element.Attr("PropertyTag"),
        element.Attr("PropertyName"),
        element.Attr("PropertyId"),
        element.NeedAttr("PropertyType"));

    /// <summary>The binary value that an item has under this name, or null when it has none.</summary>
    public byte[]? ValueOf(ItemView item)
    {
        var isMeetingSet = DistinguishedSet == "Meeting"
            || string.Equals(Set, MeetingSet, StringComparison.OrdinalIgnoreCase);
        if (!isMeetingSet || Type != "Binary"
            || !int.TryParse(Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        return id switch
        {
            _ when item.Entry.IsMessage => null,
            GlobalObjectId => GlobalObjectIds.Full(item.Entry.Uid, item.Occurrence.Date),
            CleanGlobalObjectId => GlobalObjectIds.Clean(item.Entry.Uid),
            _ => null,
        };
    }

    /// <summary>The attributes as the client spelled them.</summary>
    public IEnumerable<(string Name, string Value)> Attributes()
    {
        var all = new (string Name, string? Value)[]
        {
            ("DistinguishedPropertySetId", DistinguishedSet), ("PropertySetId", Set), ("PropertyTag", Tag),
            ("PropertyName", Name), ("PropertyId", Id), ("PropertyType", Type),
        };
        return all.Where(pair => pair.Value is not null).Select(pair => (pair.Name, pair.Value!));
    }
}
