using CsCheck;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Time;
using NodaTime;
using static HybridCalendar.Domain.Time.RecurrencePattern;

namespace HybridCalendar.Specs.Time;

/// <summary>Random series of all patterns and ranges, from 1990 on.</summary>
internal static class SeriesGen
{
    private static readonly string[] Zones =
        ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Beirut", "UTC"];

    private static readonly Gen<RecurrencePattern> Pattern = Gen.OneOf<RecurrencePattern>(
        Gen.Int[1, 999].Select(RecurrencePattern (i) => new Daily(i)),
        Gen.Select(Gen.Int[1, 99], Gen.Enum<IsoDayOfWeek>().Where(Named).Array[1, 7], Gen.Int[1, 7])
            .Select(RecurrencePattern (i, days, first) =>
                new Weekly(i, new ValueList<IsoDayOfWeek>(days), (IsoDayOfWeek)first)),
        Gen.Select(Gen.Int[1, 99], Gen.Int[1, 31])
            .Select(RecurrencePattern (i, day) => new AbsoluteMonthly(i, day)),
        Gen.Select(Gen.Int[1, 99], Gen.Enum<DayOfWeekIndex>(), Gen.Enum<DayOfWeekToken>())
            .Select(RecurrencePattern (i, index, day) => new RelativeMonthly(i, index, day)),
        Gen.Select(Gen.Int[1, 31], Gen.Int[1, 12])
            .Select(RecurrencePattern (day, month) => new AbsoluteYearly(day, month)),
        Gen.Select(Gen.Enum<DayOfWeekIndex>(), Gen.Enum<DayOfWeekToken>(), Gen.Int[1, 12])
            .Select(RecurrencePattern (index, day, month) => new RelativeYearly(index, day, month)));

    public static readonly Gen<When> Any = Gen.Select(
        Pattern,
        Gen.Int[0, 20_000],
        Gen.Int[0, (24 * 60) - 1],
        Gen.Int[1, 4 * 24 * 60],
        Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]),
        Gen.OneOf(
            Gen.Const((Days: 0, Count: 0)),
            Gen.Int[1, 9999].Select(d => (d, 0)),
            Gen.Int[1, 999].Select(c => (0, c))))
        .Select(SeriesOf);

    private static bool Named(IsoDayOfWeek day) => day != IsoDayOfWeek.None;

    private static When SeriesOf(
        RecurrencePattern pattern, int day, int minute, int length, string zone, (int Days, int Count) range)
    {
        var date = new LocalDate(1990, 1, 1).PlusDays(day);
        var start = (date + LocalTime.FromMinutesSinceMidnight(minute))
            .InZoneLeniently(DateTimeZoneProviders.Tzdb[zone]).ToInstant();
        return new When
        {
            Start = start,
            End = start + Duration.FromMinutes(length),
            Zone = zone,
            Recurrence = new Recurrence(
                pattern,
                date,
                range.Days > 0 ? date.PlusDays(range.Days) : null,
                range.Count > 0 ? range.Count : null),
        };
    }
}
