using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>One property of an item as text, whatever its type: what comparisons compare.</summary>
internal static class ItemValue
{
    /// <summary>Null when the item does not have it.</summary>
    public static string? Of(PropertyPath path, ItemView item, EwsCall call)
    {
        if (path.Extended is { } extended)
        {
            return extended.ValuesOf(item) is { } values ? string.Join('\n', values) : null;
        }

        var property = ItemProperties.All.FirstOrDefault(known => known.Field == path.Field);
        if (property is null || (item.Entry.IsMessage && property.IsOfCalendar))
        {
            return null;
        }

        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { CheckCharacters = false }))
        {
            var shape = new ItemShape
            {
                Base = "IdOnly",
                BodyType = "Best",
                BodyBytesMax = null,
                Fields = new HashSet<string>(),
                Extended = [],
            };
            xml.WriteStartElement("value");
            property.Write(new ItemContext(xml, item, shape, call, IsGetItem: true));
        }

        using var reader = XmlReader.Create(
            new StringReader(text.ToString()), new XmlReaderSettings { CheckCharacters = false });
        var written = XElement.Load(reader);
        return written.HasElements ? Plain(written) : null;
    }

    // Ids and zones say what they are in attributes.
    private static string Plain(XElement written) => written.Value.Length > 0 ? written.Value
        : string.Join('\n', written.Descendants().Attributes()
            .Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Value));
}
