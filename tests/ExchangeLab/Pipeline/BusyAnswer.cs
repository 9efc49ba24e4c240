using System.Globalization;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>The ways in which a server says that it is busy.</summary>
internal static class BusyAnswer
{
    private const string Text = "The server cannot service this request right now. Try again later.";

    /// <summary>What the schema wants in the message even when there is nothing to say.</summary>
    private static readonly Dictionary<string, string> Payloads = new(StringComparer.Ordinal)
    {
        ["GetItem"] = "Items",
        ["GetFolder"] = "Folders",
    };

    private static readonly string[] Lists = ["ItemIds", "ParentFolderIds", "FolderIds", "SourceIds"];

    /// <summary>"Busy" as a fault.</summary>
    public static EwsFault Fault(FaultSettings settings) => new("ErrorServerBusy", Text)
    {
        Values = [("BackOffMilliseconds", Number(settings.BusyBackOffMilliseconds))],
    };

    /// <summary>
    /// "Busy" in the response messages of the operation, outside or inside of another error.
    /// </summary>
    public static void Write(ReplyWriter reply, XElement request, FaultSettings settings)
    {
        var error = settings.BusyCarrier == "inner" ? Inner(settings) : Outer(settings);
        if (request.Name.LocalName == "GetUserOofSettingsRequest")
        {
            reply.StartBare("GetUserOofSettingsResponse");
            reply.Xml.StartM("ResponseMessage");
            reply.Xml.WriteAttributeString("ResponseClass", "Error");
            reply.WriteError(error);
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

    private static EwsError Outer(FaultSettings settings) => new("ErrorServerBusy", Text)
    {
        Values = [("BackOffMilliseconds", Number(settings.BusyBackOffMilliseconds))],
    };

    private static EwsError Inner(FaultSettings settings) =>
        new("ErrorInternalServerError", "An internal server error occurred. The operation failed.")
        {
            Values =
            [
                ("InnerErrorMessageText", Text),
                ("InnerErrorResponseCode", "ErrorServerBusy"),
                ("InnerErrorDescriptiveLinkKey", "0"),
                ("BackOffMilliseconds", Number(settings.BusyBackOffMilliseconds)),
            ],
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
