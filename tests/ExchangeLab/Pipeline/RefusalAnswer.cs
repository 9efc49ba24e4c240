using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// One error as the answer to everything that a request asks for, in the shape of its operation.
/// </summary>
internal static class RefusalAnswer
{
    /// <summary>What the schema wants in the message even when there is nothing to say.</summary>
    private static readonly Dictionary<string, string> Payloads = new(StringComparer.Ordinal)
    {
        ["GetItem"] = "Items",
        ["CreateItem"] = "Items",
        ["UpdateItem"] = "Items",
        ["GetFolder"] = "Folders",
    };

    private static readonly string[] Lists =
        ["ItemIds", "ParentFolderIds", "FolderIds", "SourceIds", "ItemChanges", "Items"];

    public static async Task Send(
        HttpContext http,
        RequestEnvelope envelope,
        EwsError error,
        ReplyStyle style,
        CancellationToken stopping)
    {
        using var reply = new ReplyWriter(
            style, isStreamed: envelope.Operation == nameof(GetStreamingEvents));
        Write(reply, envelope.Request, error);
        await Sending.Send(http, StatusCodes.Status200OK, reply.Finish(), stopping);
    }

    private static void Write(ReplyWriter reply, XElement request, EwsError error)
    {
        if (request.Name.LocalName == "GetUserOofSettingsRequest")
        {
            reply.StartBare("GetUserOofSettingsResponse");
            reply.Xml.StartM("ResponseMessage");
            reply.Xml.WriteAttributeString("ResponseClass", "Error");
            reply.WriteError(error);
            return;
        }

        if (request.Name.LocalName == GetUserAvailability.Element)
        {
            GetUserAvailability.WriteBusy(reply, request, error);
            return;
        }

        reply.Start(request.Name.LocalName);
        var list = request.Elements().FirstOrDefault(child => Lists.Contains(child.Name.LocalName));
        for (var left = list?.Elements().Count() ?? 1; left > 0; left--)
        {
            reply.Error(error, xml =>
            {
                if (Payloads.TryGetValue(request.Name.LocalName, out var payload))
                {
                    xml.StartM(payload);
                    xml.WriteEndElement();
                }
            });
        }
    }
}
