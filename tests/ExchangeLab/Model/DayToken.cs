namespace HybridCalendar.ExchangeLab.Model;

/// <summary>A day of the week, or a kind of day, in a recurrence; names as in DayOfWeekType.</summary>
public enum DayToken
{
    Sunday,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Day,
    Weekday,
    WeekendDay,
}
