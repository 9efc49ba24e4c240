using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Contract.Exchange;

/// <summary>What came of reading a reply.</summary>
/// <param name="Code">NoError for an answer.</param>
/// <param name="Content">All that was understood, as text.</param>
internal sealed record Outcome(string Code, string Content);

/// <summary>A recorded reply, and how its operation is read.</summary>
internal sealed record Sample(string Name, Func<Stream, Outcome> Read, byte[] Bytes);

/// <summary>Replies of real servers and of Microsoft's documentation.</summary>
internal static class Samples
{
    /// <summary>How each operation's reply is read, by the name of the reply.</summary>
    internal static readonly IReadOnlyDictionary<string, Func<Stream, Outcome>> Readers =
        new Dictionary<string, Func<Stream, Outcome>>
        {
            ["ConvertIdResponse"] = reply => Of(ConvertId.Read(reply)),
            ["FindItemResponse"] = reply => Of(FindItem.Read(reply)),
            ["GetFolderResponse"] = reply => Of(GetFolder.Read(reply)),
            ["GetItemResponse"] = reply => Of(GetItem.Read(reply)),
            ["GetStreamingEventsResponse"] = Notice,
            ["GetUserAvailabilityResponse"] = reply => Of(GetWorkingHours.ReadZone(reply)),
            ["GetUserOofSettingsResponse"] = reply => Of(GetUserOofSettings.Read(reply)),
            ["SubscribeResponse"] = reply => Of(Subscribe.Read(reply)),
            ["SyncFolderItemsResponse"] = reply => Of(SyncFolderItems.Read(reply)),
            ["UnsubscribeResponse"] = reply => Of(Unsubscribe.Read(reply)),
        };

    /// <summary>Those of the operations that are read; a fault may come for any of them.</summary>
    internal static IReadOnlyList<Sample> All()
    {
        var folder = Shared.Folder("ews-samples");
        return
        [
            .. File.ReadLines(Path.Combine(folder, "PROVENANCE.tsv")).Skip(1)
                .Select(line => line.Split('\t'))
                .Where(columns => columns[1] == "Fault" || Readers.ContainsKey(columns[1]))
                .Select(columns => new Sample(
                    columns[0],
                    Readers[columns[1] == "Fault" ? "GetUserOofSettingsResponse" : columns[1]],
                    File.ReadAllBytes(Path.Combine(folder, columns[0])))),
        ];
    }

    private static Outcome Notice(Stream reply)
    {
        var notice = GetStreamingEvents.Read(reply);
        return new Outcome(notice.Verdict.Code, Printed.Of(notice));
    }

    private static Outcome Of<T>(Parsed<T> parsed) => new(
        parsed switch
        {
            Parsed<T>.Failed failed => failed.Verdict.Code,
            Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer items =>
                items.Value.FirstOrDefault(message => !message.IsSuccess)?.Verdict.Code ?? Verdict.NoError,
            _ => Verdict.NoError,
        },
        Printed.Of(parsed));
}
