using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>
/// The operation that asks to be told about a mailbox. Only streaming subscriptions exist here.
/// </summary>
internal static class Subscribe
{
    private static readonly Dictionary<string, ChangeKind> EventTypes = new(StringComparer.Ordinal)
    {
        ["CreatedEvent"] = ChangeKind.Created,
        ["ModifiedEvent"] = ChangeKind.Modified,
        ["DeletedEvent"] = ChangeKind.Deleted,
        ["MovedEvent"] = ChangeKind.Moved,
        ["CopiedEvent"] = ChangeKind.Copied,
        ["FreeBusyChangedEvent"] = ChangeKind.FreeBusyChanged,
    };

    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var mailbox = call.Mailbox;
        reply.Start("Subscribe");
        try
        {
            var request = call.Request.Child("StreamingSubscriptionRequest") ?? throw new EwsError(
                "ErrorInvalidSubscriptionRequest", "The subscription request is invalid: only streaming "
                + "subscriptions are offered.");
            var kinds = Kinds(request.Need("EventTypes"));
            var folders = Folders(request, call);
            var id = call.Subscriptions.Add(
                call.BackEnd, call.Caller.Account, mailbox, folders, kinds);
            reply.Success(xml => xml.M("SubscriptionId", id));
        }
        catch (EwsError error)
        {
            reply.Error(error);
        }
    }

    private static HashSet<ChangeKind> Kinds(XElement eventTypes)
    {
        var kinds = new HashSet<ChangeKind>();
        foreach (var type in eventTypes.Elements())
        {
            if (EventTypes.TryGetValue(type.Value, out var kind))
            {
                kinds.Add(kind);
            }
            else if (type.Value != "NewMailEvent")
            {
                throw EwsFault.SchemaViolation($"The 'EventType' element is invalid: '{type.Value}'.");
            }
        }

        return kinds;
    }

    /// <summary>The folders to watch; null for all of them.</summary>
    private static HashSet<Folder>? Folders(XElement request, EwsCall call)
    {
        var isAll = request.Attr("SubscribeToAllFolders") is "true" or "1";
        var ids = request.Child("FolderIds")?.Elements().ToList() ?? [];
        return isAll == ids.Count > 0
            ? throw new EwsError("ErrorInvalidSubscriptionRequest",
                "The subscription request names either folders or all folders.")
            : isAll ? null : ids.Select(id => FolderReference.Read(id, call)).ToHashSet();
    }
}
