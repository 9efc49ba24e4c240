using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>The rule that an occurrence stays between its neighbours, as Exchange enforces it.</summary>
public static class OccurrenceBoundaries
{
    /// <summary>How far around the occurrence neighbours are looked for.</summary>
    private static readonly Duration NeighbourSearch = Duration.FromDays(400);

    private const string Crossing = "ErrorOccurrenceCrossingBoundary";

    /// <summary>Refuses a start on or beyond the day of the occurrence before or after.</summary>
    public static void Check(MeetingContent content, LocalDate date, Instant start)
    {
        var day = start.InZone(content.Zone).Date;
        var regular = Occurrences.At(content, date).OriginalStart!.Value;
        var crossed = Occurrences.Within(content, regular - NeighbourSearch, regular + NeighbourSearch)
            .Where(other => other.Date != date)
            .Any(other =>
            {
                var otherDay = other.Start.InZone(content.Zone).Date;
                return other.Date < date ? otherDay >= day : otherDay <= day;
            });
        if (crossed)
        {
            throw new LabRefusal($"{Crossing}: the occurrence would cross or meet the "
                + "day of another one of its series; give a start between its neighbours.")
            {
                Code = Crossing,
            };
        }
    }
}
