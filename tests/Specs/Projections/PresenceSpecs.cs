using HybridCalendar.Domain.Mailboxes;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Projections;

public class PresenceSpecs
{
    private static readonly AutomaticReplies Scheduled =
        new(AutomaticRepliesState.Scheduled, November(23, 9), November(27, 17));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Somebody_is_away_from_the_first_instant_of_the_span(int nanoseconds, bool away) =>
        Scheduled.AwayAt(November(23, 9).PlusNanoseconds(nanoseconds)).ShouldBe(away);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void Somebody_is_back_at_the_end_of_the_span(int nanoseconds, bool away) =>
        Scheduled.AwayAt(November(27, 17).PlusNanoseconds(nanoseconds)).ShouldBe(away);

    [Fact]
    public void Somebody_whose_replies_are_enabled_is_away_at_any_time()
    {
        var enabled = new AutomaticReplies(AutomaticRepliesState.Enabled);
        enabled.AwayAt(Instant.MinValue).ShouldBeTrue();
        enabled.AwayAt(Instant.MaxValue).ShouldBeTrue();
    }

    [Fact]
    public void Somebody_whose_replies_are_disabled_is_there_whatever_the_span_says() =>
        (Scheduled with { State = AutomaticRepliesState.Disabled }).AwayAt(November(25)).ShouldBeFalse();

    [Fact]
    public void A_schedule_without_a_span_never_applies() =>
        new AutomaticReplies(AutomaticRepliesState.Scheduled).AwayAt(November(25)).ShouldBeFalse();
}
