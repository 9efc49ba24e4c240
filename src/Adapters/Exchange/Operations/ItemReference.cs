using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>Which item is meant. Exactly one of the nested cases.</summary>
/// <param name="ChangeKey">
/// The version that the writer has seen; for occurrences it is that of their series. Needed for writing.
/// </param>
internal abstract record ItemReference(string? ChangeKey)
{
    internal abstract void Write(XmlWriter xml);

    private void WriteChangeKey(XmlWriter xml)
    {
        if (ChangeKey is not null)
        {
            xml.WriteAttributeString("ChangeKey", ChangeKey);
        }
    }

    /// <summary>A single item, a series, or an occurrence by its own id.</summary>
    internal sealed record Item(string Id, string? ChangeKey = null) : ItemReference(ChangeKey)
    {
        internal override void Write(XmlWriter xml) => xml.Type("ItemId", () =>
        {
            xml.WriteAttributeString("Id", Id);
            WriteChangeKey(xml);
        });
    }

    /// <param name="Index">From 1 on; deleted occurrences count.</param>
    internal sealed record Occurrence(string MasterId, int Index, string? ChangeKey = null)
        : ItemReference(ChangeKey)
    {
        internal override void Write(XmlWriter xml) => xml.Type("OccurrenceItemId", () =>
        {
            xml.WriteAttributeString("RecurringMasterId", MasterId);
            WriteChangeKey(xml);
            xml.WriteAttributeString("InstanceIndex", Index.ToString(CultureInfo.InvariantCulture));
        });
    }

    /// <summary>The series of an occurrence.</summary>
    internal sealed record MasterOf(string OccurrenceId, string? ChangeKey = null) : ItemReference(ChangeKey)
    {
        internal override void Write(XmlWriter xml) => xml.Type("RecurringMasterItemId", () =>
        {
            xml.WriteAttributeString("OccurrenceId", OccurrenceId);
            WriteChangeKey(xml);
        });
    }
}
