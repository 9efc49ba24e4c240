using System.Collections.Immutable;
using CsCheck;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;
using Lab = HybridCalendar.ExchangeLab.Model;
using Pattern = HybridCalendar.Domain.Time.RecurrencePattern;

namespace HybridCalendar.Contract.Exchange;

/// <summary>
/// How: the lab expands random series by code of its own, which is what its calendar views show; exceptions,
/// dropped occurrences and zones included.
/// </summary>
public sealed class ExpansionProperties
{
    private static readonly string[] Zones =
    [
        "W. Europe Standard Time", "Eastern Standard Time", "India Standard Time", "Lord Howe Standard Time",
        "Middle East Standard Time", "UTC",
    ];

    private static readonly Gen<Lab.Recurrence> GenRule = Gen.Select(
        Gen.Select(Gen.Enum<Lab.RecurrencePattern>(), Gen.Int[1, 20], Gen.Int[1, 31], Gen.Int[1, 12]),
        Gen.Select(Gen.Enum<DayToken>(), Gen.Enum<DayIndex>(), Gen.Int[1, 7], Gen.Int[1, 127]),
        Gen.Select(Gen.Int[0, 12_000], Gen.Int[0, 2], Gen.Int[1, 999]),
        (pattern, days, range) =>
        {
            var start = new LocalDate(1995, 1, 1).PlusDays(range.Item1);
            return new Lab.Recurrence
            {
                Pattern = pattern.Item1,
                Interval = pattern.Item1 is Lab.RecurrencePattern.AbsoluteYearly
                    or Lab.RecurrencePattern.RelativeYearly ? 1 : pattern.Item2,
                DayOfMonth = pattern.Item3,
                Month = pattern.Item4,
                DaysOfWeek = pattern.Item1 == Lab.RecurrencePattern.Weekly
                    ? [.. Enum.GetValues<IsoDayOfWeek>().Where(day => IsIn(day, days.Item4)).Select(Token)]
                    : [days.Item1],
                Index = days.Item2,
                FirstDayOfWeek = (IsoDayOfWeek)days.Item3,
                StartDate = start,
                EndDate = range.Item2 == 1 ? start.PlusDays(range.Item3 * 5) : null,
                Count = range.Item2 == 2 ? range.Item3 : null,
            };
        });

    private static readonly Gen<MeetingContent> GenSeries = Gen.Select(
        GenRule,
        Gen.Int[0, (24 * 60) - 1],
        Gen.Int[0, 3 * 24 * 60],
        Gen.Int[0, Zones.Length - 1],
        Gen.Select(Gen.Int[0, 40], Gen.Int[-300, 300], Gen.Bool).Array[0, 6],
        (rule, minute, length, zone, exceptions) =>
        {
            var start = Occurrences.Resolve(
                rule.StartDate + LocalTime.FromMinutesSinceMidnight(minute), Lab.Zones.Named(Zones[zone]));
            var content = new MeetingContent
            {
                Organizer = LabExchange.Anna,
                Start = start,
                End = start + Duration.FromMinutes(length),
                TimeZone = Zones[zone],
                Recurrence = rule,
            };
            return exceptions.Aggregate(content, WithException);
        });

    [Fact]
    public void A_window_is_what_the_lab_s_calendar_view_has_of_it() =>
        Gen.Select(GenSeries, Gen.Int[-100, 9000], Gen.Int[1, 60]).Sample((content, day, days) =>
        {
            var from = content.Start + Duration.FromDays(day);
            var to = from + Duration.FromDays(days);

            FactsOf(content).OccurrencesIn(from, to).Select(o => (o.OriginalStart, o.Start, o.End)).ShouldBe(
                Occurrences.Within(content, from, to)
                    .Select(o => (o.OriginalStart, o.Start, o.End))
                    .OrderBy(o => o.Start).ThenBy(o => o.OriginalStart));
        });

    private static bool IsIn(IsoDayOfWeek day, int days) => day > 0 && (days >> ((int)day - 1) & 1) == 1;

    private static DayToken Token(IsoDayOfWeek day) => Enum.Parse<DayToken>(day.ToString());

    private static MeetingContent WithException(
        MeetingContent content, (int Skip, int Minutes, bool Drop) wish)
    {
        foreach (var date in Expansion.Dates(content.Recurrence!).Skip(wish.Skip).Take(1))
        {
            var (start, end) = Occurrences.Regular(content, date);
            var by = Duration.FromMinutes(wish.Minutes);
            return wish.Drop
                ? content with { Dropped = content.Dropped.Add(date), Changed = content.Changed.Remove(date) }
                : content with
                {
                    Dropped = content.Dropped.Remove(date),
                    Changed = content.Changed.SetItem(
                        date, new OccurrenceChange(start + by, end + by, null, null)),
                };
        }

        return content;
    }

    private static MeetingFacts FactsOf(MeetingContent content) => new()
    {
        When = new When
        {
            Start = content.Start,
            End = content.End,
            Zone = content.TimeZone,
            Recurrence = SeriesOf(content.Recurrence!),
        },
        ChangedOccurrences =
        [
            .. content.Changed.Select(changed => new ChangedOccurrence(
                Occurrences.Regular(content, changed.Key).Start,
                changed.Value.Start,
                changed.Value.End,
                AllDay: false,
                Title: null,
                Location: null,
                ShownAs.Busy,
                IsCancelled: false,
                [])),
        ],
        DroppedOccurrences = [.. content.Dropped.Select(date => Occurrences.Regular(content, date).Start)],
    };

    private static Domain.Time.Recurrence SeriesOf(Lab.Recurrence rule)
    {
        var (index, token) = ((DayOfWeekIndex)(rule.Index + 1), TokenOf(rule.DaysOfWeek));
        Pattern pattern = rule.Pattern switch
        {
            Lab.RecurrencePattern.Daily => new Pattern.Daily(rule.Interval),
            Lab.RecurrencePattern.Weekly => new Pattern.Weekly(
                rule.Interval,
                [.. rule.DaysOfWeek.Select(day => Enum.Parse<IsoDayOfWeek>(day.ToString()))],
                rule.FirstDayOfWeek),
            Lab.RecurrencePattern.AbsoluteMonthly =>
                new Pattern.AbsoluteMonthly(rule.Interval, rule.DayOfMonth),
            Lab.RecurrencePattern.RelativeMonthly => new Pattern.RelativeMonthly(rule.Interval, index, token),
            Lab.RecurrencePattern.AbsoluteYearly => new Pattern.AbsoluteYearly(rule.DayOfMonth, rule.Month),
            _ => new Pattern.RelativeYearly(index, token, rule.Month),
        };
        return new Domain.Time.Recurrence(pattern, rule.StartDate, rule.EndDate, rule.Count);
    }

    private static DayOfWeekToken TokenOf(ImmutableArray<DayToken> days) =>
        days.IsEmpty ? DayOfWeekToken.Day : Enum.Parse<DayOfWeekToken>(days[0].ToString());
}
