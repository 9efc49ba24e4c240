using System.Text.Json;
using HybridCalendar.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Specs.Time;

/// <summary>Series as other projects' tests have them (shared/vectors/recurrence.json).</summary>
public class RecurrenceVectorsSpecs
{
    /// <summary>By id, what is not expected to hold, and why.</summary>
    private static readonly Dictionary<string, string> Excluded = new()
    {
        ["icalnet-48ad802730"] = "in the year 9998: Exchange's calendar ends on 4500-08-31",
    };

    [Fact]
    public void A_series_has_the_starts_that_two_others_agree_on()
    {
        var cases = SharedVectors.Load("recurrence.json")
            .Where(c => c.GetProperty("exchange_expressible").GetBoolean())
            .Where(c => c.GetProperty("confirmed_by").GetArrayLength() >= 2)
            .Where(c => !Excluded.ContainsKey(c.GetProperty("id").GetString()!))
            .ToList();
        TestContext.Current.SendDiagnosticMessage($"recurrence: {cases.Count} cases");
        cases.ShouldNotBeEmpty();
        foreach (var c in cases)
        {
            Starts(c).ShouldBe(Expected(c), c.GetProperty("id").GetString());
        }
    }

    private static LocalDateTime[] Expected(JsonElement c) =>
        [.. c.GetProperty("expected").EnumerateArray().Select(e => Local(e.GetString()!))];

    /// <summary>As many as expected, and one more where the series is said to be complete.</summary>
    private static LocalDateTime[] Starts(JsonElement c)
    {
        var zone = CalendarZones.Find(c.GetProperty("tzid").GetString() ?? "UTC").ShouldNotBeNull();
        var first = Local(c.GetProperty("expected")[0].GetString()!).InZoneStrictly(zone).ToInstant();
        var when = new When
        {
            Start = first,
            End = first + Duration.FromHours(1),
            Zone = zone.Id,
            Recurrence = SeriesOf(c.GetProperty("ews_pattern")),
        };
        var surplus = c.GetProperty("expected_complete").GetBoolean() ? 1 : 0;
        return
        [
            .. when.Occurrences(zone, first, Instant.MaxValue)
                .Take(c.GetProperty("expected").GetArrayLength() + surplus)
                .Select(o => o.OriginalStart.InZone(zone).LocalDateTime),
        ];
    }

    private static Recurrence SeriesOf(JsonElement p)
    {
        var range = p.GetProperty("range");
        RecurrencePattern pattern = p.GetProperty("type").GetString() switch
        {
            "Daily" => new RecurrencePattern.Daily(Number(p, "interval")),
            "Weekly" => new RecurrencePattern.Weekly(
                Number(p, "interval"),
                [.. p.GetProperty("daysOfWeek").EnumerateArray().Select(Day)],
                Named<IsoDayOfWeek>(p, "firstDayOfWeek")),
            "AbsoluteMonthly" =>
                new RecurrencePattern.AbsoluteMonthly(Number(p, "interval"), Number(p, "dayOfMonth")),
            "RelativeMonthly" => new RecurrencePattern.RelativeMonthly(
                Number(p, "interval"),
                Named<DayOfWeekIndex>(p, "dayOfWeekIndex"),
                Named<DayOfWeekToken>(p, "daysOfWeek")),
            "AbsoluteYearly" => new RecurrencePattern.AbsoluteYearly(Number(p, "dayOfMonth"), Month(p)),
            "RelativeYearly" => new RecurrencePattern.RelativeYearly(
                Named<DayOfWeekIndex>(p, "dayOfWeekIndex"), Named<DayOfWeekToken>(p, "daysOfWeek"), Month(p)),
            var other => throw new InvalidOperationException($"Pattern {other} is new"),
        };
        return new Recurrence(
            pattern,
            Date(range, "startDate")!.Value,
            Date(range, "endDate"),
            range.TryGetProperty("numberOfOccurrences", out var count) ? count.GetInt32() : null);
    }

    private static IsoDayOfWeek Day(JsonElement e) => Enum.Parse<IsoDayOfWeek>(e.GetString()!);

    private static int Number(JsonElement e, string name) => e.GetProperty(name).GetInt32();

    private static T Named<T>(JsonElement e, string name)
        where T : struct, Enum => Enum.Parse<T>(e.GetProperty(name).GetString()!);

    private static int Month(JsonElement p) =>
        LocalDatePattern.CreateWithInvariantCulture("MMMM")
            .Parse(p.GetProperty("month").GetString()!)
            .Value.Month;

    private static LocalDate? Date(JsonElement e, string name) =>
        e.TryGetProperty(name, out var date) ? LocalDatePattern.Iso.Parse(date.GetString()!).Value : null;

    private static LocalDateTime Local(string text) => LocalDateTimePattern.ExtendedIso.Parse(text).Value;
}
