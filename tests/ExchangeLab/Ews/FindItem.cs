using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The operation that lists a folder: expanded in a calendar view, or page by page.</summary>
internal static class FindItem
{
    /// <summary>The find-count limit of the throttling policy, in items.</summary>
    public const int ItemsMax = 1000;

    /// <summary>The widest calendar view, in years.</summary>
    private const int ViewYearsMax = 2;

    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var shape = ItemShape.Read(call.Request.Need("ItemShape"), call.Version);
        _ = call.Mailbox;
        reply.Start("FindItem");
        foreach (var id in call.Request.Need("ParentFolderIds").Elements())
        {
            try
            {
                var folder = FolderReference.Read(id, call);
                var page = call.Request.Child("CalendarView") is { } view
                    ? ReadView(view, folder, call)
                    : ReadPage(call.Request.Child("IndexedPageItemView"), folder, call);
                reply.Success(xml => Write(xml, page, shape, call));
            }
            catch (EwsError error)
            {
                reply.Error(error);
            }
        }
    }

    private static FoundPage ReadView(XElement view, Folder folder, EwsCall call)
    {
        if (folder != Folder.Calendar)
        {
            throw new EwsError("ErrorCalendarFolderIsInvalidForCalendarView",
                "Calendar view can be used only with a calendar folder.");
        }

        if (call.Request.Child("Restriction") is not null || call.Request.Child("SortOrder") is not null)
        {
            throw new EwsError("ErrorUnsupportedQueryFilter",
                "A calendar view takes neither a restriction nor a sort order.");
        }

        var start = XmlReading.Time(view.NeedAttr("StartDate"), call.ContextZone);
        var end = XmlReading.Time(view.NeedAttr("EndDate"), call.ContextZone);
        if (end < start)
        {
            throw new EwsError(
                "ErrorCalendarEndDateIsEarlierThanStartDate", "EndDate is earlier than StartDate.");
        }

        if (end > start.InUtc().LocalDateTime.PlusYears(ViewYearsMax).InUtc().ToInstant())
        {
            throw new EwsError("ErrorCalendarViewRangeTooBig",
                "The specified view range exceeds the maximum range of two years.");
        }

        var max = view.Attr("MaxEntriesReturned") is { } text
            ? XmlReading.Number(text, "MaxEntriesReturned", 1, int.MaxValue)
            : int.MaxValue;
        var found = call.Mailbox.In(Folder.Calendar)
            .Where(entry => !entry.IsMessage)
            .SelectMany(entry => Occurrences.Within(entry.Content, start, end)
                .Select(occurrence => new ItemView(entry, occurrence)))
            .OrderBy(item => item.Occurrence.Start)
            .ToList();
        if (Math.Min(found.Count, max) > ItemsMax)
        {
            max = call.Wire.PartialCalendarViews && KnowsPartialResults(call) ? ItemsMax : throw TooMany();
        }

        return new FoundPage([.. found.Take(max)], found.Count, found.Count <= max, null);
    }

    private static FoundPage ReadPage(XElement? view, Folder folder, EwsCall call)
    {
        if (call.Request.Child("QueryString") is not null)
        {
            throw new EwsError("ErrorUnsupportedQueryFilter", "The query filter is not supported.");
        }

        var isWanted = Restriction.Read(call.Request.Child("Restriction"), call);
        var all = call.Mailbox.In(folder).Select(ItemView.Of).Where(isWanted).ToList();
        var offset = view is null ? 0 : XmlReading.Number(view.NeedAttr("Offset"), "Offset", 0, int.MaxValue);
        if (view?.NeedAttr("BasePoint") == "End")
        {
            offset = Math.Max(0, all.Count - offset - ItemsMax);
        }

        var wanted = view?.Attr("MaxEntriesReturned") is { } text
            ? XmlReading.Number(text, "MaxEntriesReturned", 1, int.MaxValue)
            : int.MaxValue;
        if (Math.Min(all.Count - offset, wanted) > ItemsMax && !KnowsPartialResults(call))
        {
            throw TooMany();
        }

        var left = Math.Max(0, all.Count - offset);
        var size = call.Faults.PageSize(Math.Min(Math.Min(wanted, ItemsMax), left));
        var items = all.Skip(offset).Take(size).ToList();
        var next = Math.Min(offset, all.Count) + items.Count;
        return new FoundPage(items, all.Count, next >= all.Count, next);
    }

    /// <summary>Older versions want an error where later ones give a part and say that it is one.</summary>
    private static bool KnowsPartialResults(EwsCall call) => call.Version >= ServerVersion.Exchange2010SP1;

    private static void Write(XmlWriter xml, FoundPage page, ItemShape shape, EwsCall call)
    {
        xml.StartM("RootFolder");
        if (page.NextOffset is { } next)
        {
            xml.WriteAttributeString("IndexedPagingOffset", next.ToString(CultureInfo.InvariantCulture));
        }

        xml.WriteAttributeString("TotalItemsInView", page.Total.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("IncludesLastItemInRange", page.IsLast ? "true" : "false");
        xml.StartT("Items");
        foreach (var item in page.Items)
        {
            ItemWriter.WriteListed(xml, item, shape, call);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static EwsError TooMany() => new(
        "ErrorExceededFindCountLimit",
        "You have exceeded the maximum number of objects that can be returned for the find operation. Use "
        + "paging to reduce the result size and try your request again.")
    {
        Values = [("PolicyLimit", ItemsMax.ToString(CultureInfo.InvariantCulture))],
    };
}
