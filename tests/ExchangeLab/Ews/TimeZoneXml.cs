using System.Collections.Concurrent;
using System.Xml;
using NodaTime;
using NodaTime.TimeZones;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A time zone definition with the rules of the current year.</summary>
internal static class TimeZoneXml
{
    private const string StandardId = "std";
    private const string DaylightId = "dlt";
    private const string GroupId = "0";
    /// <summary>Clients take one way to daylight saving time and one way back.</summary>
    private const int TransitionsMax = 2;

    private const int LastOfMonth = -1;
    private const int DaysOfAWeek = 7;
    private static readonly ConcurrentDictionary<(string, int), List<ZoneInterval>> Known = [];

    /// <summary>The zone of an item: common clients refuse one that is named without its rules.</summary>
    public static void Write(XmlWriter xml, string name, ItemContext context)
    {
        xml.StartT(name);
        xml.WriteAttributeString("Id", context.Content.ShownZoneId);
        xml.WriteAttributeString("Name", context.Content.ShownZoneId);
        WriteRules(xml, context.Content.Zone, context.Call.Organization.Today.Year);
        xml.WriteEndElement();
    }

    private static List<ZoneInterval> Intervals(DateTimeZone zone, int year)
    {
        var start = new LocalDate(year, 1, 1).AtStartOfDayInZone(zone).ToInstant();
        var end = new LocalDate(year + 1, 1, 1).AtStartOfDayInZone(zone).ToInstant();
        return [.. zone.GetZoneIntervals(start, end)];
    }

    private static void WriteRules(XmlWriter xml, DateTimeZone zone, int year)
    {
        var intervals = Known.GetOrAdd((zone.Id, year), _ => Intervals(zone, year));
        var hasDaylight = intervals.Any(interval => interval.Savings != Offset.Zero);
        var standard = intervals[0].StandardOffset;
        var daylight = intervals.Select(interval => interval.WallOffset).Max();

        xml.StartT("Periods");
        WritePeriod(xml, "Standard", StandardId, standard);
        if (hasDaylight)
        {
            WritePeriod(xml, "Daylight", DaylightId, daylight);
        }

        xml.WriteEndElement();
        xml.StartT("TransitionsGroups");
        xml.StartT("TransitionsGroup");
        xml.WriteAttributeString("Id", GroupId);
        if (hasDaylight)
        {
            foreach (var (before, after) in intervals.Zip(intervals.Skip(1)).Take(TransitionsMax))
            {
                WriteTransition(xml, before, after);
            }
        }
        else
        {
            xml.StartT("Transition");
            WriteTarget(xml, "Period", StandardId);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.StartT("Transitions");
        xml.StartT("Transition");
        WriteTarget(xml, "Group", GroupId);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WritePeriod(XmlWriter xml, string name, string id, Offset offset)
    {
        xml.StartT("Period");
        xml.WriteAttributeString("Bias", XmlConvert.ToString(-offset.ToTimeSpan()));
        xml.WriteAttributeString("Name", name);
        xml.WriteAttributeString("Id", id);
        xml.WriteEndElement();
    }

    private static void WriteTransition(XmlWriter xml, ZoneInterval before, ZoneInterval after)
    {
        var at = before.IsoLocalEnd;
        var isLast = at.Date.PlusDays(DaysOfAWeek).Month != at.Month;
        xml.StartT("RecurringDayTransition");
        WriteTarget(xml, "Period", after.Savings == Offset.Zero ? StandardId : DaylightId);
        xml.T("TimeOffset", XmlConvert.ToString(TimeSpan.FromTicks(at.TimeOfDay.TickOfDay)));
        xml.T("Month", at.Month);
        xml.T("DayOfWeek", at.DayOfWeek.ToString());
        xml.T("Occurrence", isLast ? LastOfMonth : ((at.Day - 1) / DaysOfAWeek) + 1);
        xml.WriteEndElement();
    }

    private static void WriteTarget(XmlWriter xml, string kind, string id)
    {
        xml.StartT("To");
        xml.WriteAttributeString("Kind", kind);
        xml.WriteString(id);
        xml.WriteEndElement();
    }
}
