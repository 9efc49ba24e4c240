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
    private static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Prohibit };

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
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, stopping);
        bytes.Position = 0;
        try
        {
            using var reader = XmlReader.Create(bytes, Reading);
            var document = XDocument.Load(reader, options);
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
