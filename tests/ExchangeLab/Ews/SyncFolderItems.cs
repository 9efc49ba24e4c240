using System.Xml;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>
/// The operation that gives what changed in a folder since a state, newest first, page by page.
/// </summary>
internal static class SyncFolderItems
{
    public const int ChangesMax = 512;

    public static Action<ReplyWriter> Look(EwsCall call)
    {
        var shape = ItemShape.Read(call.Request.Need("ItemShape"), call.Version);
        var max = XmlReading.Number(
            call.Request.Need("MaxChangesReturned").Value, "MaxChangesReturned", 1, ChangesMax);
        var ignored = call.Request.Child("Ignore")?.Elements()
            .Select(id => id.NeedAttr("Id")).ToHashSet(StringComparer.Ordinal) ?? [];
        var mailbox = call.Mailbox;
        try
        {
            var folder = FolderReference.ReadFirst(call.Request.Need("SyncFolderId"), call);
            var state = ReadState(call.Request.Child("SyncState")?.Value, call);
            var round = state.RoundIsOver
                ? new SyncState(state.Base, mailbox.Log.Newest, mailbox.Log.Newest + 1)
                : state;
            var page = folder == Folder.Calendar ? mailbox.Log
                .Between(round.Base, round.Cursor, round.Top)
                .Where(change => IsNews(change.Mark, round.Base))
                .Where(change => change.Mark.Gone || !mailbox.Find(change.Serial)!.IsHidden)
                .Where(change => ignored.Count == 0
                    || !ignored.Contains(ItemIds.Item(mailbox.Id, change.Serial)))
                .Take(max + 1)
                .ToList() : [];
            var isLast = page.Count <= max;
            var shown = page.Take(max)
                .Select(change => new Change(
                    change.Serial,
                    change.Position,
                    change.Mark.Last,
                    change.Mark.Created > round.Base,
                    change.Mark.Gone ? null : mailbox.Find(change.Serial)!.Snapshot()))
                .ToList();
            var next = isLast
                ? new SyncState(round.Top, round.Top, round.Top)
                : round with { Cursor = shown[^1].Position };
            var nextState = next.Write(mailbox.Id, call.Organization.SyncEpoch);
            return reply =>
            {
                reply.Start("SyncFolderItems");
                reply.Success(xml => Write(xml, nextState, isLast, shown, shape, call));
            };
        }
        catch (EwsError error)
        {
            return reply =>
            {
                reply.Start("SyncFolderItems");
                reply.Error(error, xml => Write(xml, "", true, [], shape, call));
            };
        }
    }

    private static void Write(
        XmlWriter xml, string state, bool isLast, List<Change> changes, ItemShape shape, EwsCall call)
    {
        xml.M("SyncState", state);
        xml.M("IncludesLastItemInRange", isLast ? "true" : "false");
        xml.StartM("Changes");
        foreach (var change in changes)
        {
            WriteChange(xml, change, shape, call);
        }

        xml.WriteEndElement();
    }

    /// <summary>What came and went between two rounds was never seen by the client.</summary>
    private static bool IsNews(SyncMark mark, long after) => !(mark.Gone && mark.Created > after);

    private static SyncState ReadState(string? text, EwsCall call) => string.IsNullOrEmpty(text)
        ? SyncState.Beginning
        : SyncState.Read(text, call.Mailbox.Id, call.Organization.SyncEpoch) ?? throw new EwsError(
            "ErrorInvalidSyncStateData", "Synchronization state data is corrupt or otherwise invalid.");

    private static void WriteChange(XmlWriter xml, Change change, ItemShape shape, EwsCall call)
    {
        if (change.Entry is { } entry)
        {
            xml.StartT(change.IsNew ? "Create" : "Update");
            ItemWriter.WriteListed(xml, ItemView.Of(entry), shape, call);
        }
        else
        {
            var mailbox = call.Mailbox.Id;
            xml.StartT("Delete");
            xml.Id("ItemId", ItemIds.Item(mailbox, change.Serial), ChangeKeys.Of(mailbox, change.Last));
        }

        xml.WriteEndElement();
    }

    /// <summary>A change as it was when the client asked.</summary>
    /// <param name="Serial">The item.</param>
    /// <param name="Position">Where the change log mentions it.</param>
    /// <param name="Last">Where the log mentions it last.</param>
    /// <param name="IsNew">Whether the client has not seen the item before.</param>
    /// <param name="Entry">The item; null when it is gone.</param>
    private sealed record Change(int Serial, long Position, long Last, bool IsNew, CalendarEntry? Entry);
}
