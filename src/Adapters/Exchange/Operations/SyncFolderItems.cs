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
    /// <summary>What a page says, gathered from all its parts.</summary>
    private sealed class Gathered
    {
        internal string Cursor { get; set; } = "";

        internal bool? IsLast { get; set; }

        internal List<string> Changed { get; } = [];

        internal List<string> Deleted { get; } = [];

        internal int OthersCount { get; set; }
    }

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
        SoapReply.Single<Gathered?>(reply, "SyncFolderItemsResponse", null, ReadPart)
        .Then<ChangePage>(page => page switch
        {
            null or { Cursor.Length: 0 } => SoapReply.Malformed<ChangePage>("no SyncState"),
            { IsLast: null } => SoapReply.Malformed<ChangePage>("no IncludesLastItemInRange"),
            _ when page.Changed.Concat(page.Deleted).Contains("") =>
                SoapReply.Malformed<ChangePage>("a change without an id"),
            _ => new Parsed<ChangePage>.Answer(new ChangePage(
                page.Cursor,
                page.IsLast,
                [.. page.Changed.Distinct(StringComparer.Ordinal)],
                [.. page.Deleted.Except(page.Changed, StringComparer.Ordinal)],
                page.OthersCount)),
        });

    private static Gathered ReadPart(XmlCursor xml, Gathered? page)
    {
        page ??= new Gathered();
        switch (xml.Name)
        {
            case "SyncState": page.Cursor = xml.Token(); break;
            case "IncludesLastItemInRange": page.IsLast = RawValues.Flag(xml.Token()); break;
            case "Changes": ReadChanges(xml, page); break;
        }

        return page;
    }

    private static void ReadChanges(XmlCursor xml, Gathered page)
    {
        var inChanges = xml.Enter();
        while (xml.Next(inChanges))
        {
            switch (xml.Name)
            {
                case "Create" or "Update" when ReadItem(xml) is (var id, true): page.Changed.Add(id); break;
                case "Create" or "Update": page.OthersCount++; break;
                case "Delete": page.Deleted.Add(ReadId(xml)); break;
            }
        }
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
