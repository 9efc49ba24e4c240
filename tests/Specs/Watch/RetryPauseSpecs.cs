using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Host.Watch;
using NodaTime;

namespace HybridCalendar.Specs.Watch;

/// <summary>When a mailbox is looked at again after a look that failed.</summary>
public class RetryPauseSpecs
{
    private static readonly Duration Rest = Duration.FromHours(3);

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
    [InlineData(Reaction.Rediscover)]
    public void What_only_people_can_mend_rests_once_it_has_come_several_times_in_a_row(Reaction reaction)
    {
        ShouldBeAbout(After(0, reaction), WatchBounds.ShortestRetry);
        ShouldBeAbout(After(WatchBounds.AttemptsUntilFailed - 1, reaction), Rest);
        ShouldBeAbout(After(1000, reaction), Rest);
    }

    [Theory]
    [InlineData(Reaction.Unknown)]
    [InlineData(Reaction.Retry)]
    [InlineData(Reaction.Reduce)]
    [InlineData(Reaction.SignIn)]
    [InlineData(Reaction.Resubscribe)]
    public void Any_other_refusal_is_trouble_that_may_pass(Reaction reaction) =>
        ShouldBeAbout(After(0, reaction), WatchBounds.ShortestRetry);

    private static Duration After(int attempt, Reaction reaction) =>
        RetryPause.After(attempt, new LookOutcome.Refused("ErrorOfSomeKind", reaction), Rest);

    private static void ShouldBeAbout(Duration pause, Duration least) =>
        pause.ShouldBeInRange(least, least * 1.5);
}
