using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>
/// What stands in a calendar in a span of time, series taken apart into occurrences by Exchange itself.
/// </summary>
/// <param name="IsComplete">
/// False when there was more than <see cref="Bounds.EntriesPerView"/>: go on from the last start.
/// </param>
internal sealed record CalendarView(IReadOnlyList<RawItem> Items, bool IsComplete);

/// <summary>Asks for the entries of a calendar that overlap a span of at most two years.</summary>
/// <remarks>
/// It gives no text and no participants, and at most 255 characters of anything. Asked for is what the server
/// knows without opening each item: the global id, and not the UID.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/finditem-operation"/>
internal static class FindItem
{
    private static readonly string[] Properties =
    [
        "calendar:Start",
        "calendar:End",
        "calendar:IsAllDayEvent",
        "calendar:CalendarItemType",
        "calendar:IsCancelled",
        "calendar:OriginalStart",
    ];

    internal static void Write(XmlWriter xml, Instant start, Instant end) => xml.Message("FindItem", () =>
    {
        xml.WriteAttributeString("Traversal", "Shallow");
        xml.Message("ItemShape", () =>
        {
            xml.Type("BaseShape", "IdOnly");
            xml.Type("AdditionalProperties", () =>
            {
                foreach (var property in Properties)
                {
                    xml.Type("FieldURI", () => xml.WriteAttributeString("FieldURI", property));
                }

                ExtendedName.CleanGlobalObjectId.Write(xml);
            });
        });
        xml.Message("CalendarView", () =>
        {
            var most = Bounds.EntriesPerView.ToString(CultureInfo.InvariantCulture);
            xml.WriteAttributeString("MaxEntriesReturned", most);
            xml.WriteAttributeString("StartDate", InstantPattern.General.Format(start));
            xml.WriteAttributeString("EndDate", InstantPattern.General.Format(end));
        });
        xml.Message("ParentFolderIds", xml.CalendarFolder);
    });

    internal static Parsed<CalendarView> Read(Stream reply) =>
        SoapReply.Single(reply, "FindItemResponse", new CalendarView([], false), ReadRootFolder);

    private static CalendarView ReadRootFolder(XmlCursor xml, CalendarView view)
    {
        if (xml.Name != "RootFolder")
        {
            return view;
        }

        var isLast = xml.Attribute("IncludesLastItemInRange")?.Trim() is not ("false" or "0");
        var total = RawValues.Number(xml.Attribute("TotalItemsInView")?.Trim() ?? "", 0, int.MaxValue);
        var items = ReadFolder(xml);
        return new CalendarView(items, isLast && !(total > items.Count));
    }

    /// <summary>The calendar items of the folder on which the cursor stands.</summary>
    internal static IReadOnlyList<RawItem> ReadFolder(XmlCursor xml)
    {
        var items = new List<RawItem>();
        var inFolder = xml.Enter();
        while (xml.Next(inFolder))
        {
            if (xml.Name == "Items")
            {
                ReadItems(xml, items);
            }
        }

        return items;
    }

    private static void ReadItems(XmlCursor xml, List<RawItem> items)
    {
        var inItems = xml.Enter();
        while (xml.Next(inItems))
        {
            if (xml.Name == RawItem.ElementName)
            {
                items.Add(RawItemReader.Read(xml));
            }
        }
    }
}
