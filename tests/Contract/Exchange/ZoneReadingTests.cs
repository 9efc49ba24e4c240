using System.Text;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>In which time zone an item was planned, whatever its server says of it.</summary>
public sealed class ZoneReadingTests : IDisposable
{
    private const string Times = "<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>";

    private const string Periods = """
        <t:Periods><t:Period Bias="-PT60M" Name="Standard" Id="std"/>
        <t:Period Bias="P0DT-1" Name="Standard" Id="std"/>
        <t:Period Bias="-PT2H" Name="Daylight" Id="dlt"/></t:Periods>
        """;

    private const string Group = """
        <t:TransitionsGroup Id="0">
        <t:RecurringDayTransition><t:To Kind="Period">dlt</t:To><t:TimeOffset>PT2H</t:TimeOffset>
        <t:Month>3</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek><t:Occurrence>-1</t:Occurrence>
        </t:RecurringDayTransition>
        <t:RecurringDayTransition><t:To Kind="Period">std</t:To><t:TimeOffset>P0DT3H0M0.0S</t:TimeOffset>
        <t:Month>10</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek><t:Occurrence>5</t:Occurrence>
        </t:RecurringDayTransition></t:TransitionsGroup>
        """;

    private const string ToGroup =
        "<t:Transitions><t:Transition><t:To Kind='Group'>0</t:To></t:Transition></t:Transitions>";

    private const string Berlin =
        $"{Periods}<t:TransitionsGroups>{Group}{Group}</t:TransitionsGroups>{ToGroup}";

    private static readonly DateTimeZone Tzdb = CalendarZones.Find("Europe/Berlin")!;

    private readonly MailboxSeal seal = new(Guid.NewGuid(), new byte[MailboxSeal.DataKeyBytes]);

    public void Dispose() => seal.Dispose();

    [Theory]
    [InlineData("Id='W. Europe Standard Time' Name='(UTC+01:00) Berlin'", "W. Europe Standard Time")]
    [InlineData("Id=' Europe/Berlin '", "Europe/Berlin")]
    [InlineData("Id='tzone://Microsoft/Utc'", "tzone://Microsoft/Utc")]
    [InlineData("Id='' Name='Europe/Berlin'", "Europe/Berlin")]
    [InlineData("Name='W. Europe Standard Time'", "W. Europe Standard Time")]
    [InlineData("Id='other' Name='Asia/Tokyo'", "Asia/Tokyo")]
    [InlineData("", "UTC")]
    public void a_zone_is_known_by_its_id_or_else_by_its_name(string attributes, string zone)
    {
        var when = Series(attributes, "").ShouldBeOfType<ItemRead.Meeting>().Facts.When;
        when.Zone.ShouldBe(zone);
        when.ZoneDefinition.ShouldBeNull();
    }

    [Fact]
    public void rules_beside_a_known_id_do_not_matter() =>
        When("Id='Tokyo Standard Time'", Berlin).ZoneDefinition.ShouldBeNull();

    [Theory]
    [InlineData("Id='Customized Time Zone'", "Customized Time Zone")]
    [InlineData("Id='tzone://Microsoft/Custom' Name='Europe/Paris'", "tzone://Microsoft/Custom")]
    [InlineData("Id='' Name='(UTC+01:00) Berlin'", "tzone://Microsoft/Custom")]
    [InlineData("", "tzone://Microsoft/Custom")]
    public void the_rules_count_where_the_id_is_not_known(string attributes, string zone)
    {
        var when = When(attributes, Berlin);
        when.Zone.ShouldBe(zone);
        SameAs(Tzdb, when, 2024, 2027);
        new MeetingFacts { When = when }
            .OccurrencesIn(Instant.FromUtc(2026, 3, 27, 0, 0), Instant.FromUtc(2026, 3, 30, 0, 0))
            .Select(occurrence => occurrence.Start.InUtc().Hour).ShouldBe([9, 9, 8]);
    }

    [Fact]
    public void what_a_zone_and_its_periods_are_called_makes_no_difference() =>
        When("Id='one'", Berlin).ZoneDefinition.ShouldBe(
            When("Name='other'", Berlin.Replace("std", "a", StringComparison.Ordinal)
                .Replace("dlt", "b", StringComparison.Ordinal)).ZoneDefinition);

