using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Meetings;

namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>Reads a reply as the client does, and tells what came of it.</summary>
internal delegate void ReadReply(Stream reply, Evidence evidence);

/// <summary>How the client reads the reply of each operation, by the name of its element.</summary>
internal static class ReplyReaders
{
    /// <summary>What has no element of its own: it is read as whatever was asked for.</summary>
    internal const string Any = "GetUserOofSettingsResponse";

    private static readonly MeetingReading Reading = new(
        new MailboxSeal(Guid.Empty, new byte[MailboxSeal.DataKeyBytes]),
        Targets.Find);

    internal static readonly IReadOnlyDictionary<string, ReadReply> All = new Dictionary<string, ReadReply>
    {
        ["ConvertIdResponse"] = (reply, evidence) => Text(ConvertId.Read(reply), evidence),
        ["FindItemResponse"] = (reply, evidence) =>
        {
            foreach (var item in Value(FindItem.Read(reply), evidence)?.Items ?? [])
            {
                evidence.Kept(item.ItemId);
            }
        },
        ["GetFolderResponse"] = (reply, evidence) =>
            evidence.Kept(Value(GetFolder.Read(reply), evidence)?.Id),
        ["GetItemResponse"] = ReadItems,
        ["GetStreamingEventsResponse"] = (reply, evidence) =>
            Notice(GetStreamingEvents.Read(reply), evidence),
        ["GetUserOofSettingsResponse"] = (reply, evidence) => Value(GetUserOofSettings.Read(reply), evidence),
        ["SubscribeResponse"] = (reply, evidence) => Text(Subscribe.Read(reply), evidence),
        ["SyncFolderItemsResponse"] = ReadPage,
        ["UnsubscribeResponse"] = (reply, evidence) => Value(Unsubscribe.Read(reply), evidence),
    };

    /// <summary>Looks at what one envelope of a stream said.</summary>
    internal static void Notice(StreamedNotice notice, Evidence evidence)
    {
        if (notice.Verdict.Code != Verdict.NoError)
        {
            evidence.Failed(notice.Verdict);
        }

        foreach (var subscription in notice.Changed.Concat(notice.Lost))
        {
            evidence.Kept(subscription);
        }
    }

    private static void Text(Parsed<string> parsed, Evidence evidence) =>
        evidence.Kept(Value(parsed, evidence));

    private static void ReadPage(Stream reply, Evidence evidence)
    {
        if (Value(SyncFolderItems.Read(reply), evidence) is { } page)
        {
            evidence.Kept(page.Cursor);
            foreach (var id in page.Changed.Concat(page.Deleted))
            {
                evidence.Kept(id);
            }
        }
    }

    private static void ReadItems(Stream reply, Evidence evidence)
    {
        foreach (var message in Value(GetItem.Read(reply), evidence) ?? [])
        {
            if (!message.IsSuccess)
            {
                evidence.Failed(message.Verdict);
            }

            if (message.Payload is { IsOfOtherClass: false } item)
            {
                Understand(item, evidence);
            }
        }
    }

    // Items are also made meetings of, so that what was damaged inside of them is met as well.
    private static void Understand(RawItem item, Evidence evidence)
    {
        Reading.Digest(item);
        evidence.Kept(item.ItemId);
        item.Modified.ForEach(occurrence => evidence.Kept(occurrence.ItemId));
        var changed = new List<ChangedOccurrence>();
        foreach (var occurrence in item.Modified.Take(Bounds.ExceptionsPerSeries))
        {
            switch (Reading.ReadOccurrence(occurrence, item, item: null))
            {
                case Understood<ChangedOccurrence>.Value value: changed.Add(value.Content); break;
                case var wrong: evidence.Problem(wrong.Problem); break;
            }
        }

        switch (Reading.Read("id", item, changed))
        {
            case ItemRead.Unreadable unreadable:
                evidence.Problem(unreadable.Reason);
                break;
            case ItemRead.Meeting meeting:
                evidence.Kept(meeting.GlobalId);
                evidence.Kept(meeting.ChangeKey);
                evidence.Kept(meeting.Facts.When.Zone);
                break;
            default:
                evidence.Complain("an item that is neither a meeting nor unreadable");
                break;
        }
    }

    private static T? Value<T>(Parsed<T> parsed, Evidence evidence)
    {
        switch (parsed)
        {
            case Parsed<T>.Answer answer:
                return answer.Value;
            case Parsed<T>.Failed failed:
                evidence.Failed(failed.Verdict);
                return default;
            default:
                evidence.Complain("neither an answer nor a failure");
                return default;
        }
    }
}
