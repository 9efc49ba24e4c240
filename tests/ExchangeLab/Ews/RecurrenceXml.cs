using System.Globalization;
using System.Xml;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The Recurrence element: one pattern, then one range.</summary>
internal static class RecurrenceXml
{
    private const int MonthsOfAYear = 12;

    public static void Write(XmlWriter xml, Recurrence rule)
    {
        xml.StartT("Recurrence");
        WritePattern(xml, rule);
        WriteRange(xml, rule);
        xml.WriteEndElement();
    }

    private static void WritePattern(XmlWriter xml, Recurrence rule)
    {
        var isLongYearly = rule.Interval > 1
            && rule.Pattern is RecurrencePattern.AbsoluteYearly or RecurrencePattern.RelativeYearly;
        if (isLongYearly)
        {
            WritePattern(xml, AsMonthly(rule));
            return;
        }

        xml.StartT(rule.Pattern + "Recurrence");
        if (rule.Pattern is not (RecurrencePattern.AbsoluteYearly or RecurrencePattern.RelativeYearly))
        {
            xml.T("Interval", rule.Interval);
        }

        switch (rule.Pattern)
        {
            case RecurrencePattern.Weekly:
                xml.T("DaysOfWeek", string.Join(' ', rule.DaysOfWeek));
                xml.T("FirstDayOfWeek", rule.FirstDayOfWeek.ToString());
                break;
            case RecurrencePattern.AbsoluteMonthly or RecurrencePattern.AbsoluteYearly:
                xml.T("DayOfMonth", rule.DayOfMonth);
                break;
            case RecurrencePattern.RelativeMonthly or RecurrencePattern.RelativeYearly:
                xml.T("DaysOfWeek", rule.DaysOfWeek[0].ToString());
                xml.T("DayOfWeekIndex", rule.Index.ToString());
                break;
        }

        if (rule.Pattern is RecurrencePattern.AbsoluteYearly or RecurrencePattern.RelativeYearly)
        {
            xml.T("Month", CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(rule.Month));
        }

        xml.WriteEndElement();
    }

    /// <summary>Yearly patterns have no interval in the schema: every n years is every 12 n months.</summary>
    private static Recurrence AsMonthly(Recurrence rule) => rule with
    {
        Pattern = rule.Pattern == RecurrencePattern.AbsoluteYearly
            ? RecurrencePattern.AbsoluteMonthly
            : RecurrencePattern.RelativeMonthly,
        Interval = rule.Interval * MonthsOfAYear,
    };

    private static void WriteRange(XmlWriter xml, Recurrence rule)
    {
        var name = rule.Count is not null ? "NumberedRecurrence"
            : rule.EndDate is not null ? "EndDateRecurrence"
            : "NoEndRecurrence";
        xml.StartT(name);
        xml.T("StartDate", Wire(rule.StartDate));
        if (rule.Count is { } count)
        {
            xml.T("NumberOfOccurrences", count);
        }
        else if (rule.EndDate is { } end)
        {
            xml.T("EndDate", Wire(end));
        }

        xml.WriteEndElement();
    }

    /// <summary>
    /// A date of the series' zone; real servers append the zone of the reply, which is UTC.
    /// </summary>
    private static string Wire(LocalDate date) => date.ToString("uuuu-MM-dd", null) + "Z";
}