    [Fact]
    public void rules_may_change_more_than_once_and_their_beginnings_come_in_any_order()
    {
        var beginnings = Begins("Group", "0", "2020-01-01T00:00:00")
            + Begins("Period", "south", "2024-06-01T00:00:00Z")
            + "<t:Transition><t:To Kind='Group'>fixed</t:To></t:Transition>";
        var rules = $"""
            <t:Periods><t:Period Bias="PT3H30M20S" Id="south"/></t:Periods>{Periods}
            <t:TransitionsGroups>{Group}<t:TransitionsGroup Id="fixed"><t:Transition>
            <t:To Kind="Period">std</t:To></t:Transition></t:TransitionsGroup></t:TransitionsGroups>
            <t:Transitions>{beginnings}</t:Transitions>
            """;
        var when = When("Id='Customized Time Zone'", rules);
        var eras = when.ZoneDefinition!.Eras;
        eras.Select(era => era.From).ShouldBe(
            [null, Instant.FromUtc(2019, 12, 31, 23, 0), Instant.FromUtc(2024, 6, 1, 0, 0)]);
        eras[0].ShouldBe(new ZoneEra(Offset.FromHours(1), []));
        eras[2].StandardOffset.ShouldBe(Offset.FromSeconds(-12_620));
        SameAs(Tzdb, when, 2020, 2023);
    }

    [Theory]
    [InlineData("<t:Periods><t:Period Bias='PT0S' Id='a'/></t:Periods>")]
    [InlineData("<t:Periods><t:Period Bias='PT0S'/></t:Periods>"
        + "<t:Transitions><t:Transition><t:To Kind='Period'/></t:Transition></t:Transitions>")]
    [InlineData("<t:Periods><t:Period Bias='P0D' Id='a'/></t:Periods><t:TransitionsGroups>"
        + "<t:TransitionsGroup Id='9'><t:RecurringDateTransition><t:To Kind='Period'>a</t:To>"
        + "<t:TimeOffset>PT0S</t:TimeOffset><t:Month>1</t:Month><t:Day>1</t:Day></t:RecurringDateTransition>"
        + "</t:TransitionsGroup></t:TransitionsGroups>")]
    public void a_zone_may_be_without_daylight_saving_time(string rules) =>
        When("Id='Customized Time Zone'", rules).ZoneDefinition.ShouldBe(
            new ZoneDefinition([new ZoneEra(Offset.Zero, [])]));

