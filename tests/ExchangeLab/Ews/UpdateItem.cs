using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The operation that changes properties of items, and tells others only if it is told to.</summary>
internal static class UpdateItem
{
    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var resolution = XmlReading.Word<ConflictResolution>(
            call.Request.NeedAttr("ConflictResolution"), "ConflictResolution");
        var mode = call.Request.Attr("SendMeetingInvitationsOrCancellations");
        _ = call.Mailbox;
        reply.Start("UpdateItem");
        foreach (var change in call.Request.Need("ItemChanges").Elements())
        {
            try
            {
                var (item, conflicts) = Change(change, resolution, WriteModes.OfUpdate(mode), call);
                reply.Success(xml =>
                {
                    WrittenItem.Write(xml, item);
                    xml.StartM("ConflictResults");
                    xml.T("Count", conflicts);
                    xml.WriteEndElement();
                });
            }
            catch (Exception refusal) when (WrittenItem.Refusal(refusal) is { } error)
            {
                reply.Error(error, WrittenItem.WriteNone);
            }
        }
    }

    private static (ItemView Item, int Conflicts) Change(
        XElement change, ConflictResolution resolution, Sending sending, EwsCall call)
    {
        var id = change.Elements().First();
        var item = ItemReference.Read(id, call);
        var entry = item.Entry;
        if (sending.To != SendTo.None && entry.Folder == Folder.DeletedItems)
        {
            throw new EwsError("ErrorCalendarCannotUpdateDeletedItem",
                "Update item with sending of meeting requests or cancellations is not allowed for items "
                + "in Deleted Items.");
        }

        var updates = ItemUpdates.ReadAll(change.Need("Updates"), call);
        var conflicts = Conflicts.Find(item, updates, id.Attr("ChangeKey"), resolution, call);
        var wanted = Conflicts.Resolve(updates, conflicts, entry.Content.Sensitivity).ToList();
        var draft = ItemUpdates.Apply(Draft(item), wanted, call);
        var isOfCalendar = wanted.Any(update => IsOfMeeting(update.Path)) || draft.Date is not null;
        if (isOfCalendar && entry.IsMessage)
        {
            throw new EwsError("ErrorInvalidPropertySet", "Set action is invalid for property.");
        }

        call.Organization.Update(entry, isOfCalendar ? draft.Finish() : entry.Content,
            written => written.SetDetails(draft.Date, draft.Details), sending);
        return (draft.Date is { } date ? new ItemView(entry, Occurrences.At(entry.Content, date))
            : ItemView.Of(entry), conflicts.Count);
    }

    /// <summary>Whether the property is of the meeting, and not only of this mailbox's item.</summary>
    private static bool IsOfMeeting(PropertyPath path) =>
        path.Field is { } field && !field.StartsWith("item:Reminder", StringComparison.Ordinal)
        && field is not ("item:Categories" or "item:Importance");

    private static ItemDraft Draft(ItemView item)
    {
        var occurrence = item.Occurrence;
        return new ItemDraft
        {
            Content = item.Entry.Content,
            Details = item.Details,
            Date = occurrence.Date,
            Own = occurrence.Date is null ? null
                : occurrence.Own ?? new OccurrenceChange(occurrence.Start, occurrence.End, null, null),
        };
    }
}
