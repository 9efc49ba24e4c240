using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Free and busy times are read as Microsoft's documentation shows them.</summary>
public sealed class FreeBusyReaderTests
{
    [Fact]
    public void the_documented_free_and_busy_times_are_understood()
    {
        var path = Path.Combine(Shared.Folder("ews-samples"), "ms-docs",
            "GetUserAvailabilityResponse.getuseravailability-operation.md.01.xml");
        using var reply = File.OpenRead(path);
        var answers = GetUserAvailability.Read(reply)
            .ShouldBeOfType<Parsed<IReadOnlyList<ResponseMessage<RawFreeBusy>>>.Answer>().Value;

        answers.Select(answer => answer.Payload.Digits)
            .ShouldBe(["000002220220000000000000", "000000001100000000000000"]);
        var times = answers[0].Payload.Times;
        times.Count.ShouldBe(3);
        times[2].By!.Title.ShouldBe("Meet with doctor");
        times[2].Start.ShouldBe(Instant.FromUtc(2006, 10, 16, 16, 40));
        var hours = answers[1].Payload.Hours!;
        hours.Zone.ShouldBe(new ZoneDefinition(
        [
            new ZoneEra(
                Offset.FromHours(-8),
                [
                    At(new RecurrencePattern.RelativeYearly(
                        DayOfWeekIndex.First, DayOfWeekToken.Sunday, 4), Offset.FromHours(1)),
                    At(new RecurrencePattern.RelativeYearly(
                        DayOfWeekIndex.Last, DayOfWeekToken.Sunday, 10), Offset.Zero),
                ]),
        ]));
        var period = hours.Periods.ShouldHaveSingleItem();
        period.Days.Count.ShouldBe(5);
        (period.Start, period.End).ShouldBe((new LocalTime(8, 0), new LocalTime(17, 0)));
    }

    private static ZoneTransition At(RecurrencePattern.Yearly day, Offset savings) =>
        new(day, Duration.FromHours(2), savings);
}
