using System.Xml;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>
/// The operation that gives what changed in a folder since a state, newest first, page by page.
/// </summary>
internal static class SyncFolderItems
{
    public const int ChangesMax = 512;

    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var shape = ItemShape.Read(call.Request.Need("ItemShape"), call.Version);
        var max = XmlReading.Number(
            call.Request.Need("MaxChangesReturned").Value, "MaxChangesReturned", 1, ChangesMax);
        var ignored = call.Request.Child("Ignore")?.Elements()
            .Select(id => id.NeedAttr("Id")).ToHashSet(StringComparer.Ordinal) ?? [];
        var mailbox = call.Mailbox;
        reply.Start("SyncFolderItems");
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
                .Where(change => ignored.Count == 0 || !ignored.Contains(ItemIds.Item(mailbox.Id, change.Serial)))
                .Take(max + 1)
                .ToList() : [];
            var isLast = page.Count <= max;
            var shown = page.Take(max).ToList();
            var next = isLast
                ? new SyncState(round.Top, round.Top, round.Top)
                : round with { Cursor = shown[^1].Position };
            reply.Success(xml =>
            {
                WriteState(xml, next.Write(mailbox.Id, call.Organization.SyncEpoch), isLast);
                xml.StartM("Changes");
                foreach (var (serial, _, mark) in shown)
                {
                    WriteChange(xml, serial, mark, round.Base, shape, call);
                }

                xml.WriteEndElement();
            });
        }
        catch (EwsError error)
        {
            reply.Error(error, xml =>
            {
                WriteState(xml, "", true);
                xml.StartM("Changes");
                xml.WriteEndElement();
            });
        }
    }

    /// <summary>What came and went between two rounds was never seen by the client.</summary>
    private static bool IsNews(SyncMark mark, long after) => !(mark.Gone && mark.Created > after);

    private static SyncState ReadState(string? text, EwsCall call) => string.IsNullOrEmpty(text)
        ? SyncState.Beginning
        : SyncState.Read(text, call.Mailbox.Id, call.Organization.SyncEpoch) ?? throw new EwsError(
            "ErrorInvalidSyncStateData", "Synchronization state data is corrupt or otherwise invalid.");

    private static void WriteState(XmlWriter xml, string state, bool isLast)
    {
        xml.M("SyncState", state);
        xml.M("IncludesLastItemInRange", isLast ? "true" : "false");
    }

    private static void WriteChange(
        XmlWriter xml, int serial, SyncMark mark, long after, ItemShape shape, EwsCall call)
    {
        var mailbox = call.Mailbox;
        if (mark.Gone)
        {
            xml.StartT("Delete");
            xml.Id("ItemId", ItemIds.Item(mailbox.Id, serial), ChangeKeys.Of(mailbox.Id, mark.Last));
        }
        else
        {
            xml.StartT(mark.Created > after ? "Create" : "Update");
            ItemWriter.WriteListed(xml, ItemView.Of(mailbox.Find(serial)!), shape, call);
        }

        xml.WriteEndElement();
    }
}
