using System.Globalization;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Style;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The Recurrence element: one pattern, then one range.</summary>
internal static class RecurrenceXml
{
    private const int MonthsOfAYear = 12;

    public static void Write(ItemContext context, Recurrence rule)
    {
        context.Xml.StartT("Recurrence");
        WritePattern(context, rule);
        WriteRange(context, rule);
        context.Xml.WriteEndElement();
    }

    private static void WritePattern(ItemContext context, Recurrence rule)
    {
        var xml = context.Xml;
        var isLongYearly = rule.Interval > 1
            && rule.Pattern is RecurrencePattern.AbsoluteYearly or RecurrencePattern.RelativeYearly;
        if (isLongYearly)
        {
            WritePattern(context, AsMonthly(rule));
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
                if (context.Call.Version >= ServerVersion.Exchange2010SP1)
                {
                    xml.T("FirstDayOfWeek", rule.FirstDayOfWeek.ToString());
                }

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

    private static void WriteRange(ItemContext context, Recurrence rule)
    {
        var xml = context.Xml;
        var name = rule.Count is not null ? "NumberedRecurrence"
            : rule.EndDate is not null ? "EndDateRecurrence"
            : "NoEndRecurrence";
        xml.StartT(name);
        xml.T("StartDate", Wire(rule.StartDate, context));
        if (rule.Count is { } count)
        {
            xml.T("NumberOfOccurrences", count);
        }
        else if (rule.EndDate is { } end)
        {
            xml.T("EndDate", Wire(end, context));
        }

        xml.WriteEndElement();
    }

    /// <summary>A date of the series' zone, with what servers append to it.</summary>
    private static string Wire(LocalDate date, ItemContext context) => date.ToString("uuuu-MM-dd", null)
        + context.Call.Wire.RecurrenceDates switch
        {
            RecurrenceDates.Bare => "",
            RecurrenceDates.Offset => context.Content.Zone.AtStartOfDay(date).Offset.ToString("+HH:mm", null),
            _ => "Z",
        };
}
