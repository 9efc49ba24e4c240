using System.Xml;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>
/// Writes an item with the properties that a client wants, in the schema's order; a message has none of
/// the calendar's.
/// </summary>
internal static class ItemWriter
{
    /// <summary>The whole element, as GetItem gives it.</summary>
    public static void WriteFull(XmlWriter xml, ItemView item, ItemShape shape, EwsCall call) =>
        Write(new ItemContext(xml, item, shape, call, IsGetItem: true));

    /// <summary>
    /// The element as listings give it: without body, attendees and the organizer's address.
    /// </summary>
    public static void WriteListed(XmlWriter xml, ItemView item, ItemShape shape, EwsCall call) =>
        Write(new ItemContext(xml, item, shape, call, IsGetItem: false));

    private static void Write(ItemContext context)
    {
        context.Xml.StartT(context.Entry.IsMessage ? "Message" : "CalendarItem");
        foreach (var property in ItemProperties.All)
        {
            if (property.Field == ItemProperties.ExtendedSlot)
            {
                WriteExtended(context);
            }
            else if ((context.IsGetItem || !property.IsGetItemOnly)
                && (!context.Entry.IsMessage || !property.IsOfCalendar)
                && context.Shape.Wants(property, context.Call.Version))
            {
                property.Write(context);
            }
        }

        context.Xml.WriteEndElement();
    }

    private static void WriteExtended(ItemContext context)
    {
        foreach (var field in context.Shape.Extended)
        {
            if (field.ValuesOf(context.Item) is { } values)
            {
                ExtendedXml.Write(context.Xml, field, values);
            }
        }
    }
}
