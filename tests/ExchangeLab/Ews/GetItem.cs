using System.Xml.Linq;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The operation that gives items in full: singles, masters, occurrences and exceptions.</summary>
internal static class GetItem
{
    public static Action<ReplyWriter> Look(EwsCall call)
    {
        var shape = ItemShape.Read(call.Request.Need("ItemShape"), call.Version);
        _ = call.Mailbox;
        var found = call.Request.Need("ItemIds").Elements().Select(id => TryFind(id, call)).ToList();
        return reply => Write(reply, found, shape, call);
    }

    private static void Write(
        ReplyWriter reply, List<(ItemView? Item, EwsError? Error)> found, ItemShape shape, EwsCall call)
    {
        reply.Start("GetItem");
        foreach (var (item, error) in found)
        {
            if (error is not null)
            {
                reply.Error(error, xml =>
                {
                    xml.StartM("Items");
                    xml.WriteEndElement();
                });
                continue;
            }

            reply.Success(xml =>
            {
                xml.StartM("Items");
                ItemWriter.WriteFull(xml, item!, shape, call);
                xml.WriteEndElement();
            });
        }
    }

    private static (ItemView? Item, EwsError? Error) TryFind(XElement id, EwsCall call)
    {
        try
        {
            var item = ItemReference.Read(id, call);
            return call.Faults.IsPoison(item.Entry) ? (null, EwsError.Internal())
                : call.Faults.IsGone(item.Entry) ? (null, EwsError.ItemNotFound())
                : (item with { Entry = item.Entry.Snapshot() }, null);
        }
        catch (EwsError error)
        {
            return (null, error);
        }
    }
}
