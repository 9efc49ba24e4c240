namespace HybridCalendar.ExchangeLab.Model;

/// <summary>The six ways in which a series repeats.</summary>
public enum RecurrencePattern
{
    Daily,
    Weekly,
    AbsoluteMonthly,
    RelativeMonthly,
    AbsoluteYearly,
    RelativeYearly,
}
