using System.Xml;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The FreeBusyView element: digits, entries, working hours, as far as they may be seen.</summary>
internal static class FreeBusyXml
{
    private const int WorkBeginsMinutes = 8 * 60;
    private const int WorkEndsMinutes = 17 * 60;

    /// <summary>The digit of each state of MergedFreeBusy; the highest one of an interval wins.</summary>
    private static readonly Dictionary<ShowAs, int> Digits = new()
    {
        [ShowAs.Free] = 0,
        [ShowAs.Tentative] = 1,
        [ShowAs.Busy] = 2,
        [ShowAs.OOF] = 3,
        [ShowAs.WorkingElsewhere] = 4,
        [ShowAs.NoData] = 0,
    };

    public static void Write(
        XmlWriter xml,
        FreeBusyView view,
        Mailbox mailbox,
        IReadOnlyList<ItemView> entries,
        FreeBusyRequest request,
        EwsCall call)
    {
        xml.StartM("FreeBusyView");
        xml.T("FreeBusyViewType", view.ToString());
        if (view.HasFlag(FreeBusyView.MergedOnly))
        {
            xml.T("MergedFreeBusy", Merge(entries, request));
        }

        if (view.HasFlag(FreeBusyView.FreeBusy) && entries.Count > 0)
        {
            xml.StartT("CalendarEventArray");
            foreach (var entry in entries)
            {
                WriteEvent(xml, entry, view.HasFlag(FreeBusyView.Detailed), request, call);
            }

            xml.WriteEndElement();
        }

        WriteWorkingHours(xml, mailbox, call);
        xml.WriteEndElement();
    }

    private static string Merge(IReadOnlyList<ItemView> entries, FreeBusyRequest request)
    {
        var digits = new int[request.Intervals];
        var length = Duration.FromMinutes(request.Minutes);
        foreach (var item in entries)
        {
            var digit = Digits[item.Entry.ShowAsOf(item.Occurrence)];
            var first = Math.Max(0, (int)((item.Occurrence.Start - request.Start) / length));
            var last = (int)Math.Ceiling((item.Occurrence.End - request.Start) / length);
            for (var at = first; at < Math.Min(digits.Length, last); at++)
            {
                digits[at] = Math.Max(digits[at], digit);
            }
        }

        return string.Concat(digits);
    }

    private static void WriteEvent(
        XmlWriter xml, ItemView item, bool isDetailed, FreeBusyRequest request, EwsCall call)
    {
        xml.StartT("CalendarEvent");
        xml.T("StartTime", Local(item.Occurrence.Start, request, call));
        xml.T("EndTime", Local(item.Occurrence.End, request, call));
        var showAs = item.Entry.ShowAsOf(item.Occurrence);
        xml.T("BusyType", showAs == ShowAs.WorkingElsewhere && call.Version < ServerVersion.Exchange2013
            ? nameof(ShowAs.NoData)
            : showAs.ToString());
        if (isDetailed)
        {
            WriteDetails(xml, item);
        }

        xml.WriteEndElement();
    }

    private static void WriteDetails(XmlWriter xml, ItemView item)
    {
        var isPrivate = item.Entry.Content.Sensitivity == Sensitivity.Private;
        xml.StartT("CalendarEventDetails");
        if (!isPrivate)
        {
            xml.T("ID", Convert.ToHexString(ItemIds.EntryId(item.Entry.Mailbox.Id, item.Entry.Serial)));
            xml.T("Subject", item.Entry.SubjectOf(item.Occurrence));
            xml.T("Location", item.Occurrence.Location);
        }

        xml.T("IsMeeting", item.Entry.Content.IsMeeting);
        xml.T("IsRecurring", item.Occurrence.Date is not null);
        xml.T("IsException", item.Occurrence.IsException);
        xml.T("IsReminderSet", item.Details.ReminderIsSet ?? !item.Entry.Content.AllDay);
        xml.T("IsPrivate", isPrivate);
        xml.WriteEndElement();
    }

    private static void WriteWorkingHours(XmlWriter xml, Mailbox mailbox, EwsCall call)
    {
        xml.StartT("WorkingHours");
        RuleZoneXml.Write(xml, RuleZone.Of(
            Zones.Named(mailbox.TimeZone), call.Organization.Today.Year));
        xml.StartT("WorkingPeriodArray");
        xml.StartT("WorkingPeriod");
        xml.T("DayOfWeek", "Monday Tuesday Wednesday Thursday Friday");
        xml.T("StartTimeInMinutes", WorkBeginsMinutes);
        xml.T("EndTimeInMinutes", WorkEndsMinutes);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>A time of the request's zone, which it does not name.</summary>
    private static string Local(Instant time, FreeBusyRequest request, EwsCall call) =>
        LocalDateTimePattern.GeneralIso.Format(request.Zone is { } zone
            ? zone.ToLocal(time)
            : time.InZone(call.ContextZone).LocalDateTime);
}
