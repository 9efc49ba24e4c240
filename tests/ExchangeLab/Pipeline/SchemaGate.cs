using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using HybridCalendar.ExchangeLab.Ews;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// Holds requests and replies to the official schemas: refuses requests that they forbid, as servers do
/// before they look at anything else, and keeps invalid replies from being sent. Without the setting
/// Lab:Schemas it lets everything pass.
/// </summary>
internal sealed class SchemaGate(LabOptions options)
{
    /// <summary>Faults may put characters into texts that XML forbids.</summary>
    private static readonly XmlReaderSettings Reading = new() { CheckCharacters = false };

    private readonly XmlSchemaSet? _schemas =
        options.Schemas is { Length: > 0 } folder ? PublishedSchemas.Of(folder) : null;

    /// <summary>Whether requests have to be read with the lines on which their elements stand.</summary>
    public bool NeedsLines => _schemas is not null;

    /// <summary>
    /// Throws an <see cref="EwsFault"/> for the first violation, with its line and position. Of the header, a
    /// RequestServerVersion may be newer than the schemas, and a wrong impersonation has errors of its own.
    /// </summary>
    public void Check(RequestEnvelope envelope)
    {
        if (_schemas is null)
        {
            return;
        }

        if (envelope.Header?.Child("TimeZoneContext") is { } zone)
        {
            Check(zone, _schemas, EwsFault.SchemaViolation);
        }

        Check(envelope.Request, _schemas, EwsFault.SchemaViolation);
    }

    /// <summary>
    /// Throws an <see cref="InvalidReply"/> for the first violation in an envelope that the lab is about to
    /// send, but for known deviations. Faults are not in the schemas.
    /// </summary>
    public void CheckReply(ReadOnlyMemory<byte> envelope)
    {
        if (_schemas is null)
        {
            return;
        }

        MemoryMarshal.TryGetArray(envelope, out var bytes);
        using var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count);
        using var reader = XmlReader.Create(stream, Reading);
        var reply = XElement.Load(reader).Child("Body")!.Elements().Single();
        if (reply.Name == XName.Get("Fault", EwsNames.Soap))
        {
            return;
        }

        KnownDeviations.PutRight(reply);
        Check(reply, _schemas, (violation, _, _) => new InvalidReply(violation));
    }

    private static void Check(
        XElement element, XmlSchemaSet schemas, Func<string, int, int, Exception> objection)
    {
        var name = new XmlQualifiedName(element.Name.LocalName, element.Name.NamespaceName);
        if (schemas.GlobalElements[name] is not { } declaration)
        {
            IXmlLineInfo at = element;
            throw objection(
                $"The element '{name.Name}' in namespace '{name.Namespace}' is not declared.",
                at.LineNumber,
                at.LinePosition);
        }

        element.Validate(declaration, schemas, (_, violation) => throw objection(
            violation.Message, violation.Exception.LineNumber, violation.Exception.LinePosition));
    }
}
