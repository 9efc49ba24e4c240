using NodaTime;
using NodaTime.TimeZones;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// A zone of somebody's own: rules that no known zone has, so that only its definition says what its local times
/// mean.
/// </summary>
public sealed class RuledZone : DateTimeZone
{
    private readonly Offset _standard;
    private readonly Offset _daylight;
    private readonly YearlyChange _toDaylight;
    private readonly YearlyChange _toStandard;

    /// <param name="id">Its name in the lab; on the wire it has another.</param>
    /// <param name="standard">The offset outside of daylight saving time.</param>
    /// <param name="daylight">The larger offset within it.</param>
    /// <param name="toDaylight">When daylight saving time begins, earlier in the year than it ends.</param>
    /// <param name="toStandard">When it ends.</param>
    public RuledZone(
        string id, Offset standard, Offset daylight, YearlyChange toDaylight, YearlyChange toStandard)
        : base(id, isFixed: false, minOffset: standard, maxOffset: daylight) =>
        (_standard, _daylight, _toDaylight, _toStandard) = (standard, daylight, toDaylight, toStandard);

    /// <summary>Quarter-hour offsets, and changes on weekdays on which no zone changes.</summary>
    public static RuledZone Own { get; } = new(
        "Lab/Own",
        Offset.FromHoursAndMinutes(2, 15),
        Offset.FromHoursAndMinutes(3, 45),
        new YearlyChange(2, IsoDayOfWeek.Tuesday, 2, new LocalTime(1, 30)),
        new YearlyChange(10, IsoDayOfWeek.Thursday, YearlyChange.Last, new LocalTime(4, 0)));

    public override ZoneInterval GetZoneInterval(Instant instant)
    {
        var year = instant.InUtc().Year;
        var changes = Enumerable.Range(year - 1, 3).SelectMany(ChangesIn).ToList();
        var next = changes.FindIndex(change => change.At > instant);
        var (start, isDaylight) = changes[next - 1];
        return isDaylight
            ? new ZoneInterval("Daylight", start, changes[next].At, _daylight, _daylight - _standard)
            : new ZoneInterval("Standard", start, changes[next].At, _standard, Offset.Zero);
    }

    private (Instant At, bool IsDaylight)[] ChangesIn(int year) =>
    [
        (_toDaylight.In(year).WithOffset(_standard).ToInstant(), true),
        (_toStandard.In(year).WithOffset(_daylight).ToInstant(), false),
    ];
}
