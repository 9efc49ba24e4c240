using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>What Exchange says about an item that it wrote.</summary>
/// <param name="ChangeKey">Its version now: who remembers it knows the echo of his own write.</param>
/// <param name="ConflictsCount">Properties that others had changed too, and that were resolved.</param>
internal sealed record WrittenItem(string Id, string ChangeKey, int ConflictsCount = 0)
{
    private static readonly WrittenItem Nothing = new("", "");

    /// <summary>
    /// A message an item, in the order of the question; its payload is null when nothing was written, and
    /// the first when there are several.
    /// </summary>
    /// <remarks>When the server has no time for one of the items, there is no answer at all.</remarks>
    internal static Parsed<IReadOnlyList<ResponseMessage<WrittenItem?>>> Read(
        Stream reply, string response) =>
        SoapReply.Messages(reply, response, Nothing, ReadPart)
        .Then<IReadOnlyList<ResponseMessage<WrittenItem?>>>(messages =>
            messages.FirstOrDefault(message => message.Verdict.IsBusy) is { } busy
                ? new Parsed<IReadOnlyList<ResponseMessage<WrittenItem?>>>.Failed(busy.Verdict)
                : new Parsed<IReadOnlyList<ResponseMessage<WrittenItem?>>>.Answer([.. messages.Select(
                    message => new ResponseMessage<WrittenItem?>(
                        message.Verdict,
                        message.IsSuccess,
                        message.Payload.Id.Length > 0 ? message.Payload : null))]));

    private static WrittenItem ReadPart(XmlCursor xml, WrittenItem item)
    {
        var inPart = xml.Enter();
        switch (xml.Name)
        {
            case "Items":
                while (xml.Next(inPart))
                {
                    item = ReadItem(xml, item);
                }

                return item;
            case "ConflictResults":
                while (xml.Next(inPart))
                {
                    item = xml.Name == "Count"
                        ? item with { ConflictsCount = RawValues.Number(xml.Token(), 0, int.MaxValue) ?? 0 }
                        : item;
                }

                return item;
            default:
                return item;
        }
    }

    private static WrittenItem ReadItem(XmlCursor xml, WrittenItem item)
    {
        var inItem = xml.Enter();
        while (xml.Next(inItem))
        {
            if (xml.Name == "ItemId" && item.Id.Length == 0 && xml.Attribute("Id") is { } id)
            {
                item = item with { Id = id, ChangeKey = xml.Attribute("ChangeKey") ?? "" };
            }
        }

        return item;
    }
}
