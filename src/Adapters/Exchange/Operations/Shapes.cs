using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>Which properties of an item are asked for.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/itemshape"/>
internal static class Shapes
{
    /// <summary>
    /// MAPI's PidLidCleanGlobalObjectId: property 35 of the set of meetings, a byte string.
    /// </summary>
    internal const int CleanGlobalObjectId = 35;

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
            foreach (var property in properties)
            {
                xml.Type("FieldURI", () => xml.WriteAttributeString("FieldURI", property));
            }

            xml.Type("ExtendedFieldURI", () =>
            {
                xml.WriteAttributeString("DistinguishedPropertySetId", "Meeting");
                var id = CleanGlobalObjectId.ToString(CultureInfo.InvariantCulture);
                xml.WriteAttributeString("PropertyId", id);
                xml.WriteAttributeString("PropertyType", "Binary");
            });
        });
    });
}
