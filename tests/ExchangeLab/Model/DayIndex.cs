namespace HybridCalendar.ExchangeLab.Model;

/// <summary>Which of the matching days of a month a relative pattern means.</summary>
public enum DayIndex
{
    First,
    Second,
    Third,
    Fourth,
    Last,
}
