using System.Xml;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Pipeline;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>The envelopes of a streaming reply.</summary>
internal sealed class StreamEnvelopes(ReplyStyles styles, SchemaGate schemas)
{
    private const string FolderChangeKey = "AQAAAA==";

    /// <summary>What a stream says first (OK) and last (Closed).</summary>
    public byte[] Status(string status) => Write((xml, _) => xml.M("ConnectionStatus", status));

    /// <summary>What happened, grouped by subscription in the order of events.</summary>
    public byte[] Notifications(IEnumerable<StreamSignal> signals) => Write((xml, wire) =>
    {
        xml.StartM("Notifications");
        foreach (var group in signals.GroupBy(signal => signal.SubscriptionId))
        {
            StartNotification(xml, wire, group.Key);
            foreach (var signal in group)
            {
                WriteEvent(xml, signal.Change!);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    /// <summary>The sign of life of a silent stream.</summary>
    public byte[] Heartbeat(IEnumerable<string> ids) =>
        Write((xml, wire) => WriteSignsOfLife(xml, wire, ids));

    /// <summary>The last envelope of a stream that fails, the only one of one that was not opened.</summary>
    public byte[] Refusal(StreamRefusal refusal, StreamManners manners)
    {
        var style = styles.Next();
        using var reply = new ReplyWriter(style, isStreamed: true);
        reply.Start("GetStreamingEvents");
        reply.Error(refusal.Error, xml =>
        {
            if (manners.Mixed && refusal.Good.Count > 0)
            {
                WriteSignsOfLife(xml, style.Settings, refusal.Good);
            }

            if (manners.NamesBad && refusal.Bad.Count > 0)
            {
                WriteBad(xml, style.Settings, refusal.Bad);
            }

            xml.M("ConnectionStatus", "Closed");
        });
        return Finish(reply);
    }

    private byte[] Write(Action<XmlWriter, WireSettings> payload)
    {
        var style = styles.Next();
        using var reply = new ReplyWriter(style, isStreamed: true);
        reply.Start("GetStreamingEvents");
        reply.Success(xml => payload(xml, style.Settings));
        return Finish(reply);
    }

    private byte[] Finish(ReplyWriter reply)
    {
        var envelope = reply.Finish();
        schemas.CheckReply(envelope);
        return envelope.ToArray();
    }

    private static void WriteSignsOfLife(XmlWriter xml, WireSettings wire, IEnumerable<string> ids)
    {
        xml.StartM("Notifications");
        foreach (var id in ids)
        {
            StartNotification(xml, wire, id);
            xml.StartT("StatusEvent");
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>The schema wants Notification in the types namespace; servers write it elsewhere.</summary>
    private static void StartNotification(XmlWriter xml, WireSettings wire, string id)
    {
        xml.StartIn(wire.NotificationInTypes, "Notification");
        xml.T("SubscriptionId", id);
        xml.T("MoreEvents", false);
    }

    /// <summary>
    /// The schema wants ids in the types namespace; the common clients read them in the messages namespace,
    /// where servers write them.
    /// </summary>
    private static void WriteBad(XmlWriter xml, WireSettings wire, IEnumerable<string> ids)
    {
        xml.StartM("ErrorSubscriptionIds");
        foreach (var id in ids)
        {
            xml.StartIn(wire.ErrorSubscriptionIdsInTypes, "SubscriptionId");
            xml.WriteString(id);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
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
