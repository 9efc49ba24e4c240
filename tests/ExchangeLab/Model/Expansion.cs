using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>The dates that a recurrence means, as Exchange counts them.</summary>
/// <remarks>Unlike iCalendar, a day beyond the end of a month is the last day of that month.</remarks>
public static class Expansion
{
    private const int DaysOfAWeek = 7;
    private const int MonthsOfAYear = 12;

    /// <summary>The last date of a series without an end (the horizon of MAPI).</summary>
    private static readonly LocalDate Horizon = new(4500, 9, 1);

    /// <summary>All dates, in order, dropped occurrences included.</summary>
    public static IEnumerable<LocalDate> Dates(Recurrence rule) => Dates(rule, rule.StartDate);

    /// <summary>
    /// The dates from <paramref name="from"/> on, without walking the past of endless series.
    /// </summary>
    public static IEnumerable<LocalDate> Dates(Recurrence rule, LocalDate from)
    {
        var last = rule.EndDate ?? (rule.Count is null ? Horizon : LocalDate.MaxIsoValue);
        var left = rule.Count ?? int.MaxValue;
        var period = rule.Count is null ? Math.Max(0, PeriodsBetween(rule, from) - 1) : 0;
        for (; left > 0; period++)
        {
            foreach (var date in InPeriod(rule, period))
            {
                if (date < rule.StartDate)
                {
                    continue;
                }

                if (date > last || left == 0)
                {
                    yield break;
                }

                left--;
                if (date >= from)
                {
                    yield return date;
                }
            }
        }
    }

    private static int PeriodsBetween(Recurrence rule, LocalDate from)
    {
        var days = Math.Max(0, Period.DaysBetween(rule.StartDate, from));
        var months = Math.Max(0, ((from.Year - rule.StartDate.Year) * MonthsOfAYear) + from.Month
            - rule.StartDate.Month);
        return rule.Pattern switch
        {
            RecurrencePattern.Daily => days / rule.Interval,
            RecurrencePattern.Weekly => days / (DaysOfAWeek * rule.Interval),
            RecurrencePattern.AbsoluteMonthly or RecurrencePattern.RelativeMonthly => months / rule.Interval,
            _ => months / (MonthsOfAYear * rule.Interval),
        };
    }

    private static IEnumerable<LocalDate> InPeriod(Recurrence rule, int period)
    {
        var steps = period * rule.Interval;
        var firstMonth = new YearMonth(rule.StartDate.Year, rule.StartDate.Month);
        switch (rule.Pattern)
        {
            case RecurrencePattern.Daily:
                return [rule.StartDate.PlusDays(steps)];
            case RecurrencePattern.Weekly:
                return InWeek(rule, steps);
            case RecurrencePattern.AbsoluteMonthly:
                return [Clamped(firstMonth.PlusMonths(steps), rule.DayOfMonth)];
            case RecurrencePattern.RelativeMonthly:
                return [Relative(firstMonth.PlusMonths(steps), rule)];
            case RecurrencePattern.AbsoluteYearly:
                return [Clamped(new YearMonth(rule.StartDate.Year + steps, rule.Month), rule.DayOfMonth)];
            default:
                return [Relative(new YearMonth(rule.StartDate.Year + steps, rule.Month), rule)];
        }
    }

    private static IEnumerable<LocalDate> InWeek(Recurrence rule, int weeks)
    {
        var back = ((int)rule.StartDate.DayOfWeek - (int)rule.FirstDayOfWeek + DaysOfAWeek) % DaysOfAWeek;
        var weekStart = rule.StartDate.PlusDays(-back).PlusWeeks(weeks);
        return Enumerable.Range(0, DaysOfAWeek)
            .Select(weekStart.PlusDays)
            .Where(date => rule.DaysOfWeek.Any(token => Matches(date, token)));
    }

    private static LocalDate Clamped(YearMonth month, int day) =>
        new(month.Year, month.Month, Math.Min(day, DaysIn(month)));

    private static LocalDate Relative(YearMonth month, Recurrence rule)
    {
        var matching = Enumerable.Range(1, DaysIn(month))
            .Select(day => new LocalDate(month.Year, month.Month, day))
            .Where(date => rule.DaysOfWeek.Any(token => Matches(date, token)))
            .ToList();
        return rule.Index == DayIndex.Last ? matching[^1] : matching[(int)rule.Index];
    }

    private static int DaysIn(YearMonth month) =>
        CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month);

    private static bool Matches(LocalDate date, DayToken token)
    {
        var weekend = date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
        return token switch
        {
            DayToken.Day => true,
            DayToken.Weekday => !weekend,
            DayToken.WeekendDay => weekend,
            _ => (int)token == (int)date.DayOfWeek % DaysOfAWeek,
        };
    }
}
