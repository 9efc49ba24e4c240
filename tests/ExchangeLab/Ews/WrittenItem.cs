using System.Xml;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>What a reply says about an item that was written, or could not be.</summary>
internal static class WrittenItem
{
    public static void Write(XmlWriter xml, ItemView item)
    {
        xml.StartM("Items");
        xml.StartT(item.Entry.IsMessage ? "Message" : "CalendarItem");
        xml.Id("ItemId", item.Id, item.Entry.ChangeKey);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    public static void WriteNone(XmlWriter xml)
    {
        xml.StartM("Items");
        xml.WriteEndElement();
    }

    /// <summary>The error that an exception is for one item; null when it is none.</summary>
    public static EwsError? Refusal(Exception exception) => exception switch
    {
        EwsError error => error,
        LabRefusal { Code: { } code } refusal => new EwsError(code, refusal.Message),
        _ => null,
    };
}
