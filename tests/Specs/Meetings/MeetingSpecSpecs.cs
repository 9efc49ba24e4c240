using HybridCalendar.Domain.Meetings;
using static HybridCalendar.Specs.Meetings.Example;
using static HybridCalendar.Specs.Meetings.MeetingSpec;

namespace HybridCalendar.Specs.Meetings;

/// <summary>
/// The specs themselves can fail: at another order, another member, another type, one too many.
/// </summary>
public class MeetingSpecSpecs
{
    private static readonly MeetingFacts Before = Once;
    private static readonly MeetingFacts After =
        Before with { Title = TestSealer.Seal("Other"), Response = Response.Declined };

    private static readonly MeetingRetitled Retitled = new(After.Title) { Look = LookAt(1) };
    private static readonly MeetingResponseChanged Answered = new(Response.Declined) { Look = LookAt(1) };

    [Fact]
    public void What_is_expected_passes() => News().Then(Retitled, Answered);

    [Fact]
    public void Another_order_is_refused() => Refused(() => News().Then(Answered, Retitled));

    [Fact]
    public void One_too_few_is_refused() => Refused(() => News().Then(Retitled));

    [Fact]
    public void One_too_many_is_refused() => Refused(() => News().Then(Retitled, Answered, Answered));

    [Fact]
    public void Another_look_is_refused() =>
        Refused(() => News().Then(Retitled with { Look = LookAt(2) }, Answered));

    [Fact]
    public void Another_type_with_the_same_members_is_refused() =>
        Refused(() => News().Then(new MeetingRelocated(After.Title) { Look = LookAt(1) }, Answered));

    [Fact]
    public void Something_where_nothing_is_expected_is_refused() => Refused(News().ThenNothing);

    private static News News() => Given(Appeared(0, Before)).When(Seen(1, After));

    private static void Refused(Action then) => Should.Throw<ShouldAssertException>(then);
}
