using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>Translates an item's id from one of Exchange's spellings into another.</summary>
/// <remarks>The mailbox is checked for its syntax only: this tells nothing about whether it exists.</remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/convertid-operation"/>
internal static class ConvertId
{
    /// <param name="from">Format of the id: EwsId, HexEntryId, EntryId, OwaId, StoreId.</param>
    internal static void Write(XmlWriter xml, string id, string from, string to, string mailbox) =>
        xml.Message("ConvertId", () =>
        {
            xml.WriteAttributeString("DestinationFormat", to);
            xml.Message("SourceIds", () => xml.Type("AlternateId", () =>
            {
                xml.WriteAttributeString("Format", from);
                xml.WriteAttributeString("Id", id);
                xml.WriteAttributeString("Mailbox", mailbox);
            }));
        });

    internal static Parsed<string> Read(Stream reply) =>
        SoapReply.Single(reply, "ConvertIdResponse", "", static (xml, id) =>
            xml.Name == "AlternateId" ? xml.Attribute("Id") ?? id : id)
        .Then<string>(id => id.Length > 0
            ? new Parsed<string>.Answer(id)
            : SoapReply.Malformed<string>("no AlternateId"));
}