    [Fact]
    public void clocks_may_change_on_a_date_and_in_the_south()
    {
        var rules = """
            <t:Periods><t:Period Bias="PT4H" Id="s"/><t:Period Bias="PT3H" Id="d"/></t:Periods>
            <t:TransitionsGroups><t:TransitionsGroup Id="1">
            <t:RecurringDateTransition><t:To Kind="Period">d</t:To><t:TimeOffset>P1D</t:TimeOffset>
            <t:Month>10</t:Month><t:Day>15</t:Day></t:RecurringDateTransition>
            <t:RecurringDayTransition><t:To Kind="Period">s</t:To><t:TimeOffset>PT0S</t:TimeOffset>
            <t:Month>2</t:Month><t:DayOfWeek>WeekendDay</t:DayOfWeek><t:Occurrence>2</t:Occurrence>
            </t:RecurringDayTransition>
            </t:TransitionsGroup></t:TransitionsGroups>
            """;
        When("Id='Customized Time Zone'", rules).ZoneDefinition.ShouldBe(new ZoneDefinition(
        [
            new ZoneEra(Offset.FromHours(-4),
            [
                new ZoneTransition(
                    new RecurrencePattern.RelativeYearly(DayOfWeekIndex.Second, DayOfWeekToken.WeekendDay, 2),
                    Duration.Zero,
                    Offset.Zero),
                new ZoneTransition(
                    new RecurrencePattern.AbsoluteYearly(15, 10),
                    Duration.FromHours(24),
                    Offset.FromHours(1)),
            ]),
        ]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<t:Periods><t:Period Bias='PT1H' Id='a'/><t:Period Bias='PT2H' Id='b'/></t:Periods>")]
    [InlineData(Periods + "<t:TransitionsGroups/>" + ToGroup)]
    [InlineData("<t:Periods><t:Period Bias='secret' Id='a'/></t:Periods>")]
    [InlineData("<t:Periods><t:Period Bias='PT19H' Id='a'/></t:Periods>")]
    [InlineData("<t:Periods><t:Period Bias='P9999999999Y' Id='a'/></t:Periods>")]
    public void a_series_without_known_rules_is_parked_and_a_single_meeting_is_not(string rules)
    {
        const string Attributes = "Id='secret zone' Name='secret name'";
        var reason = Series(Attributes, rules).ShouldBeOfType<ItemRead.Unreadable>().Reason;
        reason.ShouldContain("StartTimeZone");
        reason.ShouldNotContain("secret");
        var single = Read(Times + Zone(Attributes, rules)).ShouldBeOfType<ItemRead.Meeting>().Facts.When;
        single.ShouldBe(single with { Zone = "secret zone", ZoneDefinition = null });
    }

    // How: each value of understandable rules is put to what it cannot be.
    [Theory]
    [InlineData("<t:TimeOffset>PT2H<", "<t:TimeOffset>PT25H<")]
    [InlineData("<t:TimeOffset>PT2H<", "<t:TimeOffset>-PT2H<")]
    [InlineData("<t:Month>3<", "<t:Month>13<")]
    [InlineData("<t:DayOfWeek>Sunday<", "<t:DayOfWeek>Sonntag<")]
    [InlineData("<t:Occurrence>-1<", "<t:Occurrence>0<")]
    [InlineData("<t:Occurrence>-1<", "<t:Occurrence>-2<")]
    [InlineData("Kind=\"Period\">dlt<", "Kind=\"Period\">nowhere<")]
    [InlineData("Kind='Group'>0<", "Kind='Group'>nowhere<")]
    [InlineData("RecurringDayTransition", "AbsoluteDateTransition")]
    [InlineData("<t:Transitions><t:Transition>", "<t:Transitions><t:Transition/><t:Transition>")]
    public void half_of_the_rules_are_none(string understood, string altered)
    {
        Berlin.ShouldContain(understood);
        Series("Id='Customized Time Zone'", Berlin.Replace(understood, altered, StringComparison.Ordinal))
            .ShouldBeOfType<ItemRead.Unreadable>();
    }

    [Fact]
    public void of_more_offsets_than_any_zone_has_none_is_looked_for()
    {
        var one = "<t:Period Bias='-PT1H' Id='std'/>";
        string Rules(int count) => Berlin.Replace("</t:Periods>",
            string.Concat(Enumerable.Repeat(one, count)) + "</t:Periods>", StringComparison.Ordinal);
        When("Id='Customized Time Zone'", Rules(Bounds.PeriodsPerZone - 3)).ZoneDefinition.ShouldNotBeNull();
        Series("Id='Customized Time Zone'", Rules(Bounds.PeriodsPerZone - 2))
            .ShouldBeOfType<ItemRead.Unreadable>();
    }

    private static void SameAs(DateTimeZone expected, When when, int firstYear, int lastYear) =>
        Changes(CalendarZones.Of(when)!, firstYear, lastYear)
            .ShouldBe(Changes(expected, firstYear, lastYear));

    private static IEnumerable<(Instant, Offset)> Changes(DateTimeZone zone, int firstYear, int lastYear) =>
        zone.GetZoneIntervals(Instant.FromUtc(firstYear, 1, 1, 0, 0), Instant.FromUtc(lastYear, 12, 31, 0, 0))
            .Skip(1).Select(interval => (interval.Start, interval.WallOffset));

    private static string Begins(string kind, string to, string at) =>
        $"<t:AbsoluteDateTransition><t:To Kind='{kind}'>{to}</t:To><t:DateTime>{at}</t:DateTime>"
        + "</t:AbsoluteDateTransition>";

    private static string Zone(string attributes, string rules) =>
        $"<t:StartTimeZone {attributes}>{rules}</t:StartTimeZone>";

    private When When(string attributes, string rules) =>
        Series(attributes, rules).ShouldBeOfType<ItemRead.Meeting>().Facts.When;

    private ItemRead Series(string attributes, string rules) => Read(
        Times + Zone(attributes, rules)
        + "<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>"
        + "<t:NoEndRecurrence><t:StartDate>2026-03-02</t:StartDate></t:NoEndRecurrence></t:Recurrence>");

    private ItemRead Read(string content)
    {
        using var reply = new MemoryStream(Encoding.UTF8.GetBytes(Xml.Items(content)));
        var messages = GetItem.Read(reply)
            .ShouldBeOfType<Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer>().Value;
        return new MeetingReading(seal, Targets.Find).Read("id", messages.Single().Payload!, []);
    }
}
