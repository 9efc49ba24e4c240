using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Host.Watch;
using NodaTime;

namespace HybridCalendar.Specs.Watch;

/// <summary>When a mailbox is looked at again after a look that failed.</summary>
public class RetryPauseSpecs
{
    [Fact]
    public void Trouble_that_passes_is_met_with_pauses_that_grow_up_to_the_longest()
    {
        foreach (var (attempt, seconds) in new[] { (0, 1), (1, 2), (2, 4), (5, 32), (6, 60), (1000, 60) })
        {
            ShouldBeAbout(RetryPause.After(attempt), Duration.FromSeconds(seconds));
        }
    }

    [Theory]
    [InlineData(Reaction.ParkMailbox)]
    [InlineData(Reaction.Alarm)]
    [InlineData(Reaction.Mistake)]
    [InlineData(Reaction.FindFolder)]
    public void What_only_people_can_mend_is_tried_again_rarely_from_the_first_time_on(Reaction reaction) =>
        ShouldBeAbout(After(0, reaction), WatchBounds.ParkedRetry);

    [Theory]
    [InlineData(Reaction.Unknown)]
    [InlineData(Reaction.Retry)]
    [InlineData(Reaction.Reduce)]
    [InlineData(Reaction.SignIn)]
    [InlineData(Reaction.Resubscribe)]
    public void Any_other_refusal_is_trouble_that_may_pass(Reaction reaction) =>
        ShouldBeAbout(After(0, reaction), WatchBounds.ShortestRetry);

    [Fact]
    public void A_mailbox_that_may_be_elsewhere_is_parked_when_it_is_not_found_there_either()
    {
        ShouldBeAbout(After(0, Reaction.Rediscover), WatchBounds.ShortestRetry);
        ShouldBeAbout(
            After(WatchBounds.AttemptsUntilFailed - 1, Reaction.Rediscover), WatchBounds.ParkedRetry);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(WatchBounds.AttemptsUntilFailed)]
    public void A_mailbox_that_is_being_moved_is_tried_again_when_it_may_have_arrived(int attempt) =>
        ShouldBeAbout(After(attempt, Reaction.AwaitMove), WatchBounds.MoveRetry);

    private static Duration After(int attempt, Reaction reaction) =>
        RetryPause.After(attempt, new LookOutcome.Refused("ErrorOfSomeKind", reaction));

    private static void ShouldBeAbout(Duration pause, Duration least) =>
        pause.ShouldBeInRange(least, least * 1.5);
}
