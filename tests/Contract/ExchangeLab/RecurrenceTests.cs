using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves the expansion of rules against starts that independent calendars agree on.</summary>
public sealed class RecurrenceTests
{
    private const int ConfirmationsMin = 2;

    [Fact]
    public void Rules_give_the_starts_that_two_or_more_sources_confirm()
    {
        using var vectors = JsonDocument.Parse(
            File.ReadAllText(SharedFolder.Path("vectors/recurrence.json")));
        var checkedCases = 0;
        foreach (var vector in vectors.RootElement.EnumerateArray().Where(IsTrusted))
        {
            var expected = vector.GetProperty("expected").EnumerateArray()
                .Select(start => LocalDate(start.GetString()![..10])).ToList();
            var isComplete = vector.GetProperty("expected_complete").GetBoolean();

            var dates = Expansion.Dates(Rule(vector.GetProperty("ews_pattern")))
                .Take(expected.Count + (isComplete ? 1 : 0)).ToList();

            dates.ShouldBe(expected, vector.GetProperty("id").GetString());
            checkedCases++;
        }

        checkedCases.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Day_31_is_the_last_day_of_shorter_months()
    {
        var rule = new Recurrence
        {
            Pattern = RecurrencePattern.AbsoluteMonthly,
            DayOfMonth = 31,
            StartDate = new LocalDate(2026, 1, 31),
            Count = 4,
        };

        Expansion.Dates(rule).Select(date => date.ToString("MM-dd", CultureInfo.InvariantCulture))
            .ShouldBe(["01-31", "02-28", "03-31", "04-30"]);
    }

    [Fact]
    public void Looking_from_the_middle_of_an_endless_series_gives_the_same_dates_as_from_its_start()
    {
        foreach (var pattern in Enum.GetValues<RecurrencePattern>())
        {
            var rule = new Recurrence
            {
                Pattern = pattern,
                Interval = 3,
                DayOfMonth = 30,
                Month = 2,
                Index = DayIndex.Last,
                DaysOfWeek = pattern == RecurrencePattern.Weekly
                    ? [DayToken.Monday, DayToken.Friday]
                    : [DayToken.Weekday],
                FirstDayOfWeek = IsoDayOfWeek.Wednesday,
                StartDate = new LocalDate(2020, 2, 12),
            };
            var from = new LocalDate(2033, 5, 6);

            Expansion.Dates(rule, from).Take(9).ShouldBe(
                Expansion.Dates(rule).SkipWhile(date => date < from).Take(9), pattern.ToString());
        }
    }

    [Theory]
    [InlineData("2026-03-29T01:30:00Z", "2026-03-29T01:30:00Z", "a skipped hour moves forward")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z", "of a doubled hour the first counts")]
    public void Local_times_that_clocks_skip_or_repeat_are_resolved_leniently(
        string day, string start, string why)
    {
        var first = Instant.FromUtc(2026, 1, 1, 1, 30);
        var content = new MeetingContent
        {
            Organizer = "a@lab.example",
            Start = first,
            End = first + Duration.FromMinutes(15),
            TimeZone = "W. Europe Standard Time",
            Recurrence = new Recurrence
            {
                Pattern = RecurrencePattern.Daily,
                StartDate = new LocalDate(2026, 1, 1),
            },
        };

        var date = LocalDate(day[..10]);

        Occurrences.Regular(content, date).Start.ShouldBe(InstantPattern.General.Parse(start).Value, why);
    }

    private static bool IsTrusted(JsonElement vector) =>
        vector.GetProperty("exchange_expressible").GetBoolean()
        && vector.GetProperty("confirmed_by").GetArrayLength() >= ConfirmationsMin;

    private static Recurrence Rule(JsonElement pattern)
    {
        var range = pattern.GetProperty("range");
        return new Recurrence
        {
            Pattern = Enum.Parse<RecurrencePattern>(pattern.GetProperty("type").GetString()!),
            Interval = Number(pattern, "interval") ?? 1,
            DaysOfWeek = Days(pattern),
            DayOfMonth = Number(pattern, "dayOfMonth") ?? 1,
            Index = Enum.Parse<DayIndex>(Text(pattern, "dayOfWeekIndex") ?? "First"),
            Month = Text(pattern, "month") is { } month
                ? DateTime.ParseExact(month, "MMMM", CultureInfo.InvariantCulture).Month
                : 1,
            FirstDayOfWeek = Enum.Parse<IsoDayOfWeek>(Text(pattern, "firstDayOfWeek") ?? "Sunday"),
            StartDate = LocalDate(range.GetProperty("startDate").GetString()!),
            EndDate = Text(range, "endDate") is { } end ? LocalDate(end) : null,
            Count = Number(range, "numberOfOccurrences"),
        };
    }

    private static ImmutableArray<DayToken> Days(JsonElement pattern)
    {
        if (!pattern.TryGetProperty("daysOfWeek", out var days))
        {
            return [];
        }

        var names = days.ValueKind == JsonValueKind.Array
            ? days.EnumerateArray().Select(day => day.GetString()!)
            : [days.GetString()!];
        return [.. names.Select(Enum.Parse<DayToken>)];
    }

    private static LocalDate LocalDate(string text) => LocalDatePattern.Iso.Parse(text).Value;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? value.GetInt32() : null;
}
