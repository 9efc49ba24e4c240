using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>
/// Asks to be told, on a stream, of every change in the calendar of the mailbox in whose name it is sent.
/// </summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/subscribe-operation"/>
internal static class Subscribe
{
    // NewMailEvent is left out: no mail arrives in a calendar.
    private static readonly string[] EventTypes =
    [
        "CopiedEvent",
        "CreatedEvent",
        "DeletedEvent",
        "ModifiedEvent",
        "MovedEvent",
        "FreeBusyChangedEvent",
    ];

    internal static void Write(XmlWriter xml) => xml.Message("Subscribe", () =>
        xml.Message("StreamingSubscriptionRequest", () =>
        {
            xml.Type("FolderIds", xml.CalendarFolder);
            xml.Type("EventTypes", () =>
            {
                foreach (var type in EventTypes)
                {
                    xml.Type("EventType", type);
                }
            });
        }));

    /// <summary>The id of the subscription; it belongs to the account, not to the mailbox.</summary>
    internal static Parsed<string> Read(Stream reply) =>
        SoapReply.Single(reply, "SubscribeResponse", "", static (xml, id) =>
            xml.Name == "SubscriptionId" ? xml.Token() : id)
        .Then<string>(id => id.Length > 0
            ? new Parsed<string>.Answer(id)
            : SoapReply.Malformed<string>("no SubscriptionId"));
}
