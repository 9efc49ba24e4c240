using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>A change of clocks that happens every year on the same weekday of the same week of a month.</summary>
/// <param name="Occurrence">1 to 4, or <see cref="Last"/>.</param>
/// <param name="Time">What the clocks show before the change.</param>
public sealed record YearlyChange(int Month, IsoDayOfWeek Day, int Occurrence, LocalTime Time)
{
    public const int Last = -1;

    /// <summary>The local time of the change in a year, as the clocks show it before.</summary>
    public LocalDateTime In(int year)
    {
        var inside = Occurrence == Last
            ? new LocalDate(year, Month, 1).PlusMonths(1).Previous(Day)
            : new LocalDate(year, Month, 1).PlusDays(-1).Next(Day).PlusWeeks(Occurrence - 1);
        return inside + Time;
    }
}
