using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>A recurrence as the control API takes it.</summary>
internal sealed record RecurrenceWish
{
    public required RecurrencePattern Pattern { get; init; }

    public int Interval { get; init; } = 1;

    public IReadOnlyList<DayToken> DaysOfWeek { get; init; } = [];

    public int? DayOfMonth { get; init; }

    public DayIndex Index { get; init; }

    public int? Month { get; init; }

    public IsoDayOfWeek FirstDayOfWeek { get; init; } = IsoDayOfWeek.Sunday;

    /// <summary>The first possible date; the meeting's start in its zone when missing.</summary>
    public LocalDate? StartDate { get; init; }

    public LocalDate? EndDate { get; init; }

    public int? Count { get; init; }

    public Recurrence Read(LocalDate first)
    {
        var start = StartDate ?? first;
        return new Recurrence
        {
            Pattern = Pattern,
            Interval = Interval,
            DaysOfWeek = [.. DaysOfWeek],
            DayOfMonth = DayOfMonth ?? start.Day,
            Index = Index,
            Month = Month ?? start.Month,
            FirstDayOfWeek = FirstDayOfWeek,
            StartDate = start,
            EndDate = EndDate,
            Count = Count,
        };
    }
}
