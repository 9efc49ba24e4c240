namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The operation that gives items in full: singles, masters, occurrences and exceptions.</summary>
internal static class GetItem
{
    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var shape = ItemShape.Read(call.Request.Need("ItemShape"), call.Version);
        _ = call.Mailbox;
        reply.Start("GetItem");
        foreach (var id in call.Request.Need("ItemIds").Elements())
        {
            try
            {
                var item = ItemReference.Read(id, call);
                if (call.Faults.IsPoison(item.Entry))
                {
                    throw EwsError.Internal();
                }

                if (call.Faults.IsGone(item.Entry))
                {
                    throw EwsError.ItemNotFound();
                }

                reply.Success(xml =>
                {
                    xml.StartM("Items");
                    ItemWriter.WriteFull(xml, item, shape, call);
                    xml.WriteEndElement();
                });
            }
            catch (EwsError error)
            {
                reply.Error(error, xml =>
                {
                    xml.StartM("Items");
                    xml.WriteEndElement();
                });
            }
        }
    }
}
