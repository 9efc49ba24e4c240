using System.Xml;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>Asks for items in full, by their ids.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/getitem-operation"/>
internal static class GetItem
{
    /// <param name="ids">At most <see cref="Bounds.ItemsPerBatch"/>.</param>
    /// <param name="properties">One of <see cref="Shapes"/>.</param>
    internal static void Write(XmlWriter xml, IEnumerable<string> ids, IEnumerable<string> properties) =>
        xml.Message("GetItem", () =>
        {
            Shapes.With(xml, properties);
            xml.Message("ItemIds", () =>
            {
                foreach (var id in ids)
                {
                    xml.Type("ItemId", () => xml.WriteAttributeString("Id", id));
                }
            });
        });

    /// <summary>
    /// A message an item, in the order of the question; its payload is null when there is none in it.
    /// </summary>
    /// <remarks>
    /// When the server has no time for one of the items, or does not speak the dialect, there is no answer.
    /// </remarks>
    internal static Parsed<IReadOnlyList<ResponseMessage<RawItem?>>> Read(Stream reply) =>
        SoapReply.Messages<RawItem?>(reply, "GetItemResponse", null, ReadItems)
        .Then<IReadOnlyList<ResponseMessage<RawItem?>>>(messages =>
            messages.FirstOrDefault(message => message.Verdict.IsOfTheCall) is { } refusal
                ? new Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Failed(refusal.Verdict)
                : new Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer(messages));

    private static RawItem? ReadItems(XmlCursor xml, RawItem? item)
    {
        if (xml.Name != "Items")
        {
            return item;
        }

        var inItems = xml.Enter();
        while (xml.Next(inItems))
        {
            if (xml.Name == RawItem.ElementName)
            {
                item = RawItemReader.Read(xml);
            }
            else if (xml.Name.Length > 0)
            {
                item ??= new RawItem { IsOfOtherClass = true };
            }
        }

        return item;
    }
}
