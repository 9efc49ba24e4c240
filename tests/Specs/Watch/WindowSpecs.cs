using HybridCalendar.Host.Read;
using NodaTime;
using Wolverine.Http;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Watch;

/// <summary>The span of time that a reader of the API asks about.</summary>
public class WindowSpecs
{
    private static readonly Instant Now = November(23, 9);

    [Fact]
    public void Without_a_word_it_is_four_weeks_from_now() =>
        Right(null, null).ShouldBe(new Window(Now, Now + Duration.FromDays(28)));

    [Fact]
    public void Without_an_end_it_is_four_weeks_from_its_start() =>
        Right("2026-12-01T00:00:00Z", null)
            .ShouldBe(new Window(Instant.FromUtc(2026, 12, 1, 0, 0), Instant.FromUtc(2026, 12, 29, 0, 0)));

    [Fact]
    public void Without_a_start_it_is_from_now() =>
        Right(null, "2026-11-24T00:00:00Z").ShouldBe(new Window(Now, November(24)));

    [Fact]
    public void Parts_of_seconds_count() =>
        Right("2026-11-23T09:00:00.123456789Z", null).From.ShouldBe(Now.PlusNanoseconds(123_456_789));

    [Fact]
    public void It_may_be_as_long_as_a_leap_year_and_not_longer()
    {
        Right("2026-01-01T00:00:00Z", "2027-01-02T00:00:00Z").To.ShouldBe(Instant.FromUtc(2027, 1, 2, 0, 0));
        Wrong("2026-01-01T00:00:00Z", "2027-01-02T00:00:00.000000001Z")
            .ShouldBe("'to' must be after 'from', by at most 366 days.");
    }

    [Theory]
    [InlineData("2026-11-24T00:00:00Z", "2026-11-24T00:00:00Z")]
    [InlineData("2026-11-24T00:00:00Z", "2026-11-23T00:00:00Z")]
    [InlineData(null, "2026-11-23T08:59:59Z")]
    public void An_end_that_is_not_after_the_start_is_refused(string? from, string? to) =>
        Wrong(from, to).ShouldBe("'to' must be after 'from', by at most 366 days.");

    [Theory]
    [InlineData("")]
    [InlineData("today")]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-23T09:00:00")]
    [InlineData("2026-11-23T09:00:00+01:00")]
    [InlineData("2026-02-30T09:00:00Z")]
    [InlineData("1795424400")]
    public void What_is_no_instant_in_UTC_is_refused_and_named(string text)
    {
        Wrong(text, null).ShouldBe("'from' must be an instant in UTC, for example 2026-11-23T09:00:00Z.");
        Wrong(null, text).ShouldBe("'to' must be an instant in UTC, for example 2026-11-23T09:00:00Z.");
    }

    private static Window Right(string? from, string? to)
    {
        var (window, problem) = Window.Parse(from, to, Now);
        problem.ShouldBeSameAs(WolverineContinue.NoProblems);
        return window.ShouldNotBeNull();
    }

    private static string? Wrong(string? from, string? to)
    {
        var (window, problem) = Window.Parse(from, to, Now);
        window.ShouldBeNull();
        problem.Status.ShouldBe(400);
        return problem.Detail;
    }
}
