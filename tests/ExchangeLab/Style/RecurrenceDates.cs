namespace HybridCalendar.ExchangeLab.Style;

/// <summary>What stands behind the first and last dates of series, which are dates of the series' zone.</summary>
public enum RecurrenceDates
{
    /// <summary>Z, though the date is not one of UTC: what servers write in replies without a zone.</summary>
    Utc,
    Bare,

    /// <summary>The offset of the series' zone at that date.</summary>
    Offset,
}
