using System.Xml;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>
/// The operation that tells a mailbox's automatic replies, in its own wrapper, to its owner only.
/// </summary>
internal static class GetUserOofSettings
{
    /// <summary>The number that strangers get instead of a code.</summary>
    private const int NotOwnerNumber = -2146233088;

    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var address = call.Request.Need("Mailbox").Need("Address").Value.Trim();
        var mailbox = call.Mailbox;
        if (!mailbox.Address.Equals(address, StringComparison.OrdinalIgnoreCase))
        {
            throw new EwsFault("Client",
                "Microsoft.Exchange.Data.Storage.AccessDeniedException: User is not mailbox owner. User = "
                + $"{mailbox.Sid}, MailboxGuid = {call.Organization.FindMailbox(address)?.Sid ?? "unknown"} "
                + "---> User is not mailbox owner. ")
            {
                Number = NotOwnerNumber,
            };
        }

        reply.StartBare("GetUserOofSettingsResponse");
        reply.Xml.StartM("ResponseMessage");
        reply.Xml.WriteAttributeString("ResponseClass", "Success");
        reply.Xml.M("ResponseCode", "NoError");
        reply.Xml.WriteEndElement();
        Write(reply.Xml, mailbox.AutomaticReplies, mailbox.Name);
        reply.Xml.M("AllowExternalOof", "All");
    }

    private static void Write(XmlWriter xml, AutomaticReplies replies, string name)
    {
        var isOn = replies.State != AutomaticRepliesState.Disabled;
        xml.StartT("OofSettings");
        xml.T("OofState", replies.State.ToString());
        xml.T("ExternalAudience", isOn ? "All" : "None");
        xml.StartT("Duration");
        xml.T("StartTime", WithoutZone(replies.Start));
        xml.T("EndTime", WithoutZone(replies.End));
        xml.WriteEndElement();
        var message = isOn
            ? $"<html><body><p>{name} is away and will read this later.</p></body></html>"
            : "";
        foreach (var element in new[] { "InternalReply", "ExternalReply" })
        {
            xml.StartT(element);
            xml.T("Message", message);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>UTC, but without saying so: that is how servers write it here.</summary>
    private static string WithoutZone(Instant instant) => XmlWriting.Wire(instant).TrimEnd('Z');
}
