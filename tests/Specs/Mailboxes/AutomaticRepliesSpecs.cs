using CsCheck;
using HybridCalendar.Domain.Mailboxes;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Mailboxes;

/// <summary>When an owner goes and comes back.</summary>
public class AutomaticRepliesSpecs
{
    /// <summary>How: between an instant and the next change, every second is asked about.</summary>
    [Fact]
    public void Until_it_changes_the_answer_stays_the_same_and_then_it_is_another() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[1, 20], Gen.Int[0, 45]).Sample((start, length, now) =>
        {
            var replies = new AutomaticReplies(
                AutomaticRepliesState.Scheduled, Second(start), Second(start + length));
            var next = replies.ChangesAt(Second(now));
            for (var later = now; Second(later) < (next ?? Second(50)); later++)
            {
                replies.AwayAt(Second(later)).ShouldBe(replies.AwayAt(Second(now)));
            }

            if (next is { } border)
            {
                replies.AwayAt(border).ShouldBe(!replies.AwayAt(Second(now)));
            }
        });

    [Theory]
    [InlineData(AutomaticRepliesState.Disabled)]
    [InlineData(AutomaticRepliesState.Enabled)]
    public void What_is_not_scheduled_does_not_change_by_itself(AutomaticRepliesState state) =>
        new AutomaticReplies(state).ChangesAt(Second(0)).ShouldBeNull();

    private static Instant Second(int second) => November(23, 9) + Duration.FromSeconds(second);
}
