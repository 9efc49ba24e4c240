using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Understands when in each year clocks change.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/recurringdaytransition"/>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/recurringdatetransition"/>
internal static class YearlyTransitionReading
{
    private const int LastOfMonth = -1;
    private const int MonthsPerYear = 12;
    private const int DaysPerMonth = 31;
    private static readonly Duration EndOfDay = Duration.FromHours(24);

    /// <summary>The day, and the time since its midnight; null when they cannot be understood.</summary>
    internal static (RecurrencePattern.Yearly Day, Duration At)? Read(RawTransition transition) =>
        Day(transition) is { } day
        && RawValues.Duration(transition.Of("TimeOffset")) is { } at && at >= Duration.Zero && at <= EndOfDay
            ? (day, at)
            : null;

    private static RecurrencePattern.Yearly? Day(RawTransition transition)
    {
        if (RawValues.Number(transition.Of("Month"), 1, MonthsPerYear) is not { } month)
        {
            return null;
        }

        return transition.Name switch
        {
            "RecurringDateTransition"
                when RawValues.Number(transition.Of("Day"), 1, DaysPerMonth) is { } day =>
                new RecurrencePattern.AbsoluteYearly(day, month),
            "RecurringDayTransition"
                when RecurrenceReading.Tokens.TryGetValue(transition.Of("DayOfWeek"), out var day)
                && Index(transition.Of("Occurrence")) is { } index =>
                new RecurrencePattern.RelativeYearly(index, day, month),
            _ => null,
        };
    }

    // Minus one is the last; so is the fifth, which not every month has, and what is beyond it.
    private static DayOfWeekIndex? Index(string occurrence) =>
        RawValues.Number(occurrence, LastOfMonth, int.MaxValue) switch
        {
            LastOfMonth or >= (int)DayOfWeekIndex.Last => DayOfWeekIndex.Last,
            { } index and > 0 => (DayOfWeekIndex)index,
            _ => null,
        };
}
