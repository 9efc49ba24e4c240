namespace HybridCalendar.ExchangeLab.Control;

/// <summary>
/// How many days later than its rule says a series takes place, as the control API takes it.
/// </summary>
internal sealed record ApproximationWish(int Days);
