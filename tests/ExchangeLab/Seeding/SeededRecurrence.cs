using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Seeding;

/// <summary>A plausible rule of a given pattern, with one of the three ranges.</summary>
internal static class SeededRecurrence
{
    private const int DaysOfAWeek = 7;

    /// <summary>Yearly series began some years ago, so that they touch the weeks around today.</summary>
    private const int YearsSoFar = 2;

    public static Recurrence Draw(RecurrencePattern pattern, LocalDate start, RepeatableRandom dice)
    {
        var rule = new Recurrence
        {
            Pattern = pattern,
            StartDate = IsYearly(pattern) ? start.PlusYears(-YearsSoFar) : start,
            Interval = pattern is RecurrencePattern.Daily or RecurrencePattern.Weekly ? 1 + dice.Below(2) : 1,
            DayOfMonth = pattern == RecurrencePattern.AbsoluteMonthly && dice.Chance(0.5) ? 31 : start.Day,
            Month = start.Month,
            Index = (DayIndex)((start.Day - 1) / DaysOfAWeek),
            FirstDayOfWeek = dice.Chance(0.5) ? IsoDayOfWeek.Monday : IsoDayOfWeek.Sunday,
            DaysOfWeek = pattern switch
            {
                RecurrencePattern.Weekly => dice.Chance(0.5)
                    ? [Token(start), Token(start.PlusDays(2))]
                    : [Token(start)],
                RecurrencePattern.RelativeMonthly or RecurrencePattern.RelativeYearly =>
                [
                    dice.Pick([
                        Token(start), Token(start), DayToken.Weekday, DayToken.WeekendDay, DayToken.Day,
                    ]),
                ],
                _ => [],
            },
        };
        return dice.Below(3) switch
        {
            0 => rule,
            1 => rule with { EndDate = start.PlusYears(YearsSoFar).PlusDays(dice.Below(60)) },
            _ => rule with { Count = 20 + dice.Below(60) },
        };
    }

    private static bool IsYearly(RecurrencePattern pattern) =>
        pattern is RecurrencePattern.AbsoluteYearly or RecurrencePattern.RelativeYearly;

    private static DayToken Token(LocalDate date) => (DayToken)((int)date.DayOfWeek % DaysOfAWeek);
}
