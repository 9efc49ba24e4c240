using NodaTime;

namespace HybridCalendar.Domain.Time;

/// <summary>Which days of a month or year a relative pattern counts (EWS: DayOfWeekType).</summary>
public enum DayOfWeekToken
{
    Monday = 1,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,

    /// <summary>Every day.</summary>
    Day,

    /// <summary>Monday to Friday.</summary>
    Weekday,

    /// <summary>Saturday and Sunday.</summary>
    WeekendDay,
}

/// <summary>Which of the counted days is meant (EWS: DayOfWeekIndexType).</summary>
public enum DayOfWeekIndex
{
    First = 1,
    Second,
    Third,
    Fourth,
    Last,
}

/// <summary>How a series repeats, in Exchange's semantics (EWS: RecurrenceType).</summary>
/// <remarks>
/// A day of the month past the month's end means its last day; it is never skipped as in iCalendar.
/// </remarks>
public abstract record RecurrencePattern
{
    private RecurrencePattern() { }

    /// <param name="Interval">Days from one occurrence to the next, 1 to 999.</param>
    public sealed record Daily(int Interval) : RecurrencePattern;

    /// <param name="Interval">Weeks from one week with occurrences to the next, 1 to 99.</param>
    /// <param name="Days">At least one day, in no particular order.</param>
    /// <param name="FirstDayOfWeek">Where a week begins: matters when the interval is more than one.</param>
    public sealed record Weekly(int Interval, ValueList<IsoDayOfWeek> Days, IsoDayOfWeek FirstDayOfWeek)
        : RecurrencePattern;

    /// <param name="Interval">Months from one occurrence to the next, 1 to 99.</param>
    /// <param name="DayOfMonth">1 to 31; past the month's end it means its last day.</param>
    public sealed record AbsoluteMonthly(int Interval, int DayOfMonth) : RecurrencePattern;

    public sealed record RelativeMonthly(int Interval, DayOfWeekIndex Index, DayOfWeekToken Day)
        : RecurrencePattern;

    /// <summary>One day of each year.</summary>
    public abstract record Yearly : RecurrencePattern
    {
        private protected Yearly() { }
    }

    /// <param name="DayOfMonth">1 to 31; past the month's end it means its last day.</param>
    /// <param name="Month">1 to 12.</param>
    public sealed record AbsoluteYearly(int DayOfMonth, int Month) : Yearly;

    /// <param name="Month">1 to 12.</param>
    public sealed record RelativeYearly(DayOfWeekIndex Index, DayOfWeekToken Day, int Month) : Yearly;
}

/// <summary>A pattern, and the days between which it applies, in the series' own time zone.</summary>
/// <param name="Start">The first day on which an occurrence may be.</param>
/// <param name="End">The last day on which an occurrence may be (inclusive);
/// null when a count or nothing ends the series.</param>
/// <param name="Count">How many occurrences there are, deleted ones included, 1 to 999;
/// null when a day or nothing ends it.</param>
public sealed record Recurrence(
    RecurrencePattern Pattern, LocalDate Start, LocalDate? End = null, int? Count = null);
