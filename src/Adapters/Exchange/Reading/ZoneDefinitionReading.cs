using HybridCalendar.Domain;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Understands the rules of a time zone that stand in an item.</summary>
/// <remarks>
/// Of periods and groups with the same id the first is meant, as for Microsoft's own client. What cannot be
/// understood to its end is no definition at all: half of a zone's rules would put meetings to wrong times.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/timezonedefinition"/>
internal static class ZoneDefinitionReading
{
    private const string Plain = "Transition";
    private const string AbsoluteDate = "AbsoluteDateTransition";

    private static readonly Duration MostBias = Duration.FromSeconds(Offset.MaxValue.Seconds);

    /// <summary>The rules; null when there are none, or they cannot be understood.</summary>
    internal static ZoneDefinition? Read(RawZone raw)
    {
        if (raw.Periods.Count > Bounds.PeriodsPerZone || raw.Groups.Count > Bounds.ErasPerZone)
        {
            return null;
        }

        var eras = new List<ZoneEra>();
        var beginnings = Beginnings(raw);
        foreach (var beginning in beginnings)
        {
            if (beginnings.Count > Bounds.ErasPerZone || Era(raw, beginning) is not { } era)
            {
                return null;
            }

            if (eras.Count == 0)
            {
                eras.Add(era);
                continue;
            }

            // Without an offset it is the time of the zone, by the rules until then.
            var zone = new ZoneDefinition(new ValueList<ZoneEra>(eras)).ToZone();
            if (RawValues.Time(beginning.Of("DateTime"), zone) is not { } from || from <= eras[^1].From)
            {
                return null;
            }

            if (era != eras[^1] with { From = null })
            {
                eras.Add(era with { From = from });
            }
        }

        return eras.Count > 0 ? new ZoneDefinition(new ValueList<ZoneEra>(eras)) : null;
    }

    // In the order of time; the first is in force from the beginning, whether it says from when or not. Some
    // servers leave the transitions out where there is but one group, or one period.
    private static List<RawTransition> Beginnings(RawZone raw) => raw switch
    {
        { Transitions.Count: > 0 } =>
            [.. raw.Transitions.OrderBy(t => RawValues.Time(t.Of("DateTime")) ?? Instant.MinValue)],
        { Groups: [var only] } => [new RawTransition(Plain, "Group", only.Id, RawTransition.NoValues)],
        { Groups: [], Periods: [var only] } =>
            [new RawTransition(Plain, "Period", only.Id, RawTransition.NoValues)],
        _ => [],
    };

    private static ZoneEra? Era(RawZone raw, RawTransition beginning)
    {
        if (beginning.Name is not (Plain or AbsoluteDate))
        {
            return null;
        }

        if (beginning.Kind != "Group")
        {
            return ZoneOffset(raw, beginning) is { } offset ? new ZoneEra(offset, []) : null;
        }

        var group = raw.Groups.Find(group => group.Id == beginning.To)?.Transitions ?? [];
        var yearly = group.Where(transition => transition.Name != Plain).OrderBy(Month).ToList();
        if (yearly.Count == 0)
        {
            return group.Count > 0 && ZoneOffset(raw, group[0]) is { } only ? new ZoneEra(only, []) : null;
        }

        if (yearly.Count > Bounds.TransitionsPerYear)
        {
            return null;
        }

        var changes = yearly.ConvertAll(
            t => YearlyTransitionReading.Read(t) is var (day, at) && ZoneOffset(raw, t) is { } offset
                ? new Change(day, at, offset)
                : null);
        return changes.Contains(null) ? null : Era([.. changes.OfType<Change>()]);
    }

    // Standard time is the least of them: names of periods are for people.
    private static ZoneEra? Era(List<Change> changes)
    {
        var standard = changes.Min(change => change.Offset);
        var savings = changes.ConvertAll(change => change.Offset.Seconds - standard.Seconds);
        return savings.TrueForAll(seconds => seconds == 0) ? new ZoneEra(standard, [])
            : savings.Exists(seconds => seconds > Offset.MaxValue.Seconds) ? null
            : new ZoneEra(standard,
            [
                .. changes.Zip(savings, (change, seconds) =>
                    new ZoneTransition(change.Day, change.At, Offset.FromSeconds(seconds))),
            ]);
    }

    private static int? Month(RawTransition transition) =>
        RawValues.Number(transition.Of("Month"), int.MinValue, int.MaxValue);

    private static Offset? ZoneOffset(RawZone raw, RawTransition transition) =>
        transition.Kind != "Group"
        && raw.Periods.Find(period => period.Id == transition.To) is { } period
        && RawValues.Duration(period.Bias) is { } bias
        && bias >= -MostBias && bias <= MostBias
            ? Offset.FromSeconds(-(int)bias.TotalSeconds)
            : null;

    private sealed record Change(RecurrencePattern.Yearly Day, Duration At, Offset Offset);
}
