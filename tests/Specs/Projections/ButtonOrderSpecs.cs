using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;
using static HybridCalendar.Specs.Projections.ScheduleExample;

namespace HybridCalendar.Specs.Projections;

/// <summary>Which of several Join buttons comes first.</summary>
public class ButtonOrderSpecs
{
    private static readonly Duration Lead = Duration.FromMinutes(5);
    private static readonly Duration Tail = Duration.FromMinutes(10);

    private static readonly Instant Start = November(23, 9);
    private static readonly Instant End = November(23, 10);

    private static readonly MeetingFacts Joinable = Once with { JoinTargets = [Webex("1")] };

    [Fact]
    public void Back_to_back_both_buttons_are_up_for_a_while_and_what_takes_place_comes_first()
    {
        var next = Joinable with { When = Joinable.When with { Start = End, End = End + (End - Start) } };
        var times = new JoinTimes(Lead, Tail);

        Order(End - Lead - Duration.Epsilon, times, Joinable, next).ShouldBe([Id(0)]);
        Order(End - Lead, times, Joinable, next).ShouldBe([Id(0), Id(1)]);
        ScheduleAt(End - Lead, times, Joinable, next).ChangesAt.ShouldBe(End);
        Order(End, times, Joinable, next).ShouldBe([Id(1), Id(0)]);
        ScheduleAt(End, times, Joinable, next).ChangesAt.ShouldBe(End + Tail);
        Order(End + Tail, times, Joinable, next).ShouldBe([Id(1)]);
    }

    [Fact]
    public void What_takes_place_comes_before_what_is_about_to_and_that_before_what_is_over_and_all_day()
    {
        var hour = Duration.FromHours(1);
        var allDay = new When { Start = November(23), End = November(24), Zone = "UTC", AllDay = true };
        var whens = new[]
        {
            allDay,
            Joinable.When with { Start = Start - hour, End = Start - Duration.FromMinutes(2) },
            Joinable.When with { Start = Start - hour - hour, End = Start - Duration.FromMinutes(5) },
            Joinable.When with { Start = Start + Duration.FromMinutes(4), End = End },
            Joinable.When with { Start = Start + Duration.FromMinutes(2), End = End + hour },
            Joinable.When with { Start = Start - Duration.FromMinutes(10) },
            Joinable.When with { Start = Start - Duration.FromMinutes(40) },
        };
        var meetings = whens.Select(when => Joinable with { When = when }).ToArray();

        Order(Start, new JoinTimes(Lead, Tail), meetings)
            .ShouldBe([Id(6), Id(5), Id(4), Id(3), Id(2), Id(1), Id(0)]);
    }

    private static IEnumerable<Guid> Order(Instant now, JoinTimes times, params MeetingFacts[] meetings) =>
        ScheduleAt(now, times, meetings).Buttons.Select(button => button.Meeting);
}
