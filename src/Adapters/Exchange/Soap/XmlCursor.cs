using System.Text;
using System.Xml;

namespace HybridCalendar.Adapters.Exchange.Soap;

/// <summary>
/// Walks over the elements of a reply, forward only, and stumbles over nothing that is well-formed.
/// </summary>
/// <remarks>
/// Elements are known by namespace and local name; prefixes do not matter, unknown elements are passed over,
/// and no order is expected. Whoever stands on an element may read it, in part or not at all:
/// <see cref="Next"/> finds its way.
/// </remarks>
internal sealed class XmlCursor : IDisposable
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = Bounds.ReplyBytes,
        CloseInput = true,
    };

    private readonly XmlReader reader;
    private int depth;
    private string? name;

    private XmlCursor(XmlReader reader) => this.reader = reader;

    /// <summary>Local name of the element, "" when it is none of Exchange's.</summary>
    /// <remarks>
    /// Servers put one and the same element into either namespace, messages or types: both count.
    /// </remarks>
    internal string Name => name ??= Namespaces.IsExchange(reader.NamespaceURI) ? reader.LocalName : "";

    /// <summary>
    /// Local name of the element when it belongs to SOAP 1.1 or, as a fault's parts, to no namespace; else
    /// "".
    /// </summary>
    internal string SoapName => reader.NamespaceURI is Namespaces.Soap or "" ? reader.LocalName : "";

    internal static XmlCursor Over(Stream reply) =>
        new(XmlReader.Create(new LegalText(reply), Settings));

    /// <summary>
    /// Enters the element on which the cursor stands, or the document; to be walked with <see cref="Next"/>.
    /// </summary>
    internal Inside Enter() => reader.NodeType == XmlNodeType.Element
        ? new Inside(reader.Depth + 1, reader.IsEmptyElement)
        : new Inside(0, false);

    /// <summary>Goes to the next child element; false when there is none, and the parent is left.</summary>
    internal bool Next(Inside parent)
    {
        if (parent.IsEmpty)
        {
            return false;
        }

        while (Read())
        {
            if (depth > parent.Depth)
            {
                continue;
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element when depth == parent.Depth: return true;
                case XmlNodeType.EndElement when depth < parent.Depth: return false;
            }
        }

        return false;
    }

    /// <summary>The text of the element, as it came: may hold characters that XML does not allow.</summary>
    internal string Text()
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var end = reader.Depth;
        string? first = null;
        StringBuilder? rest = null;
        while (Read() && !(reader.NodeType == XmlNodeType.EndElement && depth == end))
        {
            if (depth != end + 1 || !reader.HasValue)
            {
                continue;
            }

            if (first is null)
            {
                first = reader.Value;
            }
            else
            {
                rest = (rest ?? new StringBuilder(first)).Append(reader.Value);
            }
        }

        return rest?.ToString() ?? first ?? "";
    }

    /// <summary>
    /// The text of the element, trimmed and of legal characters only: an id, a code, a number, a time.
    /// </summary>
    internal string Token() => LegalText.Clean(Text().Trim());

    /// <summary>An attribute of the element, of legal characters only; null when there is none.</summary>
    internal string? Attribute(string name) =>
        reader.GetAttribute(name) is { } value ? LegalText.Clean(value) : null;

    public void Dispose() => reader.Dispose();

    private bool Read()
    {
        if (!reader.Read())
        {
            return false;
        }

        name = null;
        depth = reader.Depth;
        return depth <= Bounds.DepthElements
            ? true
            : throw new XmlException($"Elements are nested more than {Bounds.DepthElements} deep.");
    }

    /// <summary>An element that was entered.</summary>
    internal readonly record struct Inside(int Depth, bool IsEmpty);
}
