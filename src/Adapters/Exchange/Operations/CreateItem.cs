using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>Who is sent an invitation to a new meeting.</summary>
internal enum CreationSending
{
    SendToNone,
    SendOnlyToAll,
    SendToAllAndSaveCopy,
}

/// <summary>Puts a new item into a mailbox's calendar.</summary>
/// <remarks>
/// Sent twice, it makes two items: nothing in the protocol tells a repetition. Whoever may repeat it gives
/// the item a property of his own, and looks for that first (<see cref="FindPage"/>).
/// </remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/createitem-operation"/>
internal static class CreateItem
{
    /// <param name="properties">In any order; they are written in the schema's.</param>
    internal static void Write(
        XmlWriter xml, IEnumerable<WrittenProperty> properties, CreationSending sending) =>
        xml.Message("CreateItem", () =>
        {
            xml.WriteAttributeString("SendMeetingInvitations", sending.ToString());
            xml.Message("SavedItemFolderId", xml.CalendarFolder);
            xml.Message("Items", () => xml.Type("CalendarItem", () =>
            {
                foreach (var property in properties.OrderBy(property => property.Place))
                {
                    property.Write(xml);
                }
            }));
        });

    internal static Parsed<IReadOnlyList<ResponseMessage<WrittenItem?>>> Read(Stream reply) =>
        WrittenItem.Read(reply, "CreateItemResponse");
}
