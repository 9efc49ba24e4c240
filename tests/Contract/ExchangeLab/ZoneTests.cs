using System.Xml;
using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that zones can be named as odd clients name them, with a definition that says what they are.</summary>
public sealed class ZoneTests
{
    [Theory]
    [InlineData("Customized Time Zone")]
    [InlineData("tzone://Microsoft/Custom")]
    [InlineData("Europe/Berlin")]
    [InlineData("")]
    public async Task A_zone_has_any_id_and_the_definition_that_was_meant(string zoneId)
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { timeZone = "Eastern Standard Time", zoneId });

        var item = await lab.Item(uid);

        var zone = item.Element(Wire.T + "StartTimeZone")!;
        zone.Attribute("Id")!.Value.ShouldBe(zoneId);
        item.Value("StartTimeZoneId").ShouldBe(zoneId);
        Biases(zone).ShouldBe([TimeSpan.FromHours(5), TimeSpan.FromHours(4)]);
        zone.Elements().Select(part => part.Name.LocalName)
            .ShouldBe(["Periods", "TransitionsGroups", "Transitions"]);
    }

    [Fact]
    public async Task A_zone_of_somebodys_own_has_rules_that_no_other_zone_has()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new
        {
            timeZone = "Lab/Own",
            zoneId = "Customized Time Zone",
            start = "2026-02-03T06:45:00Z",
            end = "2026-02-03T07:45:00Z",
            recurrence = new { pattern = "weekly", daysOfWeek = new[] { "tuesday" }, startDate = "2026-02-03" },
        });

        var zone = (await lab.Item(uid)).Element(Wire.T + "StartTimeZone")!;
        var starts = (await lab.Truth(LabServer.Anna, "2026-02-01T00:00:00Z", "2026-02-28T00:00:00Z"))
            .Where(line => line.GetProperty("uid").GetString() == uid)
            .Select(line => line.GetProperty("start").GetString());

        Biases(zone).ShouldBe([TimeSpan.FromMinutes(-135), TimeSpan.FromMinutes(-225)]);
        Rules(zone).ShouldBe(["dlt 2 Tuesday 2 PT1H30M", "std 10 Thursday -1 PT4H"]);
        starts.ShouldBe(
            ["2026-02-03T06:45:00Z", "2026-02-10T05:15:00Z", "2026-02-17T05:15:00Z", "2026-02-24T05:15:00Z"]);
    }

    [Fact]
    public async Task The_seeded_organization_has_odd_zones_when_asked_and_is_else_the_same()
    {
        await using var plain = await LabServer.Start();
        await using var odd = await LabServer.Start("--Lab:OddZones", "true");

        var usual = await Ids(plain);
        var more = await Ids(odd);

        more.Except(usual).ShouldBe(["Customized Time Zone"]);
        (await plain.Ask(Wire.FindPage(0, 1000))).ItemIds()
            .ShouldBeSubsetOf((await odd.Ask(Wire.FindPage(0, 1000))).ItemIds());
    }

    [Theory]
    [InlineData("utc", "2026-03-18Z")]
    [InlineData("bare", "2026-03-18")]
    [InlineData("offset", "2026-03-18+01:00")]
    public async Task Dates_of_series_carry_a_zone_or_none(string recurrenceDates, string expected)
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/wire", new { recurrenceDates });
        var uid = await lab.Book(new
        {
            timeZone = "W. Europe Standard Time",
            recurrence = new { pattern = "daily", startDate = "2026-03-18" },
        });

        (await lab.Item(uid)).Value("StartDate").ShouldBe(expected);
    }

    [Fact]
    public async Task Old_versions_are_not_told_the_first_day_of_the_week()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new
        {
            recurrence = new { pattern = "weekly", daysOfWeek = new[] { "monday" }, startDate = "2026-03-16" },
        });
        var request = Wire.GetItem(Wire.ItemId((await lab.Item(uid)).ItemId()));

        var (_, old) = await lab.Post(Wire.Envelope(request, LabServer.Anna, "Exchange2010"));
        var (_, young) = await lab.Post(Wire.Envelope(request, LabServer.Anna, "Exchange2010_SP1"));

        old.Value("FirstDayOfWeek").ShouldBeNull();
        young.Value("FirstDayOfWeek").ShouldBe("Sunday");
    }

    private static IEnumerable<TimeSpan> Biases(XElement zone) => zone.All("Period")
        .Select(period => XmlConvert.ToTimeSpan(period.Attribute("Bias")!.Value));

    private static IEnumerable<string> Rules(XElement zone) => zone.All("RecurringDayTransition")
        .Select(rule => string.Join(' ', rule.Value("To"), rule.Value("Month"), rule.Value("DayOfWeek"),
            rule.Value("Occurrence"), rule.Value("TimeOffset")));

    private static async Task<HashSet<string>> Ids(LabServer lab) =>
        [.. (await lab.Ask(Wire.FindPage(0, 1000))).All("StartTimeZone").Select(zone => zone.Attribute("Id")!.Value)];
}
