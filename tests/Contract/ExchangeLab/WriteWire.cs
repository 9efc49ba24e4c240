using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Hand-written requests that write.</summary>
internal static class WriteWire
{
    public const string OwnId = "DistinguishedPropertySetId=\"PublicStrings\" PropertyName=\"OwnId\" "
        + "PropertyType=\"String\"";

    /// <summary>The same name in another spelling.</summary>
    public const string OwnIdBySet = "PropertySetId=\"00020329-0000-0000-C000-000000000046\" "
        + "PropertyName=\"OwnId\" PropertyType=\"String\"";

    public static string Create(string content, string? send = "SendToNone") =>
        $"<m:CreateItem{Attribute("SendMeetingInvitations", send)}><m:Items><t:CalendarItem>{content}"
        + "</t:CalendarItem></m:Items></m:CreateItem>";

    public static string Update(
        string id, string changes, string mode = "NeverOverwrite", string? send = "SendToNone") =>
        $"<m:UpdateItem ConflictResolution=\"{mode}\""
        + $"{Attribute("SendMeetingInvitationsOrCancellations", send)}><m:ItemChanges><t:ItemChange>{id}"
        + $"<t:Updates>{changes}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>";

    public static string Set(string field, string element, string verb = "SetItemField") =>
        $"<t:{verb}><t:FieldURI FieldURI=\"{field}\"/><t:CalendarItem>{element}</t:CalendarItem></t:{verb}>";

    public static string SetOwnId(string value) =>
        $"<t:SetItemField><t:ExtendedFieldURI {OwnId}/><t:CalendarItem>{OwnIdOf(value)}</t:CalendarItem>"
        + "</t:SetItemField>";

    public static string OwnIdOf(string value) =>
        $"<t:ExtendedProperty><t:ExtendedFieldURI {OwnId}/><t:Value>{value}</t:Value></t:ExtendedProperty>";

    public static string Delete(string field) =>
        $"<t:DeleteItemField><t:FieldURI FieldURI=\"{field}\"/></t:DeleteItemField>";

    /// <summary>The shape that asks for the own id, spelled in one way or the other.</summary>
    public static string WithOwnId(string spelling = OwnId) =>
        $"<t:AdditionalProperties><t:ExtendedFieldURI {spelling}/></t:AdditionalProperties>";

    public static string Attendees(string name, params string[] addresses) => $"<t:{name}>"
        + string.Concat(addresses.Select(address => "<t:Attendee><t:Mailbox><t:EmailAddress>"
            + $"{address}</t:EmailAddress></t:Mailbox></t:Attendee>")) + $"</t:{name}>";

    /// <summary>The id element of an item, with its change key.</summary>
    public static string Id(this XElement item) => item.Element(Wire.T + "ItemId")!.ToString();

    public static string ChangeKey(this XElement item) =>
        item.Element(Wire.T + "ItemId")!.Attribute("ChangeKey")!.Value;

    private static string Attribute(string name, string? value) =>
        value is null ? "" : $" {name}=\"{value}\"";
}
