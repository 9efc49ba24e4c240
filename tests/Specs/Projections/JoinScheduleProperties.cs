using CsCheck;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using HybridCalendar.Projections;
using HybridCalendar.Specs.Meetings;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;
using static HybridCalendar.Specs.Projections.ScheduleExample;

namespace HybridCalendar.Specs.Projections;

/// <summary>
/// The schedule is what a naive computation finds, minute by minute, and the instant of the next change is
/// right. How: some meetings of a day and a half, in whole minutes, with any lead and tail.
/// </summary>
public class JoinScheduleProperties
{
    private const int MinutesOfDay = 24 * 60;

    private static readonly Duration Minute = Duration.FromMinutes(1);

    private static readonly Gen<MeetingFacts> Singles = Gen.Select(
        Gen.Int[-120, 240], Gen.Int[0, 90], Gen.Bool, Gen.Enum<Response>(), Gen.Enum<Sensitivity>(),
        Gen.Enum<ShownAs>(), Gen.Int[0, 9]).Select(
            (start, length, crossesMidnight, response, sensitivity, shownAs, kind) => Once with
            {
                When = kind == 0
                    ? new When { Start = November(23), End = November(24), Zone = "UTC", AllDay = true }
                    : Span(start + (crossesMidnight ? MinutesOfDay - 540 : 0), length),
                Response = response,
                Sensitivity = sensitivity,
                ShownAs = shownAs,
                IsCancelled = kind == 1,
                JoinTargets = kind == 2 ? [] : [Webex("1")],
            });

    private static readonly Gen<MeetingFacts> Meetings = Gen.OneOf(
        Singles,
        Singles,
        LookGen.Facts.Select(facts => facts with { JoinTargets = [Webex("2")] }));

    private static readonly Gen<Audience> Audiences = Gen.Select(
        Gen.Enum<MailboxKind>(), Gen.Int[0, 60], Gen.Int[0, 60], Gen.Bool).Select(
            (kind, lead, tail, hides) =>
                new Audience(kind, new JoinTimes(Minute * lead, Minute * tail), hides));

    [Fact]
    public void At_every_minute_the_buttons_and_their_order_are_the_naive_ones() =>
        Gen.Select(Meetings.Array[0, 5], Audiences, Gen.Int[-200, MinutesOfDay]).Sample(
            (meetings, audience, minute) =>
            {
                var at = November(23, 9) + (Minute * minute);
                Keys(ScheduleAt(at, audience, meetings))
                    .ShouldBe(Naive(Candidates(meetings, audience), at, audience.Times));
            });

    [Fact]
    public void Until_the_next_change_nothing_differs_and_then_something_does() =>
        Gen.Select(Meetings.Array[0, 4], Audiences, Gen.Int[-200, MinutesOfDay]).Sample(
            (meetings, audience, minute) =>
            {
                var now = November(23, 9) + (Minute * minute);
                var horizon = now + JoinSchedule.Horizon;
                var schedule = ScheduleAt(now, audience, meetings);
                var candidates = Candidates(meetings, audience);
                var before = Naive(candidates, now, audience.Times);
                var first = Minutes(now + Minute, horizon).FirstOrDefault(
                    at => !Naive(candidates, at, audience.Times).SequenceEqual(before), horizon);

                if (schedule.ChangesAt is { } change)
                {
                    change.ShouldBe(first);
                    ScheduleAt(change - Duration.Epsilon, audience, meetings).Buttons
                        .ShouldBe(schedule.Buttons);
                    ScheduleAt(change, audience, meetings).Buttons.ShouldNotBe(schedule.Buttons);
                }
                else
                {
                    Naive(candidates, first, audience.Times).ShouldBe(before);
                }
            },
            iter: 50);

    private static When Span(int start, int length) => Once.When with
    {
        Start = November(23, 9) + (Minute * start),
        End = November(23, 9) + (Minute * (start + length)),
    };

    private static IEnumerable<Instant> Minutes(Instant from, Instant to)
    {
        for (var at = from; at <= to; at += Minute)
        {
            yield return at;
        }
    }

    private static IEnumerable<(Guid, Instant)> Keys(JoinSchedule schedule) =>
        schedule.Buttons.Select(button => (button.Meeting, button.Start));

    // Every occurrence of two months that has a button at some time.
    private static Candidate[] Candidates(MeetingFacts[] meetings, Audience audience) =>
    [
        .. meetings.SelectMany((facts, number) => facts
            .OccurrencesIn(November(1), November(1) + Duration.FromDays(60))
            .Where(o => Showing.Of(facts, o, audience)?.Button is not null)
            .OrderBy(o => o.OriginalStart)
            .Select(o => new Candidate(Id(number), o.Start, o.End, o.AllDay))),
    ];

    // Each is asked by itself, and groups are put one behind the other.
    private static List<(Guid, Instant)> Naive(Candidate[] candidates, Instant at, JoinTimes times)
    {
        var ordered = candidates.OrderBy(o => o.Meeting).ToList();
        var timed = ordered
            .Where(o => !o.AllDay && at >= o.Start - times.Lead && at < o.End + times.Tail)
            .ToList();
        return
        [
            .. timed.Where(o => o.Start <= at && at < o.End).OrderBy(o => o.Start)
                .Concat(timed.Where(o => at < o.Start).OrderBy(o => o.Start))
                .Concat(timed.Where(o => at >= o.End && at >= o.Start).OrderBy(o => o.End))
                .Concat(ordered.Where(o => o.AllDay && o.Start <= at && at < o.End).OrderBy(o => o.Start))
                .Select(o => (o.Meeting, o.Start)),
        ];
    }

    private sealed record Candidate(Guid Meeting, Instant Start, Instant End, bool AllDay);
}
