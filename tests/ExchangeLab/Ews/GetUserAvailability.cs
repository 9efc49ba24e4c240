using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The operation that tells who is free when, in its own wrapper, one answer a mailbox.</summary>
internal static class GetUserAvailability
{
    public const string Element = "GetUserAvailabilityRequest";
    private const int EntriesMax = 1000;

    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var request = FreeBusyRequest.Read(call, call.Availability.Days);
        reply.StartBare("GetUserAvailabilityResponse");
        reply.Xml.StartM("FreeBusyResponseArray");
        foreach (var address in request.Addresses)
        {
            reply.Xml.StartM("FreeBusyResponse");
            try
            {
                var (view, mailbox, entries) = Find(address, request, call);
                WriteSuccess(reply.Xml);
                FreeBusyXml.Write(reply.Xml, view, mailbox, entries, request, call);
            }
            catch (EwsError error)
            {
                WriteError(reply, error);
            }

            reply.Xml.WriteEndElement();
        }

        reply.Xml.WriteEndElement();
        if (call.Request.Child("SuggestionsViewOptions") is not null)
        {
            reply.Xml.StartM("SuggestionsResponse");
            WriteError(reply, new EwsError("ErrorInvalidRequest", "The lab suggests no meeting times."));
            reply.Xml.WriteEndElement();
        }
    }

    /// <summary>"Busy" for each mailbox that is asked about.</summary>
    public static void WriteBusy(ReplyWriter reply, XElement request, EwsError error)
    {
        reply.StartBare("GetUserAvailabilityResponse");
        reply.Xml.StartM("FreeBusyResponseArray");
        for (var left = request.Child("MailboxDataArray")?.Elements().Count() ?? 1; left > 0; left--)
        {
            reply.Xml.StartM("FreeBusyResponse");
            WriteError(reply, error);
            reply.Xml.WriteEndElement();
        }
    }

    private static (FreeBusyView View, Mailbox Mailbox, IReadOnlyList<ItemView> Entries) Find(
        string address, FreeBusyRequest request, EwsCall call)
    {
        var mailbox = call.Organization.FindMailbox(address) ?? throw new EwsError(
            "ErrorMailRecipientNotFound", "Unable to resolve e-mail address to an Active Directory object.");
        var access = mailbox == call.Impersonated ? FreeBusyAccess.Details : mailbox.FreeBusyAccess;
        var view = access switch
        {
            FreeBusyAccess.Details => request.View,
            FreeBusyAccess.Times => request.View & FreeBusyView.FreeBusyMerged,
            _ => throw new EwsError("ErrorNoFreeBusyAccess",
                "The caller does not have access to free/busy data of the mailbox."),
        };
        var entries = mailbox.In(Folder.Calendar)
            .Where(entry => !entry.IsMessage)
            .SelectMany(entry => Occurrences.Within(entry.Content, request.Start, request.End)
                .Select(occurrence => new ItemView(entry, occurrence)))
            .OrderBy(item => item.Occurrence.Start)
            .Take(EntriesMax + 1)
            .ToList();
        return entries.Count <= EntriesMax ? (view, mailbox, entries) : throw new EwsError(
            "ErrorResultSetTooBig", "The set of entries is too big: "
            + $"the allowed size = {EntriesMax.ToString(CultureInfo.InvariantCulture)}.");
    }

    private static void WriteSuccess(XmlWriter xml)
    {
        xml.StartM("ResponseMessage");
        xml.WriteAttributeString("ResponseClass", "Success");
        xml.M("ResponseCode", "NoError");
        xml.WriteEndElement();
    }

    private static void WriteError(ReplyWriter reply, EwsError error)
    {
        reply.Xml.StartM("ResponseMessage");
        reply.Xml.WriteAttributeString("ResponseClass", "Error");
        reply.WriteError(error);
        reply.Xml.WriteEndElement();
    }
}
