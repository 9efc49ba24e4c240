using System.Text;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>A series whose own zone nobody knows is planned in the zone in which its owner works.</summary>
public sealed class OwnersZoneTests
{
    private const string Series = """
        <t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>
        <t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>
        <t:NoEndRecurrence><t:StartDate>2026-03-02</t:StartDate></t:NoEndRecurrence></t:Recurrence>
        <t:StartTimeZone Id="nowhere"/>
        """;

    private const string Berlin = """
        <t:Bias>-60</t:Bias>
        <t:StandardTime><t:Bias>0</t:Bias><t:Time>03:00:00</t:Time><t:DayOrder>5</t:DayOrder>
        <t:Month>10</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime>
        <t:DaylightTime><t:Bias>-60</t:Bias><t:Time>02:00:00</t:Time><t:DayOrder>5</t:DayOrder>
        <t:Month>3</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime>
        """;

    private const string Unchanging = """
        <t:Bias>210</t:Bias>
        <t:StandardTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder>
        <t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime>
        <t:DaylightTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0</t:DayOrder>
        <t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime>
        """;

    private static readonly string Unknown = Xml.Envelope(
        "<m:GetUserAvailabilityResponse><m:FreeBusyResponseArray><m:FreeBusyResponse>"
        + "<m:ResponseMessage ResponseClass='Error'>"
        + "<m:ResponseCode>ErrorMailRecipientNotFound</m:ResponseCode></m:ResponseMessage>"
        + "</m:FreeBusyResponse></m:FreeBusyResponseArray></m:GetUserAvailabilityResponse>");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task the_zone_of_the_owner_is_taken_and_asked_for_once_a_page()
    {
        await using var server = await Serving(Available(Berlin));
        var items = await Read(server);
        var when = items.Select(item => item.ShouldBeOfType<ItemRead.Meeting>().Facts.When)
            .Distinct().Single();
        when.Zone.ShouldBe("nowhere");
        var zone = CalendarZones.Of(when)!;
        zone.GetUtcOffset(Instant.FromUtc(2026, 3, 29, 0, 59)).ShouldBe(Offset.FromHours(1));
        zone.GetUtcOffset(Instant.FromUtc(2026, 3, 29, 1, 0)).ShouldBe(Offset.FromHours(2));
        zone.GetUtcOffset(Instant.FromUtc(2026, 10, 25, 1, 0)).ShouldBe(Offset.FromHours(1));
        server.Operations.ShouldBe("SyncFolderItems GetItem GetUserAvailability");
    }

    [Fact]
    public async Task what_is_no_series_is_the_same_beside_one_that_needs_the_zone_of_the_owner()
    {
        var single = Series[..Series.IndexOf("<t:Recurrence>", StringComparison.Ordinal)]
            + "<t:StartTimeZone Id='elsewhere'/>";
        await using var server = await Serving(Available(Berlin));
        server.On("GetItem", Xml.Items(Series, single));
        (await Read(server))[1].ShouldBeOfType<ItemRead.Meeting>().Facts.When.ZoneDefinition.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task where_the_server_does_not_say_it_the_series_is_parked(string reply, int status)
    {
        await using var server = await Serving(reply, status);
        foreach (var item in await Read(server))
        {
            item.ShouldBeOfType<ItemRead.Unreadable>().Reason.ShouldContain("StartTimeZone");
        }
    }

    public static TheoryData<string, int> Silences => new()
    {
        { Available(""), 200 },
        { Available(Berlin.Replace("-60", "much", StringComparison.Ordinal)), 200 },
        { Unknown, 200 },
        { Xml.Fault("ErrorInvalidRequest"), 500 },
    };

    [Fact]
    public async Task a_server_that_is_busy_gives_no_page()
    {
        await using var server = await Serving(Xml.Fault("ErrorServerBusy"), 500);
        var reply = await server.Client().ReadChanges(ScriptedExchange.Mailbox("an"), null, [], Cancellation);
        reply.ShouldBeOfType<Reply<CalendarPage>.Busy>();
    }

    [Fact]
    public void clocks_of_the_owner_may_never_change()
    {
        using var reply = new MemoryStream(Encoding.UTF8.GetBytes(Available(Unchanging)));
        GetWorkingHours.ReadZone(reply).ShouldBeOfType<Parsed<ZoneDefinition?>.Answer>().Value.ShouldBe(
            new ZoneDefinition([new ZoneEra(Offset.FromHoursAndMinutes(-3, -30), [])]));
    }

    private static string Available(string zone) => Xml.Envelope(
        "<m:GetUserAvailabilityResponse><m:FreeBusyResponseArray><m:FreeBusyResponse>"
        + "<m:ResponseMessage ResponseClass='Success'><m:ResponseCode>NoError</m:ResponseCode>"
        + "</m:ResponseMessage>"
        + "<m:FreeBusyView><t:FreeBusyViewType>FreeBusy</t:FreeBusyViewType>"
        + $"<t:WorkingHours><t:TimeZone>{zone}</t:TimeZone></t:WorkingHours></m:FreeBusyView>"
        + "</m:FreeBusyResponse></m:FreeBusyResponseArray></m:GetUserAvailabilityResponse>");

    private static async Task<ScriptedExchange> Serving(string availability, int status = 200) =>
        (await ScriptedExchange.Start())
            .On("SyncFolderItems", Xml.Sync(Xml.Created("a", "b")))
            .On("GetItem", Xml.Items(Series, Series))
            .On("GetUserAvailability", availability, status);

    private static async Task<IReadOnlyList<ItemRead>> Read(ScriptedExchange server)
    {
        var reply = await server.Client().ReadChanges(ScriptedExchange.Mailbox("an"), null, [], Cancellation);
        return reply.ShouldBeOfType<Reply<CalendarPage>.Answer>().Value.Items;
    }
}
