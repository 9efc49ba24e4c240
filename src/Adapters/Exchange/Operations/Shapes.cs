using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>Which properties of an item are asked for.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/itemshape"/>
internal static class Shapes
{
    /// <summary>What an occurrence may have of its own.</summary>
    internal static readonly string[] OfOccurrences =
    [
        "item:Subject",
        "item:Body",
        "calendar:Start",
        "calendar:End",
        "calendar:IsAllDayEvent",
        "calendar:LegacyFreeBusyStatus",
        "calendar:Location",
        "calendar:IsCancelled",
        "calendar:JoinOnlineMeetingUrl",
    ];

    /// <summary>What a meeting is made of.</summary>
    internal static readonly string[] OfMeetings =
    [
        .. OfOccurrences,
        "item:Sensitivity",
        "item:LastModifiedTime",
        "calendar:UID",
        "calendar:IsMeeting",
        "calendar:CalendarItemType",
        "calendar:MyResponseType",
        "calendar:Organizer",
        "calendar:RequiredAttendees",
        "calendar:OptionalAttendees",
        "calendar:Resources",
        "calendar:Recurrence",
        "calendar:ModifiedOccurrences",
        "calendar:DeletedOccurrences",
        "calendar:StartTimeZone",
    ];

    /// <summary>Writes the shape: only the id and the key of an item.</summary>
    internal static void IdOnly(XmlWriter xml) =>
        xml.Message("ItemShape", () => xml.Type("BaseShape", "IdOnly"));

    /// <summary>
    /// Writes the shape: these properties, the text as it is stored, HTML or plain, up to a bound.
    /// </summary>
    internal static void With(XmlWriter xml, IEnumerable<string> properties) => xml.Message("ItemShape", () =>
    {
        xml.Type("BaseShape", "IdOnly");
        xml.Type("BodyType", "Best");
        xml.Type("MaximumBodySize", Bounds.BodyBytes.ToString(CultureInfo.InvariantCulture));
        xml.Type("AdditionalProperties", () =>
        {
            Fields(xml, properties);
            foreach (var name in OnlineMeetingProperties.Names.Prepend(ExtendedName.CleanGlobalObjectId))
            {
                name.Write(xml);
            }
        });
    });

    /// <summary>
    /// Writes the shape: what may be edited, the text in full, since what is cut off would be lost.
    /// </summary>
    internal static void ForEditing(XmlWriter xml, IEnumerable<ExtendedName> own) =>
        xml.Message("ItemShape", () =>
        {
            xml.Type("BaseShape", "IdOnly");
            xml.Type("BodyType", "Best");
            xml.Type("AdditionalProperties", () =>
            {
                Fields(xml, ["item:Subject", "item:Body", "calendar:Location", "calendar:MyResponseType"]);
                foreach (var name in own)
                {
                    name.Write(xml);
                }
            });
        });

    private static void Fields(XmlWriter xml, IEnumerable<string> properties)
    {
        foreach (var property in properties)
        {
            xml.Type("FieldURI", () => xml.WriteAttributeString("FieldURI", property));
        }
    }
}
