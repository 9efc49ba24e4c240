using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Host.Watch;
using NodaTime;

namespace HybridCalendar.Specs.Watch;

/// <summary>When a mailbox is looked at again after a look that failed.</summary>
public class RetryPauseSpecs
{
    private static readonly RetryPause Pause = new(Random.Shared);
    private static readonly Duration Rest = Duration.FromHours(3);

    [Fact]
    public void Trouble_that_passes_is_met_with_pauses_that_grow_up_to_the_longest()
    {
        foreach (var (attempt, seconds) in new[] { (0, 1), (1, 2), (2, 4), (5, 32), (6, 60), (1000, 60) })
        {
            ShouldBeAbout(Pause.After(attempt), Duration.FromSeconds(seconds));
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

    [Theory]
    [InlineData("http-401")]
    [InlineData("account-locked")]
    [InlineData("token-refused")]
    [InlineData("token-unavailable")]
    [InlineData("http-500")]
    [InlineData("http-502")]
    [InlineData("http-504")]
    [InlineData("http-redirect-to-error-page")]
    [InlineData("ErrorADUnavailable")]
    [InlineData("ErrorMailboxFailover")]
    [InlineData("ErrorMailboxStoreUnavailable")]
    [InlineData("ErrorExceededConnectionCount")]
    public void An_outage_a_wrong_password_and_a_move_park_nobody_however_long_they_last(string code)
    {
        var reply = new Reply<CalendarPage>.Refused(code, "");
        var refused = new LookOutcome.Refused(reply.Code, reply.Reaction);

        refused.IsParked.ShouldBeFalse();
        ShouldBeAbout(Pause.After(1000, refused, Rest), WatchBounds.LongestRetry);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(WatchBounds.AttemptsUntilFailed)]
    public void A_mailbox_that_is_being_moved_is_tried_again_when_it_may_have_arrived(int attempt) =>
        ShouldBeAbout(After(attempt, Reaction.AwaitMove), WatchBounds.MoveRetry);

    private static Duration After(int attempt, Reaction reaction) =>
        Pause.After(attempt, new LookOutcome.Refused("ErrorOfSomeKind", reaction), Rest);

    private static void ShouldBeAbout(Duration pause, Duration least) =>
        pause.ShouldBeInRange(least, least * 1.5);
}
