using System.Net;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>
/// Proves that the lab can be each release of Exchange, and answers each version as that one does.
/// </summary>
public sealed class VersionTests
{
    private const string Newer = "<t:AdditionalProperties><t:FieldURI FieldURI=\"calendar:";
    private const string Folder =
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>"
        + "<m:FolderIds>" + Wire.Calendar + "</m:FolderIds></m:GetFolder>";

    [Theory]
    [InlineData("2013", "15", "0")]
    [InlineData("2016", "15", "1")]
    [InlineData("2019", "15", "2")]
    [InlineData("SE", "15", "2")]
    public async Task Every_reply_says_which_release_it_is_from(string release, string major, string minor)
    {
        await using var lab = await LabServer.Start("--Lab:ServerVersion", release);

        var info = (await lab.Ask(Folder)).All("ServerVersionInfo").Single();

        info.Attribute("MajorVersion")!.Value.ShouldBe(major);
        info.Attribute("MinorVersion")!.Value.ShouldBe(minor);
    }

    [Theory]
    [InlineData("2013", "Exchange2013_SP1", true)]
    [InlineData("2013", "Exchange2016", false)]
    [InlineData("2013", "V2015_10_05", false)]
    [InlineData("2016", "Exchange2016", true)]
    [InlineData("2019", "Exchange2019", false)]
    [InlineData("2019", "V2017_07_11", true)]
    [InlineData("2019", "V2018_01_08", false)]
    [InlineData("SE", "V2025_01_08", true)]
    [InlineData("SE", "V2025_1_8", false)]
    public async Task A_release_refuses_versions_that_came_after_it(
        string release, string version, bool isKnown)
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/server", new { version = release });

        var (status, reply) = await lab.Post(Wire.Envelope(Folder, LabServer.Anna, version));

        status.ShouldBe(isKnown ? HttpStatusCode.OK : HttpStatusCode.InternalServerError);
        reply.Codes().ShouldBe([isKnown ? "NoError" : "ErrorInvalidServerVersion"]);
    }

    [Fact]
    public async Task A_request_without_a_version_is_an_old_one()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var id = (await lab.Item(uid)).ItemId();
        var named = Wire.Envelope(Wire.GetItem(Wire.ItemId(id)), LabServer.Anna, "Exchange2013");
        var unnamed = named.Replace("<t:RequestServerVersion Version=\"Exchange2013\"/>", "");

        var (_, young) = await lab.Post(named);
        var (_, old) = await lab.Post(unnamed);

        young.Value("IsOrganizer").ShouldBe("true");
        old.Value("IsOrganizer").ShouldBeNull();
        old.Value("StartTimeZone").ShouldBeNull();
        old.Value("Subject").ShouldBe("Tea");
    }

    [Theory]
    [InlineData("Exchange2010_SP2", "StartWallClock", false)]
    [InlineData("Exchange2013", "StartWallClock", true)]
    [InlineData("Exchange2007_SP1", "StartTimeZone", false)]
    [InlineData("Exchange2010", "StartTimeZone", true)]
    [InlineData("Exchange2013_SP1", "InboxReminders", false)]
    [InlineData("Exchange2016", "InboxReminders", true)]
    public async Task Properties_newer_than_the_version_cannot_be_asked_for(
        string version, string property, bool isKnown)
    {
        await using var lab = await LabServer.Start();
        var id = (await lab.Item(await lab.Book())).ItemId();
        var request = Wire.GetItem(
            Wire.ItemId(id), "IdOnly", Newer + property + "\"/></t:AdditionalProperties>");

        var (status, reply) = await lab.Post(Wire.Envelope(request, LabServer.Anna, version));

        status.ShouldBe(isKnown ? HttpStatusCode.OK : HttpStatusCode.InternalServerError);
        reply.Codes().ShouldBe([isKnown ? "NoError" : "ErrorInvalidPropertyRequest"]);
    }

    [Theory]
    [InlineData("2013", true)]
    [InlineData("2019", false)]
    public async Task Properties_that_later_releases_dropped_are_absent_there(string release, bool isThere)
    {
        await using var lab = await LabServer.Start("--Lab:ServerVersion", release);

        var item = await lab.Item(await lab.Book());

        (item.Element(Wire.T + "ConferenceType") is not null).ShouldBe(isThere);
        (item.Element(Wire.T + "TimeZone") is not null).ShouldBe(isThere);
    }

    [Fact]
    public async Task An_overfull_page_is_an_error_for_old_versions_and_a_part_for_newer_ones()
    {
        await using var lab = await LabServer.Start();
        await Fill(lab);

        var (_, old) = await lab.Post(
            Wire.Envelope(Wire.FindPage(0, 2000), LabServer.Anna, "Exchange2010"));
        var (_, young) = await lab.Post(
            Wire.Envelope(Wire.FindPage(0, 2000), LabServer.Anna, "Exchange2010_SP1"));

        old.Codes().ShouldBe(["ErrorExceededFindCountLimit"]);
        old.All("Value").Single().Value.ShouldBe("1000");
        young.ItemIds().Count().ShouldBe(1000);
        young.All("RootFolder").Single().Attribute("IncludesLastItemInRange")!.Value.ShouldBe("false");
    }

    [Fact]
    public async Task An_overfull_calendar_view_is_an_error_unless_the_lab_is_set_to_cut_it_off()
    {
        await using var lab = await LabServer.Start();
        await lab.Book(new
        {
            recurrence = new { pattern = "daily", interval = 1, startDate = "2025-01-01", count = 999 },
            start = "2025-01-01T09:00:00Z",
            end = "2025-01-01T09:15:00Z",
        });
        await lab.Book(new
        {
            recurrence = new { pattern = "daily", interval = 1, startDate = "2025-01-01", count = 999 },
            start = "2025-01-01T10:00:00Z",
            end = "2025-01-01T10:15:00Z",
        });
        var view = Wire.FindView("2025-01-01T00:00:00Z", "2026-12-31T00:00:00Z", "IdOnly");

        (await lab.Ask(view)).Codes().ShouldBe(["ErrorExceededFindCountLimit"]);
        await lab.Act(HttpMethod.Put, "/wire", new { partialCalendarViews = true });
        var part = await lab.Ask(view);

        part.ItemIds().Count().ShouldBe(1000);
        part.All("RootFolder").Single().Attribute("IncludesLastItemInRange")!.Value.ShouldBe("false");
    }

    [Fact]
    public async Task Three_streams_are_the_limit_of_2013_and_ten_that_of_later_ones()
    {
        await using var lab = await LabServer.Start("--Lab:ServerVersion", "2013");
        var streams = new List<EnvelopeReader>();
        for (var number = 0; number < 4; number++)
        {
            var id = (await lab.Ask(Wire.Subscribe("CreatedEvent"))).Value("SubscriptionId")!;
            streams.Add(await lab.Open(id));
        }

        var first = new List<string?>();
        foreach (var stream in streams)
        {
            first.Add((await stream.Next())!.Value("ResponseCode"));
            stream.Dispose();
        }

        first.ShouldBe(["NoError", "NoError", "NoError", "ErrorExceededConnectionCount"]);
    }

    private static async Task Fill(LabServer lab)
    {
        for (var number = 0; number < 1001; number++)
        {
            await lab.Book(new { required = Array.Empty<string>(), rooms = Array.Empty<string>() });
        }
    }
}
