using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
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
        hours.Zone.ShouldBe(new RuleZone(
            Offset.FromHours(-8),
            Offset.FromHours(-7),
            new YearlyChange(10, 5, IsoDayOfWeek.Sunday, new LocalTime(2, 0)),
            new YearlyChange(4, 1, IsoDayOfWeek.Sunday, new LocalTime(2, 0))));
        var period = hours.Periods.ShouldHaveSingleItem();
        period.Days.Count.ShouldBe(5);
        (period.Start, period.End).ShouldBe((new LocalTime(8, 0), new LocalTime(17, 0)));
    }
}
