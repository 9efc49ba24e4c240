using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>A page of what a calendar holds: single meetings and series, not their occurrences.</summary>
/// <param name="Items">May be fewer than were asked for: servers under pressure give short pages.</param>
/// <param name="IsLast">Null when the server does not say.</param>
/// <param name="NextOffset">Where the next page begins; null when the server does not say.</param>
/// <param name="Total">How many items there are in all; null when the server does not say.</param>
internal sealed record FoundPage(IReadOnlyList<RawItem> Items, bool? IsLast, int? NextOffset, int? Total);

/// <summary>Asks for a page of a mailbox's calendar, by number of items and not by time.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/indexedpageitemview"/>
internal static class FindPage
{
    private static readonly FoundPage Nothing = new([], null, null, null);

    /// <param name="equal">Only items with this property and value; null for all.</param>
    internal static void Write(XmlWriter xml, int offset, (ExtendedName Name, string Value)? equal) =>
        xml.Message("FindItem", () =>
        {
            xml.WriteAttributeString("Traversal", "Shallow");
            Shapes.IdOnly(xml);
            xml.Message("IndexedPageItemView", () =>
            {
                Number(xml, "MaxEntriesReturned", Bounds.ItemsPerPage);
                Number(xml, "Offset", offset);
                xml.WriteAttributeString("BasePoint", "Beginning");
            });
            if (equal is var (name, value))
            {
                xml.Message("Restriction", () => xml.Type("IsEqualTo", () =>
                {
                    name.Write(xml);
                    xml.Type("FieldURIOrConstant", () => xml.Type("Constant", () =>
                        xml.WriteAttributeString("Value", LegalText.Clean(value))));
                }));
            }

            xml.Message("ParentFolderIds", xml.CalendarFolder);
        });

    internal static Parsed<FoundPage> Read(Stream reply) =>
        SoapReply.Single(reply, "FindItemResponse", Nothing, ReadRootFolder);

    private static FoundPage ReadRootFolder(XmlCursor xml, FoundPage page)
    {
        if (xml.Name != "RootFolder")
        {
            return page;
        }

        var (isLast, next, total) = (
            RawValues.Flag(xml.Attribute("IncludesLastItemInRange")?.Trim()),
            Number(xml.Attribute("IndexedPagingOffset")),
            Number(xml.Attribute("TotalItemsInView")));
        return new FoundPage(FindItem.ReadFolder(xml), isLast, next, total);
    }

    private static int? Number(string? text) => RawValues.Number(text?.Trim() ?? "", 0, int.MaxValue);

    private static void Number(XmlWriter xml, string name, int number) =>
        xml.WriteAttributeString(name, number.ToString(CultureInfo.InvariantCulture));
}
