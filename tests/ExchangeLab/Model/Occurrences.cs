using NodaTime;
using NodaTime.TimeZones;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// The spans of a meeting in time: its rule, its exceptions and its dropped occurrences together.
/// </summary>
public static class Occurrences
{
    /// <summary>What ends after <paramref name="from"/> and starts before <paramref name="to"/>.</summary>
    public static IEnumerable<Occurrence> Within(MeetingContent content, Instant from, Instant to)
    {
        if (content.Recurrence is not { } rule)
        {
            var single = Single(content);
            return single.End > from && single.Start < to ? [single] : [];
        }

        var margin = (content.End - content.Start) + Duration.FromDays(2);
        var firstDate = (from - margin).InZone(content.Zone).Date.PlusDays(-content.DaysLater);
        var lastDate = to.InZone(content.Zone).Date.PlusDays(-content.DaysLater);
        var regular = Expansion.Dates(rule, Later(firstDate, rule.StartDate))
            .TakeWhile(date => date <= lastDate)
            .Where(date => !content.Dropped.Contains(date) && !content.Changed.ContainsKey(date));
        return regular.Concat(content.Changed.Keys)
            .Select(date => At(content, date))
            .Where(occurrence => occurrence.End > from && occurrence.Start < to)
            .OrderBy(occurrence => occurrence.Start);
    }

    /// <summary>
    /// The only span of a meeting that does not repeat; the first rule span of one that does.
    /// </summary>
    public static Occurrence Single(MeetingContent content) => new(
        null, null, content.Start, content.End, content.Subject, content.Location, false);

    /// <summary>The occurrence that the rule puts on a date, as it is now.</summary>
    public static Occurrence At(MeetingContent content, LocalDate date)
    {
        var name = Planned(content, date).Start;
        var (start, end) = Regular(content, date);
        return content.Changed.TryGetValue(date, out var change)
            ? new Occurrence(date, name, change.Start, change.End, change.Subject ?? content.Subject,
                change.Location ?? content.Location, true)
            {
                Own = change,
            }
            : new Occurrence(date, name, start, end, content.Subject, content.Location, false);
    }

    /// <summary>Whether the rule has an occurrence on the date, dropped or not.</summary>
    public static bool IsRuleDate(MeetingContent content, LocalDate date) =>
        content.Recurrence is { } rule && date >= rule.StartDate
        && Expansion.Dates(rule, date).Take(1).Contains(date);

    /// <summary>The rule's date of an original start, or null when the rule has none there.</summary>
    public static LocalDate? DateOf(MeetingContent content, Instant originalStart)
    {
        var date = originalStart.InZone(content.Zone).Date;
        return IsRuleDate(content, date) && Planned(content, date).Start == originalStart ? date : null;
    }

    /// <summary>Start and end of a regular occurrence, which may be later than the rule says.</summary>
    public static (Instant Start, Instant End) Regular(MeetingContent content, LocalDate date) =>
        Planned(content, date.PlusDays(content.DaysLater));

    /// <summary>Start and end as the rule gives them: local times of the zone, resolved leniently.</summary>
    public static (Instant Start, Instant End) Planned(MeetingContent content, LocalDate date)
    {
        var zone = content.Zone;
        var start = content.Start.InZone(zone).LocalDateTime;
        var end = content.End.InZone(zone).LocalDateTime;
        var localStart = date + start.TimeOfDay;
        var localEnd = date.PlusDays(Period.DaysBetween(start.Date, end.Date)) + end.TimeOfDay;
        var (from, to) = (Resolve(localStart, zone), Resolve(localEnd, zone));

        // Clocks that change within the first occurrence, or skip a start, do not put an end first.
        var onTheWall = Period.Between(localStart, localEnd, PeriodUnits.Ticks).ToDuration();
        return onTheWall <= Duration.Zero ? (from, from + (content.End - content.Start))
            : to > from ? (from, to)
            : (from, from + onTheWall);
    }

    /// <summary>
    /// A local time as an instant: skipped times move forward, of ambiguous ones the earlier.
    /// </summary>
    public static Instant Resolve(LocalDateTime local, DateTimeZone zone) =>
        local.InZone(zone, Resolvers.LenientResolver).ToInstant();

    private static LocalDate Later(LocalDate one, LocalDate other) => one > other ? one : other;
}
