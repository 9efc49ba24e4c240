using NodaTime;
using NodaTime.TimeZones;

namespace HybridCalendar.Domain.Time;

/// <summary>A time zone with the rules of a <see cref="ZoneDefinition"/>.</summary>
/// <remarks>Outside of the years that a calendar can hold, clocks stand as at their border.</remarks>
internal sealed class DefinedZone : DateTimeZone
{
    private const string AnyId = "Custom";

    /// <summary>A change of one year may be at an instant of the year beside it, by UTC.</summary>
    private const int YearsAround = 2;

    private static readonly int FirstYear = SpanLimits.Earliest.InUtc().Year;
    private static readonly int LastYear = SpanLimits.Latest.InUtc().Year;

    private readonly ValueList<ZoneEra> eras;

    public DefinedZone(ZoneDefinition definition)
        : base(AnyId, IsFixed(definition), Offsets(definition).Min(), Offsets(definition).Max())
    {
        eras = definition.Eras;
        if (eras.Zip(eras.Skip(1)).Any(pair => !(Start(pair.First) < Start(pair.Second))))
        {
            throw new ArgumentException("An era begins after the one before it", nameof(definition));
        }
    }

    public override ZoneInterval GetZoneInterval(Instant instant)
    {
        var index = eras.Count - 1;
        while (index > 0 && eras[index].From > instant)
        {
            index--;
        }

        var era = eras[index];
        var from = index > 0 ? era.From : null;
        var to = index + 1 < eras.Count ? eras[index + 1].From : null;
        if (era.Transitions.Count == 0)
        {
            return new ZoneInterval(AnyId, from, to, era.StandardOffset, Offset.Zero);
        }

        var (last, next, savings) = Around(instant, era);
        return new ZoneInterval(
            AnyId, Later(last, from), Earlier(next, to), era.StandardOffset + savings, savings);
    }

    /// <summary>The changes before and after an instant as if there were this era only.</summary>
    private static (Instant? Last, Instant? Next, Offset Savings) Around(Instant instant, ZoneEra era)
    {
        var year = Math.Clamp(instant.InUtc().Year, FirstYear, LastYear);
        Instant? last = null;
        var savings = InOrder(era, year - YearsAround - 1)[^1].Savings;
        var years = Enumerable.Range(year - YearsAround, (2 * YearsAround) + 1);
        foreach (var change in years.SelectMany(y => Changes(era, y)).OrderBy(change => change.At))
        {
            if (change.At > instant)
            {
                return (last, change.At, savings);
            }

            (last, savings) = change;
        }

        return (last, null, savings);
    }

    private static IEnumerable<(Instant At, Offset Savings)> Changes(ZoneEra era, int year)
    {
        var before = InOrder(era, year - 1)[^1].Savings;
        foreach (var (local, savings) in InOrder(era, year))
        {
            yield return (local.WithOffset(era.StandardOffset + before).ToInstant(), savings);
            before = savings;
        }
    }

    private static (LocalDateTime Local, Offset Savings)[] InOrder(ZoneEra era, int year) =>
    [
        .. era.Transitions
            .Select(t => (Local(t, year), t.Savings))
            .OrderBy(change => change.Item1),
    ];

    private static LocalDateTime Local(ZoneTransition transition, int year) =>
        PatternDays.In(transition.Day, year).AtMidnight().PlusNanoseconds(transition.At.ToInt64Nanoseconds());

    private static Instant Start(ZoneEra era) => era.From ?? Instant.MinValue;

    private static Instant? Later(Instant? one, Instant? other) =>
        one > other || other is null ? one : other;

    private static Instant? Earlier(Instant? one, Instant? other) =>
        one < other || other is null ? one : other;

    private static bool IsFixed(ZoneDefinition definition) => definition.Eras is [{ Transitions.Count: 0 }];

    private static Offset[] Offsets(ZoneDefinition definition) => definition.Eras.Count == 0
        ? throw new ArgumentException("There is at least one era", nameof(definition))
        : [
            .. definition.Eras.SelectMany(era =>
                era.Transitions.Select(t => era.StandardOffset + t.Savings).Append(era.StandardOffset)),
        ];
}
