using System.Xml;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The calendar part of an item, up to the appointment state, in the order of the schema.</summary>
internal static class CalendarProperties
{
    public static IReadOnlyList<ItemProperty> All { get; } =
    [
        new("calendar:UID", c => c.Xml.T("UID", c.Entry.Uid)),
        new("calendar:RecurrenceId", c => WriteOriginalStart(c, "RecurrenceId")),
        new("calendar:DateTimeStamp", c => c.Xml.T("DateTimeStamp", c.Entry.Modified)),
        new("calendar:Start", c => c.Xml.T("Start", c.Call.Faults.StartText(c))) { IsDefault = true },
        new("calendar:End", c => c.Xml.T("End", c.Occurrence.End)) { IsDefault = true },
        new("calendar:OriginalStart", c => WriteOriginalStart(c, "OriginalStart")),
        new("calendar:IsAllDayEvent", c => c.Xml.T("IsAllDayEvent", c.Content.AllDay)),
        new("calendar:LegacyFreeBusyStatus", c => c.Xml.T(
            "LegacyFreeBusyStatus", ShowAsText(c, c.Entry.ShowAsOf(c.Occurrence))))
        {
            IsDefault = true,
        },
        new("calendar:Location", c => c.Xml.T("Location", c.Text(c.Occurrence.Location)))
        {
            IsDefault = true,
        },
        new("calendar:IsMeeting", c => c.Xml.T("IsMeeting", c.Content.IsMeeting)),
        new("calendar:IsCancelled", c => c.Xml.T("IsCancelled", c.Content.Cancelled)),
        new("calendar:IsRecurring", c => c.Xml.T("IsRecurring", c.Occurrence.Date is not null)),
        new("calendar:MeetingRequestWasSent", c => c.Xml.T(
            "MeetingRequestWasSent", c.Content.IsMeeting && c.Entry.IsOrganizer)),
        new("calendar:IsResponseRequested", c => c.Xml.T(
            "IsResponseRequested", c.Item.Details.IsResponseRequested)),
        new("calendar:CalendarItemType", c => c.Xml.T("CalendarItemType", c.Item.Kind.ToString()))
        {
            IsDefault = true,
        },
        new("calendar:MyResponseType", c => c.Xml.T("MyResponseType", c.Entry.Response.ToString())),
        new("calendar:Organizer", WriteOrganizer) { IsDefault = true },
        new("calendar:RequiredAttendees", c => WriteAttendees(c, "RequiredAttendees", c.Content.Required))
        {
            IsDefault = true,
            IsGetItemOnly = true,
        },
        new("calendar:OptionalAttendees", c => WriteAttendees(c, "OptionalAttendees", c.Content.Optional))
        {
            IsDefault = true,
            IsGetItemOnly = true,
        },
        new("calendar:Resources", c => WriteAttendees(c, "Resources", c.Content.Rooms))
        {
            IsDefault = true,
            IsGetItemOnly = true,
        },
        new("calendar:Duration", c => c.Xml.T(
            "Duration", XmlWriting.Wire(c.Occurrence.End - c.Occurrence.Start))),
        new("calendar:TimeZone", WriteTimeZone),
        new("calendar:AppointmentReplyTime", WriteReplyTime),
        new("calendar:AppointmentSequenceNumber", c => c.Xml.T(
            "AppointmentSequenceNumber", c.Content.Sequence)),
        new("calendar:AppointmentState", c => c.Xml.T("AppointmentState", c.Entry.State)),
    ];

    /// <summary>A free/busy word that the client's version knows.</summary>
    public static string ShowAsText(ItemContext context, ShowAs showAs) =>
        showAs == ShowAs.WorkingElsewhere && context.Call.Version < ServerVersion.Exchange2013
            ? nameof(ShowAs.NoData)
            : showAs.ToString();

    private static void WriteOriginalStart(ItemContext context, string name)
    {
        if (context.Occurrence.OriginalStart is { } start)
        {
            context.Xml.T(name, start);
        }
    }

    private static void WriteReplyTime(ItemContext context)
    {
        if (context.Entry.RepliedAt is { } at)
        {
            context.Xml.T("AppointmentReplyTime", at);
        }
    }

    /// <summary>Since Exchange 2016 only what repeats has this one.</summary>
    private static void WriteTimeZone(ItemContext context)
    {
        if (context.IsMaster || context.Occurrence.Date is not null || !context.Call.Edition.Is2016OrLater)
        {
            context.Xml.T("TimeZone", context.Content.ShownZoneId);
        }
    }

    private static void WriteOrganizer(ItemContext context)
    {
        context.Xml.StartT("Organizer");
        WriteMailbox(context, context.Content.Organizer, isWhole: context.IsGetItem);
        context.Xml.WriteEndElement();
    }

    private static void WriteAttendees(
        ItemContext context, string name, IReadOnlyCollection<string> addresses)
    {
        if (addresses.Count == 0)
        {
            return;
        }

        context.Xml.StartT(name);
        foreach (var address in addresses)
        {
            context.Xml.StartT("Attendee");
            WriteMailbox(context, address, isWhole: true);
            var reply = context.Entry.Replies.GetValueOrDefault(address);
            context.Xml.T("ResponseType", (reply?.Response ?? Response.Unknown).ToString());
            if (reply is not null)
            {
                context.Xml.T("LastResponseTime", reply.At);
            }

            context.Xml.WriteEndElement();
        }

        context.Xml.WriteEndElement();
    }

    private static void WriteMailbox(ItemContext context, string address, bool isWhole)
    {
        XmlWriter xml = context.Xml;
        xml.StartT("Mailbox");
        xml.T("Name", context.Call.Organization.NameOf(address));
        if (isWhole)
        {
            xml.T("EmailAddress", address);
            xml.T("RoutingType", "SMTP");
            var isKnown = context.Call.Organization.FindMailbox(address) is not null;
            xml.T("MailboxType", isKnown ? "Mailbox" : "OneOff");
        }

        xml.WriteEndElement();
    }
}
