using System.Diagnostics;
using System.Globalization;
using HybridCalendar.Domain.Time;
using HybridCalendar.Specs.Time;
using NodaTime;
using static HybridCalendar.Domain.Time.RecurrencePattern;

namespace HybridCalendar.Benchmarks.Expansion;

/// <summary>
/// Expanding series in a window of four weeks: the service against Ical.Net, on the same series, in one run.
/// </summary>
/// <remarks>
/// The same series begins a week and twenty years before the window, without end. Ical.Net has it as an event
/// that is made once, in rules that mean the same; both give every start in the window. Both have their turn
/// in every round, ratios are taken within a round, and their medians printed. A first round warms up and is
/// not counted. Both must find the same, or the measurement ends.
/// </remarks>
internal sealed class ExpansionMeasurement : IMeasurement
{
    private const double MillisecondsMin = 100;
    private const int WindowDays = 28;
    private const int FreshDays = 7;
    private const int OldYears = 20;
    private const string ZoneId = "Europe/Berlin";

    private static readonly LocalDate Begin = new(2026, 11, 23);

    private static readonly (string Name, RecurrencePattern Pattern)[] Patterns =
    [
        ("every day", new Daily(1)),
        ("every workday", new Weekly(
            1,
            [.. Enumerable.Range(1, 5).Select(day => (IsoDayOfWeek)day)],
            IsoDayOfWeek.Sunday)),
        ("every second week", new Weekly(2, [IsoDayOfWeek.Tuesday], IsoDayOfWeek.Sunday)),
        ("day 31", new AbsoluteMonthly(1, 31)),
        ("last workday", new RelativeMonthly(1, DayOfWeekIndex.Last, DayOfWeekToken.Weekday)),
        ("10 December", new AbsoluteYearly(10, 12)),
        ("first Monday of December", new RelativeYearly(DayOfWeekIndex.First, DayOfWeekToken.Monday, 12)),
    ];

    public string Name => "expansion";

    public string Question => "series in a window of four weeks: how long, and how long does Ical.Net take?";

    public async Task Run(Arguments arguments, CancellationToken cancellation)
    {
        Console.WriteLine(Machine.Describe());
        var table = new Table(
            $"{WindowDays} days, {arguments.Rounds} round(s)",
            "starts",
            "fresh µs",
            $"{OldYears} years µs",
            "old/fresh",
            "Ical.Net/service, fresh",
            $"{OldYears} years");
        var steps = Patterns.Select(pattern => (pattern.Name, Work: (Func<Task<string>>)(() =>
        {
            var rounds = new List<(double Fresh, double Old, double FreshRatio, double OldRatio)>();
            var starts = 0;
            for (var round = 0; round <= arguments.Rounds; round++)
            {
                cancellation.ThrowIfCancellationRequested();
                var least = arguments.Quick ? 0 : MillisecondsMin;
                var fresh = Measure(pattern.Pattern, Begin.PlusDays(-FreshDays), least);
                var old = Measure(pattern.Pattern, Begin.PlusYears(-OldYears), least);
                starts = old.Starts;
                rounds.Add((
                    fresh.Service, old.Service, fresh.Other / fresh.Service, old.Other / old.Service));
            }

            var counted = rounds.Skip(1).ToList();
            table.Add(
                pattern.Name,
                Text(starts, "F0"),
                Text(counted.Select(round => round.Fresh).Median(), "F1"),
                Text(counted.Select(round => round.Old).Median(), "F1"),
                Text(counted.Select(round => round.Old / round.Fresh).Median(), "F2"),
                Text(counted.Select(round => round.FreshRatio).Median(), "F1"),
                Text(counted.Select(round => round.OldRatio).Median(), "F0"));
            return Task.FromResult($"{Text(counted.Select(round => round.OldRatio).Median(), "F0")} times");
        })));
        await Steps.Take([.. steps]);
        Console.WriteLine();
        Console.WriteLine(table);
    }

    private static (int Starts, double Service, double Other) Measure(
        RecurrencePattern pattern, LocalDate begin, double least)
    {
        var zone = DateTimeZoneProviders.Tzdb[ZoneId];
        var series = SeriesFrom(pattern, begin, zone);
        var same = ICalendarSeries.EventOf(series, zone);
        var from = Begin.AtStartOfDayInZone(zone).ToInstant();
        var to = from + Duration.FromDays(WindowDays);
        List<Instant> Ours() =>
            [.. series.Occurrences(zone, from, to).Select(occurrence => occurrence.OriginalStart)];
        List<Instant> Theirs() => [.. same.Starts(from, zone).TakeWhile(start => start < to)];
        if (!Ours().SequenceEqual(Theirs()))
        {
            throw new UnreachableException("The two do not find the same.");
        }

        return (
            Ours().Count, Microseconds(() => Ours().Count, least), Microseconds(() => Theirs().Count, least));
    }

    /// <summary>The series at nine for an hour, from the first day of its pattern on.</summary>
    private static When SeriesFrom(RecurrencePattern pattern, LocalDate begin, DateTimeZone zone)
    {
        var nine = (begin + new LocalTime(9, 0)).InZoneLeniently(zone).ToInstant();
        var series = new When
        {
            Start = nine,
            End = nine + Duration.FromHours(1),
            Zone = ZoneId,
            Recurrence = new Recurrence(pattern, begin),
        };
        var first = series.Occurrences(zone, nine, Instant.MaxValue).First();
        return series with
        {
            Start = first.OriginalStart,
            End = first.End,
            Recurrence = new Recurrence(pattern, first.OriginalStart.InZone(zone).Date),
        };
    }

    /// <summary>
    /// Of the fastest of as many calls as take the least time: other work on the machine only lengthens one.
    /// </summary>
    private static double Microseconds(Func<int> work, double least)
    {
        var watch = Stopwatch.StartNew();
        var fastest = TimeSpan.MaxValue;
        do
        {
            var start = watch.Elapsed;
            work();
            fastest = new[] { fastest, watch.Elapsed - start }.Min();
        }
        while (watch.Elapsed.TotalMilliseconds < least);
        return fastest.TotalMicroseconds;
    }

    private static string Text(double number, string format) =>
        number.ToString(format, CultureInfo.InvariantCulture);
}
