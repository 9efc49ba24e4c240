using System.Xml;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>The envelopes of a streaming reply.</summary>
internal static class StreamEnvelope
{
    private const string FolderChangeKey = "AQAAAA==";

    /// <summary>What a stream says first (OK) and last (Closed).</summary>
    public static byte[] Status(string status) => Write(xml => xml.M("ConnectionStatus", status));

    /// <summary>What happened, grouped by subscription in the order of events.</summary>
    public static byte[] Notifications(IEnumerable<StreamSignal> signals) => Write(xml =>
    {
        xml.StartM("Notifications");
        foreach (var group in signals.GroupBy(signal => signal.SubscriptionId))
        {
            xml.StartM("Notification");
            xml.T("SubscriptionId", group.Key);
            xml.T("MoreEvents", false);
            foreach (var signal in group)
            {
                WriteEvent(xml, signal.Change!);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    /// <summary>The sign of life of a silent stream.</summary>
    public static byte[] Heartbeat(IEnumerable<string> ids) => Write(xml =>
    {
        xml.StartM("Notifications");
        foreach (var id in ids)
        {
            xml.StartM("Notification");
            xml.T("SubscriptionId", id);
            xml.T("MoreEvents", false);
            xml.StartT("StatusEvent");
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    /// <summary>The end of a stream that names subscriptions which do not exist.</summary>
    /// <param name="ids">Those that do not exist.</param>
    /// <param name="isInTypes">Whether ids stand in the types namespace, where the schema wants them; the
    /// common clients read them in the messages namespace, where servers write them.</param>
    public static byte[] NotFound(IEnumerable<string> ids, bool isInTypes)
    {
        using var reply = new ReplyWriter(isStreamed: true);
        reply.Start("GetStreamingEvents");
        var error = new EwsError("ErrorSubscriptionNotFound", "The subscription was not found.");
        reply.Error(error, xml =>
        {
            xml.StartM("ErrorSubscriptionIds");
            foreach (var id in ids)
            {
                if (isInTypes)
                {
                    xml.T("SubscriptionId", id);
                }
                else
                {
                    xml.M("SubscriptionId", id);
                }
            }

            xml.WriteEndElement();
            xml.M("ConnectionStatus", "Closed");
        });
        return reply.Finish().ToArray();
    }

    /// <summary>The only envelope of a stream that was not opened.</summary>
    public static byte[] Refusal(EwsError error)
    {
        using var reply = new ReplyWriter(isStreamed: true);
        reply.Start("GetStreamingEvents");
        reply.Error(error, xml => xml.M("ConnectionStatus", "Closed"));
        return reply.Finish().ToArray();
    }

    private static byte[] Write(Action<XmlWriter> payload)
    {
        using var reply = new ReplyWriter(isStreamed: true);
        reply.Start("GetStreamingEvents");
        reply.Success(payload);
        return reply.Finish().ToArray();
    }

    private static void WriteEvent(XmlWriter xml, MailboxChange change)
    {
        var mailbox = change.Mailbox.Id;
        var isFolder = change.Kind == ChangeKind.FolderModified;
        xml.StartT((isFolder ? ChangeKind.Modified : change.Kind) + "Event");
        xml.T("TimeStamp", change.At);
        if (isFolder)
        {
            xml.Id("FolderId", ItemIds.FolderId(mailbox, Folder.Calendar), FolderChangeKey);
            xml.Id("ParentFolderId", ItemIds.FolderId(mailbox, Folder.Root), FolderChangeKey);
        }
        else
        {
            var changeKey = ChangeKeys.Of(mailbox, change.ChangeNumber);
            xml.Id("ItemId", ItemIds.Item(mailbox, change.Serial), changeKey);
            xml.Id("ParentFolderId", ItemIds.FolderId(mailbox, change.Folder), FolderChangeKey);
        }

        if (change.Kind is ChangeKind.Moved or ChangeKind.Copied)
        {
            xml.Id("OldItemId", ItemIds.Item(mailbox, change.OldSerial));
            xml.Id("OldParentFolderId", ItemIds.FolderId(mailbox, change.OldFolder), FolderChangeKey);
        }

        xml.WriteEndElement();
    }
}
