using System.Net;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that a back-off is a promise: who asks during it waits longer.</summary>
public sealed class BackOffTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BackOff = TimeSpan.FromMilliseconds(1500);

    [Fact]
    public async Task A_request_during_the_back_off_is_refused_counted_and_begins_it_anew()
    {
        var time = new SteppedTime();
        await using var lab = await LabServer.Start(time);
        await MakeBusyOnce(lab);
        time.Advance(BackOff - Moment);

        (await Status(lab)).ShouldBe(HttpStatusCode.InternalServerError);

        time.Advance(BackOff - Moment);
        (await Status(lab)).ShouldBe(HttpStatusCode.InternalServerError);
        (await Counted(lab, "requestsDuringBackOff")).ShouldBe(2);
        (await Counted(lab, "busyAnswers")).ShouldBe(3);
    }

    [Fact]
    public async Task Who_waits_until_the_back_off_is_over_is_served()
    {
        var time = new SteppedTime();
        await using var lab = await LabServer.Start(time);
        await MakeBusyOnce(lab);

        time.Advance(BackOff);

        (await Status(lab)).ShouldBe(HttpStatusCode.OK);
        (await Counted(lab, "requestsDuringBackOff")).ShouldBe(0);
    }

    private static async Task MakeBusyOnce(LabServer lab)
    {
        await lab.Act(HttpMethod.Put, "/faults", new { busy = 1.0, busyBackOffMilliseconds = 1500 });
        (await Status(lab)).ShouldBe(HttpStatusCode.InternalServerError);
        await lab.Act(HttpMethod.Put, "/faults", new { busyBackOffMilliseconds = 1500 });
    }

    private static async Task<HttpStatusCode> Status(LabServer lab)
    {
        var (status, reply) = await lab.Post(Wire.Envelope(Wire.FindPage(0, 1), LabServer.Anna));
        if (status != HttpStatusCode.OK)
        {
            reply.Codes().ShouldBe(["ErrorServerBusy"]);
            reply.All("Value").Single().Value.ShouldBe("1500");
        }

        return status;
    }

    private static async Task<int> Counted(LabServer lab, string name) =>
        (await lab.Act(HttpMethod.Get, "/statistics")).GetProperty(name).GetInt32();
}
