using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>What becomes of a write to an item that somebody else has changed since it was read.</summary>
internal enum ConflictResolution
{
    /// <summary>It is refused.</summary>
    NeverOverwrite,

    /// <summary>The server merges both; mostly the last one wins.</summary>
    AutoResolve,

    /// <summary>It is done.</summary>
    AlwaysOverwrite,
}

/// <summary>Who is sent mail about a write.</summary>
internal enum UpdateSending
{
    SendToNone,
    SendOnlyToAll,
    SendOnlyToChanged,
    SendToAllAndSaveCopy,
    SendToChangedAndSaveCopy,
}

/// <summary>What is done to one property. Exactly one of the nested cases.</summary>
internal abstract record PropertyChange
{
    private PropertyChange() { }

    internal sealed record Set(WrittenProperty Property) : PropertyChange;

    internal sealed record Append : PropertyChange
    {
        /// <exception cref="ArgumentException">The property holds one value only.</exception>
        internal Append(WrittenProperty property)
        {
            Property = property.CanAppend ? property : throw new ArgumentException(
                $"Nothing can be added to {property}: it is set as a whole.", nameof(property));
        }

        internal WrittenProperty Property { get; }
    }

    internal sealed record Delete(PropertyPath Path) : PropertyChange;
}

/// <summary>Changes properties of one item. The item must have been read: its change key is sent.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/updateitem-operation"/>
internal static class UpdateItem
{
    /// <summary>Somebody else wrote meanwhile: read the item again, and decide again.</summary>
    internal static bool IsConflict(string code) => Codes.ReactionTo(code) == Reaction.Refetch;

    /// <param name="changes">At least one; one property each.</param>
    internal static void Write(
        XmlWriter xml,
        ItemReference item,
        IReadOnlyList<PropertyChange> changes,
        ConflictResolution resolution,
        UpdateSending sending) => xml.Message("UpdateItem", () =>
    {
        xml.WriteAttributeString("ConflictResolution", resolution.ToString());
        xml.WriteAttributeString("SendMeetingInvitationsOrCancellations", sending.ToString());
        xml.Message("ItemChanges", () => xml.Type("ItemChange", () =>
        {
            item.Write(xml);
            xml.Type("Updates", () =>
            {
                foreach (var change in changes)
                {
                    WriteChange(xml, change);
                }
            });
        }));
    });

    internal static Parsed<IReadOnlyList<ResponseMessage<WrittenItem?>>> Read(Stream reply) =>
        WrittenItem.Read(reply, "UpdateItemResponse");

    private static void WriteChange(XmlWriter xml, PropertyChange change)
    {
        switch (change)
        {
            case PropertyChange.Set set: WriteValue(xml, "SetItemField", set.Property); break;
            case PropertyChange.Append append: WriteValue(xml, "AppendToItemField", append.Property); break;
            case PropertyChange.Delete delete:
                xml.Type("DeleteItemField", () => delete.Path.Write(xml));
                break;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void WriteValue(XmlWriter xml, string verb, WrittenProperty property) =>
        xml.Type(verb, () =>
        {
            property.Path.Write(xml);
            xml.Type("CalendarItem", () => property.Write(xml));
        });
}
