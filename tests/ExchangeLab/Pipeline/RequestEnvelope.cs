using System.Xml;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Ews;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// A SOAP 1.1 request: its header, if it has one, and the element that names the operation.
/// </summary>
internal sealed record RequestEnvelope(XElement? Header, XElement Request)
{
    private const string Suffix = "Request";

    /// <summary>The local name of the request element.</summary>
    public string Operation => Request.Name.LocalName;

    /// <summary>The operation's name; some request elements have a suffix that the others lack.</summary>
    public string OperationName => Operation.EndsWith(Suffix, StringComparison.Ordinal)
        ? Operation[..^Suffix.Length]
        : Operation;

    public static async Task<RequestEnvelope> Read(
        Stream body, bool withLines, CancellationToken stopping)
    {
        var root = await ReadRoot(body, withLines ? LoadOptions.SetLineInfo : LoadOptions.None, stopping);
        return new RequestEnvelope(
            root.Child("Header"),
            root.Child("Body")?.Elements().FirstOrDefault()
                ?? throw new EwsFault("ErrorInvalidRequest", "The request is invalid."));
    }

    private static async Task<XElement> ReadRoot(
        Stream body, LoadOptions options, CancellationToken stopping)
    {
        var settings = new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit };
        try
        {
            using var reader = XmlReader.Create(body, settings);
            var document = await XDocument.LoadAsync(reader, options, stopping);
            var root = document.Root!;
            return root.Name == XName.Get("Envelope", EwsNames.Soap)
                ? root
                : throw EwsFault.SchemaViolation("The document is not a SOAP 1.1 envelope.");
        }
        catch (XmlException broken)
        {
            throw EwsFault.SchemaViolation(broken.Message, broken.LineNumber, broken.LinePosition);
        }
    }
}
