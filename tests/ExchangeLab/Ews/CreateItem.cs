using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The operation that makes new calendar items, and invites people only if it is told to.</summary>
internal static class CreateItem
{
    private static readonly Duration HalfHour = Duration.FromMinutes(30);

    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var mode = call.Request.Attr("SendMeetingInvitations");
        _ = call.Mailbox;
        reply.Start("CreateItem");
        foreach (var item in call.Request.Need("Items").Elements())
        {
            try
            {
                var entry = Create(item, mode, call);
                reply.Success(xml => WrittenItem.Write(xml, ItemView.Of(entry)));
            }
            catch (Exception refusal) when (WrittenItem.Refusal(refusal) is { } error)
            {
                reply.Error(error, WrittenItem.WriteNone);
            }
        }
    }

    private static CalendarEntry Create(XElement item, string? mode, EwsCall call)
    {
        if (item.Name.LocalName != "CalendarItem")
        {
            throw new EwsError("ErrorInvalidItemForOperationCreateItem",
                "The item is not valid for this operation: the lab makes calendar items only.");
        }

        var sending = WriteModes.OfCreation(mode);
        var folder = call.Request.Child("SavedItemFolderId") is { } saved
            ? FolderReference.ReadFirst(saved, call)
            : Folder.Calendar;
        if (folder != Folder.Calendar)
        {
            throw new EwsError("ErrorCannotCreateCalendarItemInNonCalendarFolder",
                "Calendar items can be created in calendar folders only.");
        }

        var draft = ItemUpdates.Fill(Empty(call), item, call);
        if (item.Child("Start") is not null && item.Child("End") is null)
        {
            draft = draft.WithTimes(draft.Start, draft.Start + HalfHour);
        }

        return call.Organization.Create(
            call.Mailbox, (draft with { HasRule = true }).Finish(), draft.Details, draft.Uid, sending);
    }

    /// <summary>What an item is before the client says anything: the next half hour.</summary>
    private static ItemDraft Empty(EwsCall call)
    {
        var ticks = HalfHour.BclCompatibleTicks;
        var now = call.Organization.Clock.Now.ToUnixTimeTicks();
        var start = Instant.FromUnixTimeTicks((now / ticks * ticks) + ticks);
        return new ItemDraft
        {
            Details = new ItemDetails(),
            Content = new MeetingContent
            {
                Organizer = call.Mailbox.Address,
                Start = start,
                End = start + HalfHour,
                TimeZone = call.Mailbox.TimeZone,
            },
        };
    }
}
