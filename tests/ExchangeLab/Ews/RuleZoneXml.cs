using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The zone of the availability operation (SerializableTimeZone).</summary>
internal static class RuleZoneXml
{
    private const int MinutesOfADay = 24 * 60;
    private const int MonthsOfAYear = 12;
    private const int OrderMax = 5;

    public static RuleZone Read(XElement zone) => new(
        Minutes(zone.Need("Bias")),
        ReadChange(zone.Need("StandardTime")),
        ReadChange(zone.Need("DaylightTime")));

    public static void Write(XmlWriter xml, RuleZone zone)
    {
        xml.StartT("TimeZone");
        xml.T("Bias", (int)zone.Bias.TotalMinutes);
        WriteChange(xml, "StandardTime", zone.Standard);
        WriteChange(xml, "DaylightTime", zone.Daylight);
        xml.WriteEndElement();
    }

    private static RuleZoneChange ReadChange(XElement change)
    {
        var time = LocalTimePattern.ExtendedIso.Parse(change.Need("Time").Value.Trim());
        return new RuleZoneChange(
            Minutes(change.Need("Bias")),
            time.Success ? time.Value : throw EwsFault.SchemaViolation("The 'Time' element is invalid."),
            XmlReading.Number(change.Need("DayOrder").Value, "DayOrder", 0, OrderMax),
            XmlReading.Number(change.Need("Month").Value, "Month", 0, MonthsOfAYear),
            XmlReading.Word<IsoDayOfWeek>(change.Need("DayOfWeek").Value, "DayOfWeek"));
    }

    private static void WriteChange(XmlWriter xml, string name, RuleZoneChange change)
    {
        xml.StartT(name);
        xml.T("Bias", (int)change.Bias.TotalMinutes);
        xml.T("Time", change.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        xml.T("DayOrder", change.Order);
        xml.T("Month", change.Month);
        xml.T("DayOfWeek", change.DayOfWeek.ToString());
        xml.WriteEndElement();
    }

    private static Duration Minutes(XElement element) => Duration.FromMinutes(XmlReading.Number(
        element.Value, element.Name.LocalName, -MinutesOfADay, MinutesOfADay));
}
