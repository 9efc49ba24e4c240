using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Time;
using NodaTime.Text;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>Writes how a series repeats: one pattern, then one range.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/recurrence-recurrencetype"/>
internal static class RecurrenceWriting
{
    internal static void Write(XmlWriter xml, Recurrence recurrence)
    {
        var pattern = recurrence.Pattern;
        xml.Type($"{pattern.GetType().Name}Recurrence", () => WritePattern(xml, pattern));
        var range = recurrence.Count is not null ? "Numbered"
            : recurrence.End is not null ? "EndDate"
            : "NoEnd";
        xml.Type($"{range}Recurrence", () =>
        {
            xml.Type("StartDate", LocalDatePattern.Iso.Format(recurrence.Start));
            if (recurrence.Count is { } count)
            {
                Number(xml, "NumberOfOccurrences", count);
            }
            else if (recurrence.End is { } end)
            {
                xml.Type("EndDate", LocalDatePattern.Iso.Format(end));
            }
        });
    }

    // The first day of the week is always written: who leaves it out means different days.
    private static void WritePattern(XmlWriter xml, RecurrencePattern pattern)
    {
        switch (pattern)
        {
            case RecurrencePattern.Daily daily:
                Number(xml, "Interval", daily.Interval);
                break;
            case RecurrencePattern.Weekly weekly:
                Number(xml, "Interval", weekly.Interval);
                xml.Type("DaysOfWeek", string.Join(' ', weekly.Days));
                xml.Type("FirstDayOfWeek", weekly.FirstDayOfWeek.ToString());
                break;
            case RecurrencePattern.AbsoluteMonthly monthly:
                Number(xml, "Interval", monthly.Interval);
                Number(xml, "DayOfMonth", monthly.DayOfMonth);
                break;
            case RecurrencePattern.RelativeMonthly monthly:
                Number(xml, "Interval", monthly.Interval);
                Relative(xml, monthly.Day, monthly.Index);
                break;
            case RecurrencePattern.AbsoluteYearly yearly:
                Number(xml, "DayOfMonth", yearly.DayOfMonth);
                Month(xml, yearly.Month);
                break;
            case RecurrencePattern.RelativeYearly yearly:
                Relative(xml, yearly.Day, yearly.Index);
                Month(xml, yearly.Month);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Relative(XmlWriter xml, DayOfWeekToken day, DayOfWeekIndex index)
    {
        xml.Type("DaysOfWeek", day.ToString());
        xml.Type("DayOfWeekIndex", index.ToString());
    }

    private static void Month(XmlWriter xml, int month) =>
        xml.Type("Month", CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month));

    private static void Number(XmlWriter xml, string name, int number) =>
        xml.Type(name, number.ToString(CultureInfo.InvariantCulture));
}
