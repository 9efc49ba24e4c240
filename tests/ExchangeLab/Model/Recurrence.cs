using System.Collections.Immutable;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>The rule of a series: one pattern and one range, in the series' own time zone.</summary>
public sealed record Recurrence
{
    public const int IntervalMax = 999;
    public const int OccurrencesMax = 999;
    private const string Invalid = "ErrorCalendarInvalidRecurrence";

    public required RecurrencePattern Pattern { get; init; }

    public int Interval { get; init; } = 1;

    public ImmutableArray<DayToken> DaysOfWeek { get; init; } = [];

    /// <summary>1 to 31; in shorter months the last day.</summary>
    public int DayOfMonth { get; init; } = 1;

    public DayIndex Index { get; init; }

    /// <summary>1 (January) to 12; for yearly patterns.</summary>
    public int Month { get; init; } = 1;

    public IsoDayOfWeek FirstDayOfWeek { get; init; } = IsoDayOfWeek.Sunday;

    public required LocalDate StartDate { get; init; }

    /// <summary>The last possible date, included; null when the range is numbered or has no end.</summary>
    public LocalDate? EndDate { get; init; }

    /// <summary>How many occurrences there are, dropped ones included; null for the other ranges.</summary>
    public int? Count { get; init; }

    /// <summary>The same rule beginning at its first occurrence, or null when it has none.</summary>
    public Recurrence? Aligned()
    {
        foreach (var first in Expansion.Dates(this).Take(1))
        {
            return this with { StartDate = first };
        }

        return null;
    }

    /// <summary>Refuses numbers outside the bounds of the protocol.</summary>
    public void Check()
    {
        if (Interval is < 1 or > IntervalMax || DayOfMonth is < 1 or > 31 || Month is < 1 or > 12
            || Count is < 1 or > OccurrencesMax)
        {
            throw new LabRefusal("A number of the recurrence is out of range: interval and count are "
                + "1 to 999, dayOfMonth is 1 to 31, month is 1 to 12.") { Code = Invalid };
        }

        var wantsDays = Pattern is RecurrencePattern.Weekly or RecurrencePattern.RelativeMonthly
            or RecurrencePattern.RelativeYearly;
        if (wantsDays && DaysOfWeek.IsEmpty)
        {
            throw new LabRefusal("The recurrence names no day of the week: give daysOfWeek.")
            {
                Code = Invalid,
            };
        }
    }
}
