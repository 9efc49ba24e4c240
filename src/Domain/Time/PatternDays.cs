using System.Diagnostics;
using NodaTime;

namespace HybridCalendar.Domain.Time;

/// <summary>
/// The days that a pattern names, numbered from the day, week or month in which the series starts.
/// </summary>
/// <remarks>
/// Ascending, without end, and possibly with days before the series' start at its head: whoever counts
/// begins at <see cref="IndexOnOrAfter"/> the start. Both directions are arithmetic, so a far day costs
/// what a near one does.
/// </remarks>
internal abstract class PatternDays
{
    private const int MonthsPerYear = 12;

    /// <summary>The day with a number, from 0.</summary>
    public abstract LocalDate this[int index] { get; }

    /// <exception cref="ArgumentException">An interval below 1, or a week without days.</exception>
    public static PatternDays Of(Recurrence recurrence)
    {
        var start = recurrence.Start;
        var first = start.ToYearMonth();
        return recurrence.Pattern switch
        {
            RecurrencePattern.Daily p => new EveryFewDays(start, Positive(p.Interval)),
            RecurrencePattern.Weekly p => new InWeeks(start, p with { Interval = Positive(p.Interval) }),
            RecurrencePattern.AbsoluteMonthly p =>
                new InMonths(first, Positive(p.Interval), month => Clamped(month, p.DayOfMonth)),
            RecurrencePattern.RelativeMonthly p =>
                new InMonths(first, Positive(p.Interval), month => Counted(month, p.Index, p.Day)),
            RecurrencePattern.Yearly p => new InMonths(
                In(p, start.Year).ToYearMonth(), MonthsPerYear, month => In(p, month.Year)),
            _ => throw new UnreachableException($"{recurrence.Pattern.GetType().Name} is not expanded"),
        };
    }

    /// <summary>The day that a yearly pattern names in a year.</summary>
    public static LocalDate In(RecurrencePattern.Yearly pattern, int year) => pattern switch
    {
        RecurrencePattern.AbsoluteYearly p => Clamped(new YearMonth(year, p.Month), p.DayOfMonth),
        RecurrencePattern.RelativeYearly p => Counted(new YearMonth(year, p.Month), p.Index, p.Day),
        _ => throw new UnreachableException($"{pattern.GetType().Name} is not a day of a year"),
    };

    /// <summary>The number of the first day that is not before another.</summary>
    public int IndexOnOrAfter(LocalDate day)
    {
        var index = Math.Max(0, NumberNotAfter(day));
        while (this[index] < day)
        {
            index++;
        }

        return index;
    }

    /// <summary>A number at most one period too low for a day, never too high.</summary>
    protected abstract int NumberNotAfter(LocalDate day);

    private static int Positive(int interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        return interval;
    }

    private static LocalDate Clamped(YearMonth month, int dayOfMonth)
    {
        var days = CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month);
        return month.OnDayOfMonth(Math.Min(dayOfMonth, days));
    }

    private static LocalDate Counted(YearMonth month, DayOfWeekIndex index, DayOfWeekToken token)
    {
        var last = index == DayOfWeekIndex.Last;
        var day = Clamped(month, last ? int.MaxValue : 1);
        var step = last ? -1 : 1;
        var toCount = last ? 1 : (int)index;
        while (!Matches(day.DayOfWeek, token) || --toCount > 0)
        {
            day = day.PlusDays(step);
        }

        return day;
    }

    private static bool Matches(IsoDayOfWeek day, DayOfWeekToken token) => token switch
    {
        DayOfWeekToken.Day => true,
        DayOfWeekToken.Weekday => day <= IsoDayOfWeek.Friday,
        DayOfWeekToken.WeekendDay => day > IsoDayOfWeek.Friday,
        >= DayOfWeekToken.Monday and <= DayOfWeekToken.Sunday => (int)day == (int)token,
        _ => throw new UnreachableException($"{token} is not counted"),
    };

    private static int DaysFrom(LocalDate start, LocalDate end) => Period.DaysBetween(start, end);

    private sealed class EveryFewDays(LocalDate start, int interval) : PatternDays
    {
        public override LocalDate this[int index] => start.PlusDays(index * interval);

        protected override int NumberNotAfter(LocalDate day) => DaysFrom(start, day) / interval;
    }

    private sealed class InWeeks : PatternDays
    {
        private const int DaysPerWeek = 7;
        private readonly LocalDate firstWeek;
        private readonly int stride;
        private readonly int[] offsets;

        public InWeeks(LocalDate start, RecurrencePattern.Weekly pattern)
        {
            offsets = [.. pattern.Days.Select(day => Since(pattern.FirstDayOfWeek, day)).Distinct().Order()];
            if (offsets.Length == 0)
            {
                throw new ArgumentException("A weekly pattern names at least one day", nameof(pattern));
            }

            firstWeek = start.PlusDays(-Since(pattern.FirstDayOfWeek, start.DayOfWeek));
            stride = pattern.Interval * DaysPerWeek;
        }

        public override LocalDate this[int index]
        {
            get
            {
                var (week, day) = Math.DivRem(index, offsets.Length);
                return firstWeek.PlusDays((week * stride) + offsets[day]);
            }
        }

        protected override int NumberNotAfter(LocalDate day) =>
            DaysFrom(firstWeek, day) / stride * offsets.Length;

        private static int Since(IsoDayOfWeek firstDay, IsoDayOfWeek day) =>
            (day - firstDay + DaysPerWeek) % DaysPerWeek;
    }

    private sealed class InMonths(YearMonth first, int interval, Func<YearMonth, LocalDate> dayIn)
        : PatternDays
    {
        public override LocalDate this[int index] => dayIn(first.PlusMonths(index * interval));

        protected override int NumberNotAfter(LocalDate day) =>
            (((day.Year - first.Year) * MonthsPerYear) + day.Month - first.Month) / interval;
    }
}
