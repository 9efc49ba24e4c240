using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The item that an id element means, by its own id or by way of its series.</summary>
internal static class ItemReference
{
    public static ItemView Read(XElement id, EwsCall call) => id.Name.LocalName switch
    {
        "ItemId" => ByItemId(id.NeedAttr("Id"), call),
        "OccurrenceItemId" => ByIndex(id, call),
        "RecurringMasterItemId" => MasterOf(id.NeedAttr("OccurrenceId"), call),
        _ => throw EwsFault.SchemaViolation($"The element '{id.Name.LocalName}' is not an item id."),
    };

    private static ItemView ByItemId(string id, EwsCall call)
    {
        var (entry, name) = Entry(id, call);
        if (name.OriginalStart is not { } start)
        {
            return ItemView.Of(entry);
        }

        var content = entry.Content;
        return Occurrences.DateOf(content, start) is { } date && !content.Dropped.Contains(date)
            ? new ItemView(entry, Occurrences.At(content, date))
            : throw EwsError.ItemNotFound();
    }

    private static ItemView ByIndex(XElement id, EwsCall call)
    {
        var (entry, _) = Entry(id.NeedAttr("RecurringMasterId"), call);
        var index = XmlReading.Number(id.NeedAttr("InstanceIndex"), "InstanceIndex", 1, int.MaxValue);
        var rule = entry.Content.Recurrence ?? throw new EwsError(
            "ErrorCalendarCannotUseIdForRecurringMasterId",
            "The id does not refer to a recurring master item.");
        var dates = Expansion.Dates(rule).Skip(index - 1).Take(1).ToList();
        if (dates.Count == 0)
        {
            throw new EwsError("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange",
                "Occurrence with this index is out of recurrence range.");
        }

        return entry.Content.Dropped.Contains(dates[0])
            ? throw new EwsError("ErrorCalendarOccurrenceIsDeletedFromRecurrence",
                "Occurrence with this index was previously deleted from the recurrence.")
            : new ItemView(entry, Occurrences.At(entry.Content, dates[0]));
    }

    private static ItemView MasterOf(string occurrenceId, EwsCall call)
    {
        var (entry, name) = Entry(occurrenceId, call);
        return name.OriginalStart is null
            ? throw new EwsError("ErrorCalendarCannotUseIdForOccurrenceId",
                "The id does not refer to an occurrence of a recurring item.")
            : ItemView.Of(entry);
    }

    /// <summary>Items of other mailboxes look like items that do not exist.</summary>
    private static (CalendarEntry Entry, ItemName Name) Entry(string id, EwsCall call)
    {
        var name = ItemIds.ReadItem(id) ?? throw EwsError.MalformedId();
        var entry = name.Mailbox == call.Mailbox.Id ? call.Mailbox.Find(name.Serial) : null;
        return (entry ?? throw EwsError.ItemNotFound(), name);
    }
}
