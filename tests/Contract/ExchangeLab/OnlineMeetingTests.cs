using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that what add-ins keep of an online meeting is shown where Exchange shows it.</summary>
public sealed class OnlineMeetingTests
{
    private const string Url = "https://meet.example.org/anna/ABC12DEF";
    private const string TeamsUrl = "SkypeTeamsMeetingUrl";

    private const string Named = "<t:ExtendedFieldURI DistinguishedPropertySetId=\"PublicStrings\" "
        + "PropertyName=\"" + TeamsUrl + "\" PropertyType=\"String\"/>";

    private static readonly object Online =
        new { joinUrl = Url, properties = new Dictionary<string, string> { [TeamsUrl] = "https://a.example" } };

    [Theory]
    [InlineData("2013")]
    [InlineData("2016")]
    [InlineData("2019")]
    [InlineData("SE")]
    public async Task An_online_meeting_has_its_properties_in_every_copy(string release)
    {
        await using var lab = await LabServer.Start("--Lab:ServerVersion", release);
        var uid = await lab.Book(new { onlineMeeting = Online });

        foreach (var mailbox in new[] { LabServer.Anna, LabServer.Ben })
        {
            var item = await lab.Item(uid, mailbox);
            item.Value("JoinOnlineMeetingUrl").ShouldBe(Url);
            item.Value("AccessLevel").ShouldBe("Everyone");
            item.All("ExtendedProperty").ShouldBeEmpty("nobody asked");
            (await Own(lab, item.ItemId(), mailbox)).ShouldBe("https://a.example");
        }

        (await lab.Ask(Wire.FindPage(0, 1000))).All("JoinOnlineMeetingUrl").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_that_does_not_know_the_link_is_not_shown_it()
    {
        await using var lab = await LabServer.Start();
        var id = Wire.ItemId((await lab.Item(await lab.Book(new { onlineMeeting = Online }))).ItemId());
        const string asked = "<t:AdditionalProperties>"
            + "<t:FieldURI FieldURI=\"calendar:JoinOnlineMeetingUrl\"/></t:AdditionalProperties>";

        var (_, whole) = await lab.Post(
            Wire.Envelope(Wire.GetItem(id), LabServer.Anna, "Exchange2010_SP2"));
        var (_, refused) = await lab.Post(
            Wire.Envelope(Wire.GetItem(id, "IdOnly", asked), LabServer.Anna, "Exchange2010_SP2"));

        whole.Value("Subject").ShouldBe("Tea");
        whole.All("JoinOnlineMeetingUrl").ShouldBeEmpty();
        whole.All("OnlineMeetingSettings").ShouldBeEmpty();
        refused.Codes().ShouldBe(["ErrorInvalidPropertyRequest"]);
    }

    [Fact]
    public async Task An_occurrence_may_have_another_one_and_the_meeting_gets_a_new_one()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(
            new { onlineMeeting = Online, recurrence = new { pattern = "daily", count = 2 } });
        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/occurrences/2026-03-19T09:00:00Z",
            new { onlineMeeting = new { joinUrl = Url + "2" } });
        await lab.Act(HttpMethod.Patch, $"/meetings/{uid}",
            new { onlineMeeting = new { joinUrl = Url + "3" } });

        var changed = (await lab.Item(uid)).All("ModifiedOccurrences").Single().Elements().Single().ItemId();
        var occurrence = await lab.Ask(Wire.GetItem(Wire.ItemId(changed)));

        (await lab.Item(uid)).Value("JoinOnlineMeetingUrl").ShouldBe(Url + "3");
        occurrence.Value("JoinOnlineMeetingUrl").ShouldBe(Url + "2");
        (await Own(lab, changed)).ShouldBeNull("it has its own, and none in it");
    }

    [Fact]
    public async Task The_link_is_read_only_and_what_a_client_keeps_beside_it_is_its_own()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { onlineMeeting = Online });
        var item = await lab.Item(uid);
        var link = WriteWire.Set("calendar:JoinOnlineMeetingUrl",
            $"<t:JoinOnlineMeetingUrl>{Url}</t:JoinOnlineMeetingUrl>");
        var own = $"<t:SetItemField>{Named}<t:CalendarItem><t:ExtendedProperty>{Named}"
            + "<t:Value>https://b.example</t:Value></t:ExtendedProperty></t:CalendarItem></t:SetItemField>";

        (await lab.Ask(WriteWire.Update(item.Id(), link))).Codes().ShouldBe(["ErrorInvalidPropertySet"]);
        (await lab.Ask(WriteWire.Update(item.Id(), own))).Codes().ShouldBe(["NoError"]);

        (await Own(lab, item.ItemId())).ShouldBe("https://b.example");
        var copy = (await lab.Item(uid, LabServer.Ben)).ItemId();
        (await Own(lab, copy, LabServer.Ben)).ShouldBe("https://a.example");
    }

    private static async Task<string?> Own(LabServer lab, string id, string mailbox = LabServer.Anna)
    {
        var shape = $"<t:AdditionalProperties>{Named}</t:AdditionalProperties>";
        XElement reply = await lab.Ask(Wire.GetItem(Wire.ItemId(id), "IdOnly", shape), mailbox);
        return reply.All("ExtendedProperty").SingleOrDefault()?.Value("Value");
    }
}
