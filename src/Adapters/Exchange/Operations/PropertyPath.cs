using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>Which property is meant. Exactly one of the nested cases.</summary>
internal abstract record PropertyPath
{
    private PropertyPath() { }

    internal abstract void Write(XmlWriter xml);

    /// <param name="Uri">Exchange's own name, e.g. calendar:Location.</param>
    internal sealed record Field(string Uri) : PropertyPath
    {
        internal override void Write(XmlWriter xml) =>
            xml.Type("FieldURI", () => xml.WriteAttributeString("FieldURI", Uri));
    }

    /// <summary>One of several values under a name.</summary>
    /// <param name="Uri">E.g. item:InternetMessageHeader.</param>
    internal sealed record Indexed(string Uri, string Index) : PropertyPath
    {
        internal override void Write(XmlWriter xml) => xml.Type("IndexedFieldURI", () =>
        {
            xml.WriteAttributeString("FieldURI", Uri);
            xml.WriteAttributeString("FieldIndex", Index);
        });
    }

    internal sealed record Extended(ExtendedName Name) : PropertyPath
    {
        internal override void Write(XmlWriter xml) => Name.Write(xml);
    }
}
