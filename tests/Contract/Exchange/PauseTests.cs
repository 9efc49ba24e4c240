using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Watching;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>How long a watch waits, and when it gives its subscriptions up.</summary>
public sealed class PauseTests
{
    private static readonly ExchangeSettings Settings = new()
    {
        Url = new Uri("https://mail.example.org/"),
        Account = "a",
        Password = "b",
    };

    private static readonly Trouble Broken = new(Trouble.Broken);
    private static readonly Trouble Overload = new(Trouble.StreamRefused, IsOverload: true);

    private readonly ManualTime time = new();
    private readonly Doubt doubt = new();
    private readonly Pauses pauses;

    public PauseTests() => pauses = new Pauses(Settings, time);

    [Fact]
    public void pauses_double_up_to_the_longest()
    {
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 })
        {
            ShouldBeUpTo(pauses.Next(Broken, TimeSpan.Zero), TimeSpan.FromSeconds(seconds));
        }

        for (var turn = 0; turn < 1000; turn++)
        {
            ShouldBeUpTo(pauses.Next(Broken, TimeSpan.Zero), Settings.LongestPause);
        }
    }

    [Fact]
    public void a_stream_that_has_proven_itself_makes_good_for_all_failures_before()
    {
        for (var turn = 0; turn < 5; turn++)
        {
            pauses.Next(Broken, Settings.StreamProven - TimeSpan.FromTicks(1));
        }

        ShouldBeUpTo(pauses.Next(Broken, Settings.StreamProven), Settings.FirstPause);
        ShouldBeUpTo(pauses.Next(Broken, TimeSpan.Zero), Settings.FirstPause);
    }

    [Fact]
    public void a_stream_whose_time_is_over_is_opened_again_at_once_if_it_has_proven_itself()
    {
        var closed = new Trouble("closed", IsRegular: true);
        pauses.Next(closed, Settings.StreamProven).ShouldBe(TimeSpan.Zero);
        ShouldBeUpTo(pauses.Next(closed, TimeSpan.Zero), Settings.FirstPause);
    }

    [Fact]
    public void a_busy_server_is_left_alone_for_as_long_as_it_says()
    {
        var until = Instant.FromDateTimeOffset(time.GetUtcNow()) + Duration.FromMinutes(20);
        pauses.Next(Trouble.Busy(until), TimeSpan.Zero)
            .ShouldBeInRange(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20) + Settings.FirstPause);
    }

    [Fact]
    public void a_server_with_too_much_to_do_is_left_alone_for_longer()
    {
        ShouldBeUpTo(pauses.Next(Overload, TimeSpan.Zero), Settings.FirstOverloadPause);
        ShouldBeUpTo(pauses.Next(Overload, TimeSpan.Zero), Settings.FirstOverloadPause * 2);
    }

    [Fact]
    public void subscriptions_are_given_up_after_some_failures_in_a_row()
    {
        Turns(Broken, Bounds.FailuresPerSubscription * 2).ShouldBe(2);
        Turns(Overload, Bounds.OverloadsPerSubscription).ShouldBe(1);
    }

    [Fact]
    public void a_stream_that_opened_makes_good_for_the_failures_before()
    {
        Turns(Broken, Bounds.FailuresPerSubscription - 1).ShouldBe(0);
        doubt.After(Broken, hasOpened: true).ShouldBeFalse();
        Turns(Broken, Bounds.FailuresPerSubscription - 1).ShouldBe(0);
    }

    [Fact]
    public void neither_a_busy_server_nor_a_refused_account_speaks_against_subscriptions()
    {
        Turns(Trouble.Busy(Instant.MaxValue), 100).ShouldBe(0);
        Turns(new Trouble("http-401"), 100).ShouldBe(0);
    }

    private int Turns(Trouble trouble, int count) =>
        Enumerable.Range(0, count).Count(_ => doubt.After(trouble, hasOpened: false));

    // Half of a pause at least, so that many streams do not come back in the same moment.
    private static void ShouldBeUpTo(TimeSpan pause, TimeSpan most) => pause.ShouldBeInRange(most / 2, most);
}
