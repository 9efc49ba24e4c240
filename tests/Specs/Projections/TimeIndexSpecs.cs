using CsCheck;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;
using HybridCalendar.Specs.Meetings;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Projections;

public class TimeIndexSpecs
{
    private static readonly long Nine = November(23, 9).ToUnixTimeSeconds();

    [Fact]
    public void A_meeting_is_between_its_start_and_the_second_after_its_end() =>
        TimeIndex.Of(Once).ShouldBe(new TimeIndex(Nine, Nine + 3600 + 1));

    [Fact]
    public void A_part_of_a_second_is_never_cut_off()
    {
        var half = Duration.FromMilliseconds(500);
        var later = Once.When with { Start = Once.When.Start + half, End = Once.When.End + half };
        TimeIndex.Of(Once with { When = later }).ShouldBe(new TimeIndex(Nine, Nine + 3600 + 1));
    }

    [Fact]
    public void Before_1970_the_second_is_the_one_in_which_an_instant_lies() =>
        TimeIndex.Floor(Instant.FromUnixTimeMilliseconds(-1)).ShouldBe(-1);

    [Fact]
    public void A_series_is_between_its_first_start_and_its_last_end() =>
        TimeIndex.Of(Series).ShouldBe(
            new TimeIndex(Nine, November(27, 10).ToUnixTimeSeconds() + 1));

    [Fact]
    public void A_series_without_end_never_ends()
    {
        var endless = Series.When with { Recurrence = Series.When.Recurrence! with { Count = null } };
        TimeIndex.Of(Series with { When = endless }).ShouldBe(new TimeIndex(Nine, TimeIndex.Never));
    }

    [Fact]
    public void Never_is_later_than_any_instant_and_exact_as_a_JSON_number()
    {
        TimeIndex.Never.ShouldBeGreaterThan(Instant.MaxValue.ToUnixTimeSeconds());
        ((long)(double)TimeIndex.Never).ShouldBe(TimeIndex.Never);
        ((long)(double)(TimeIndex.Never - 1)).ShouldBe(TimeIndex.Never - 1);
    }

    [Fact]
    public void An_occurrence_that_was_put_before_or_after_the_series_widens_it()
    {
        var before = Moved(24, 9) with { Start = November(20, 9), End = November(20, 10) };
        var after = Moved(25, 9) with { Start = November(30, 9), End = November(30, 10) };
        TimeIndex.Of(Series with { ChangedOccurrences = [before, after] }).ShouldBe(new TimeIndex(
            November(20, 9).ToUnixTimeSeconds(), November(30, 10).ToUnixTimeSeconds() + 1));
    }

    [Fact]
    public void Every_occurrence_is_within_it() =>
        LookGen.Facts.Sample(facts =>
        {
            var index = TimeIndex.Of(facts);
            facts.OccurrencesIn(November(1), November(30))
                .Where(o => o.Start.ToUnixTimeSeconds() < index.StartSecond
                    || o.End >= Instant.FromUnixTimeSeconds(index.EndSecond))
                .ShouldBeEmpty();
        });
}
