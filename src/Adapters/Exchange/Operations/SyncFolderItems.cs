using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>What changed in a calendar, as ids.</summary>
/// <param name="Cursor">Exchange's SyncState: where the next page begins.</param>
/// <param name="Changed">Calendar items that were made or altered, in Exchange's order, each once.</param>
/// <param name="Deleted">What left the folder, each once; without what also changed: reading tells.</param>
/// <param name="OthersCount">Changes of what is no calendar item: messages, tasks and the like.</param>
internal sealed record ChangePage(
    string Cursor,
    bool? IsLast,
    IReadOnlyList<string> Changed,
    IReadOnlyList<string> Deleted,
    int OthersCount);

/// <summary>Asks for a page of changes of a mailbox's calendar since a cursor.</summary>
/// <remarks>
/// It knows single meetings and series; a change of one occurrence shows as a change of its series.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/syncfolderitems-operation"/>
internal static class SyncFolderItems
{
    private static readonly ChangePage Nothing = new("", null, [], [], 0);

    internal static void Write(XmlWriter xml, string? cursor) => xml.Message("SyncFolderItems", () =>
    {
        Shapes.IdOnly(xml);
        xml.Message("SyncFolderId", xml.CalendarFolder);
        if (cursor is not null)
        {
            xml.Message("SyncState", cursor);
        }

        xml.Message("MaxChangesReturned", Bounds.ChangesPerPage.ToString(CultureInfo.InvariantCulture));
    });

    // A page without a cursor, or with a change that does not say of what, would lose changes: it counts as
    // malformed.
    internal static Parsed<ChangePage> Read(Stream reply) =>
        SoapReply.Single(reply, "SyncFolderItemsResponse", Nothing, ReadPart)
        .Then<ChangePage>(page => page switch
        {
            { Cursor.Length: 0 } => SoapReply.Malformed<ChangePage>("no SyncState"),
            { IsLast: null } => SoapReply.Malformed<ChangePage>("no IncludesLastItemInRange"),
            _ when page.Changed.Concat(page.Deleted).Contains("") =>
                SoapReply.Malformed<ChangePage>("a change without an id"),
            _ => new Parsed<ChangePage>.Answer(page),
        });

    private static ChangePage ReadPart(XmlCursor xml, ChangePage page) => xml.Name switch
    {
        "SyncState" => page with { Cursor = xml.Token() },
        "IncludesLastItemInRange" => page with { IsLast = RawValues.Flag(xml.Token()) },
        "Changes" => ReadChanges(xml, page),
        _ => page,
    };

    private static ChangePage ReadChanges(XmlCursor xml, ChangePage page)
    {
        var changed = new List<string>();
        var deleted = new List<string>();
        var others = 0;
        var inChanges = xml.Enter();
        while (xml.Next(inChanges))
        {
            switch (xml.Name)
            {
                case "Create" or "Update":
                    var (id, isCalendarItem) = ReadItem(xml);
                    if (isCalendarItem)
                    {
                        changed.Add(id);
                    }
                    else
                    {
                        others++;
                    }

                    break;
                case "Delete":
                    deleted.Add(ReadId(xml));
                    break;
            }
        }

        return page with
        {
            Changed = [.. changed.Distinct(StringComparer.Ordinal)],
            Deleted = [.. deleted.Distinct(StringComparer.Ordinal).Except(changed, StringComparer.Ordinal)],
            OthersCount = others,
        };
    }

    private static (string Id, bool IsCalendarItem) ReadItem(XmlCursor xml)
    {
        string? calendarItem = null;
        string? other = null;
        var inChange = xml.Enter();
        while (xml.Next(inChange))
        {
            switch (xml.Name)
            {
                case RawItem.ElementName: calendarItem = ReadId(xml); break;
                case { Length: > 0 }: other = ReadId(xml); break;
            }
        }

        return (calendarItem ?? other ?? "", calendarItem is not null || other is null);
    }

    private static string ReadId(XmlCursor xml)
    {
        var id = "";
        var inItem = xml.Enter();
        while (xml.Next(inItem))
        {
            if (xml.Name == "ItemId")
            {
                id = xml.Attribute("Id") ?? "";
            }
        }

        return id;
    }
}
