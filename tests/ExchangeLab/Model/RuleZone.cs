using NodaTime;
using NodaTime.TimeZones;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// A time zone as the oldest part of the protocol has it: an offset, and one change to daylight saving time
/// and one back, the same every year.
/// </summary>
/// <param name="Bias">UTC = local time + bias.</param>
public sealed record RuleZone(Duration Bias, RuleZoneChange Standard, RuleZoneChange Daylight)
{
    private static readonly RuleZoneChange None = new(Duration.Zero, LocalTime.Midnight, 0, 0,
        IsoDayOfWeek.Sunday);

    /// <summary>Whether the two changes are real ones and not there for the sake of the schema.</summary>
    private bool HasDaylight => Standard.Month > 0 && Daylight.Month > 0 && Standard.Bias != Daylight.Bias;

    /// <summary>The rules of a zone in one year.</summary>
    public static RuleZone Of(DateTimeZone zone, int year)
    {
        var start = new LocalDate(year, 1, 1).AtStartOfDayInZone(zone).ToInstant();
        var end = new LocalDate(year + 1, 1, 1).AtStartOfDayInZone(zone).ToInstant();
        var intervals = zone.GetZoneIntervals(start, end).ToList();
        var bias = -intervals[0].StandardOffset.ToTimeSpan();
        var changes = intervals.Zip(intervals.Skip(1))
            .Select(pair => RuleZoneChange.Of(pair.First, pair.Second)).ToList();
        var standard = changes.Find(change => change.Bias == Duration.Zero);
        var daylight = changes.Find(change => change.Bias != Duration.Zero);
        return standard is null || daylight is null
            ? new RuleZone(Duration.FromTimeSpan(bias), None, None)
            : new RuleZone(Duration.FromTimeSpan(bias), standard, daylight);
    }

    /// <summary>The instant of a local time; one that is skipped moves on.</summary>
    public Instant ToInstant(LocalDateTime local)
    {
        var utc = local.InUtc().ToInstant();
        var standard = utc + BiasOf(Standard);
        var daylight = utc + BiasOf(Daylight);
        return IsDaylight(daylight) ? daylight : standard;
    }

    public LocalDateTime ToLocal(Instant instant) =>
        (instant - BiasOf(IsDaylight(instant) ? Daylight : Standard)).InUtc().LocalDateTime;

    private Duration BiasOf(RuleZoneChange change) => Bias + change.Bias;

    private bool IsDaylight(Instant instant)
    {
        if (!HasDaylight)
        {
            return false;
        }

        // Each change is told in the local time that ends with it.
        var year = (instant - BiasOf(Standard)).InUtc().Year;
        var begin = Daylight.At(year).InUtc().ToInstant() + BiasOf(Standard);
        var end = Standard.At(year).InUtc().ToInstant() + BiasOf(Daylight);
        return begin < end ? instant >= begin && instant < end : instant >= begin || instant < end;
    }
}

/// <summary>When clocks change, and what is added to the zone's bias then.</summary>
/// <param name="Order">Which of the month's days of that name: 1 to 4, or 5 for the last.</param>
/// <param name="Month">1 to 12; 0 when they never change.</param>
public sealed record RuleZoneChange(
    Duration Bias, LocalTime Time, int Order, int Month, IsoDayOfWeek DayOfWeek)
{
    private const int DaysOfAWeek = 7;
    private const int Last = 5;

    public static RuleZoneChange Of(ZoneInterval before, ZoneInterval after)
    {
        var at = before.IsoLocalEnd;
        var isLast = at.Date.PlusDays(DaysOfAWeek).Month != at.Month;
        return new RuleZoneChange(Duration.FromSeconds(-after.Savings.Seconds), at.TimeOfDay,
            isLast ? Last : ((at.Day - 1) / DaysOfAWeek) + 1, at.Month, at.DayOfWeek);
    }

    /// <summary>The local time of the change in a year.</summary>
    public LocalDateTime At(int year)
    {
        var first = new LocalDate(year, Month, 1);
        var day = first.PlusDays(((int)DayOfWeek - (int)first.DayOfWeek + DaysOfAWeek) % DaysOfAWeek)
            .PlusWeeks(Math.Max(Order, 1) - 1);
        return (day.Month == Month ? day : day.PlusWeeks(-1)) + Time;
    }
}
