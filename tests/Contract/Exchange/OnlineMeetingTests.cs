using System.Text;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Joining;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Ways to join that only properties of an item tell.</summary>
public sealed class OnlineMeetingTests : IDisposable
{
    private const string Skype = "https://meet.example.org/jane/ABC12DEF";
    private const string Teams = "https://teams.microsoft.com/meet/2345678901234?p=Ab";
    private const string Address = "25551234567@example.webex.com";
    private const string Start = "2026-11-25T09:00:00Z";

    private readonly MailboxSeal seal = new(Guid.NewGuid(), new byte[MailboxSeal.DataKeyBytes]);

    public void Dispose() => seal.Dispose();

    [Theory]
    [InlineData("2013")]
    [InlineData("2016")]
    [InlineData("2019")]
    [InlineData("SE")]
    public async Task a_meeting_is_joined_by_what_its_properties_say_on_every_release(string release)
    {
        await using var lab = await LabExchange.Start(release);
        await Book(lab, "Skype", new { joinUrl = Skype });
        await Book(lab, "Teams", new { joinUrl = Skype, properties = Named("SkypeTeamsMeetingUrl", Teams) });
        await Book(lab, "Video", new { properties = Named("TMS:ExternalConferenceData", Address) });

        var items = (await lab.ReadAll(LabExchange.Ben)).Items;

        Best(lab, items, "Skype").ShouldBe((FoundIn.OnlineMeeting, Skype));
        Best(lab, items, "Teams").ShouldBe((FoundIn.OnlineMeeting, Teams));
        Best(lab, items, "Video").ShouldBe((FoundIn.OnlineMeeting, $"sip:{Address}"));
    }

    [Fact]
    public async Task an_occurrence_is_joined_by_what_its_own_properties_say()
    {
        await using var lab = await LabExchange.Start();
        await Book(lab, "Series", new { joinUrl = Skype }, new { pattern = "daily", count = 3 });
        var uid = (await lab.Get($"mailboxes/{LabExchange.Ben}/calendar?from=2026-11-25&to=2026-11-26"))
            .EnumerateArray().Single(line => line.GetProperty("subject").GetString() == "Series")
            .GetProperty("uid").GetString();
        await lab.Do(HttpMethod.Post, $"meetings/{uid}/occurrences/2026-11-26T09:00:00Z",
            new { onlineMeeting = new { properties = Named("SkypeTeamsMeetingUrl", Teams) } });
        await lab.Do(HttpMethod.Post, $"meetings/{uid}/occurrences/2026-11-27T09:00:00Z",
            new { subject = "Last" });

        var items = (await lab.ReadAll(LabExchange.Ben)).Items;

        Best(lab, items, "Series").ShouldBe((FoundIn.OnlineMeeting, Skype));
        var mailbox = lab.Mailbox(LabExchange.Ben);
        Meeting(lab, items, "Series").Facts.ChangedOccurrences
            .Select(one => mailbox.Seal.Open(one.JoinTargets[0].Address)).ShouldBe([Teams, Skype]);
    }

    [Theory]
    [InlineData("OnlineMeetingExternalLink", Skype, Skype)]
    [InlineData("SkypeTeamsMeetingUrl", " " + Teams + "\r\n", Teams)]
    [InlineData("SkypeTeamsProperties", """{"cid":"19:a@thread.v2","rid":0,"private":true}""", null)]
    [InlineData("SkypeTeamsProperties", """{"cid":"19:a@thread.v2","url":"https:\/\/zoom.us\/j\/123456"}""",
        "https://zoom.us/j/123456")]
    [InlineData("SkypeTeamsProperties", """["https://zoom.us/j/123456"]""", null)]
    [InlineData("SkypeTeamsProperties", """{"url":"https://zoom.us/j/123456?\ud800"}""", null)]
    [InlineData("SkypeTeamsProperties", "{https://zoom.us/j/123456", null)]
    [InlineData("TMS:ExternalConferenceData", Address, "sip:" + Address)]
    [InlineData("TMS:ExternalConferenceData", "sip:jane@video.example.org", "sip:jane@video.example.org")]
    [InlineData("TMS:ExternalConferenceData", " jane@video.example.org ", "sip:jane@video.example.org")]
    [InlineData("UCCapabilities", "jane.doe@video.example.org", "sip:jane.doe@video.example.org")]
    [InlineData("UCCapabilities", "<capabilities><sip>jane.doe@video.example.org</sip></capabilities>", null)]
    [InlineData("OnlineMeetingConfLink", "conf:sip:jane@example.org;gruu;opaque=app:conf", null)]
    [InlineData("SkypeTeamsMeetingUrl", "", null)]
    public void a_property_tells_only_what_can_be_joined(string name, string value, string? address)
    {
        var targets = Targets($"""
            <t:ExtendedProperty><t:ExtendedFieldURI PropertyName="{name}" PropertyType="String"
             DistinguishedPropertySetId="PublicStrings"/><t:Value><![CDATA[{value}]]></t:Value>
            </t:ExtendedProperty>
            """);
        targets.ShouldBe(address is null ? [] : [address]);
    }

    [Fact]
    public void the_properties_are_believed_in_their_order_whatever_that_of_the_reply_and_its_spelling()
    {
        static string Property(string name, string value) =>
            $"""
            <ExtendedProperty xmlns="http://schemas.microsoft.com/exchange/services/2006/types">
            <ExtendedFieldURI PropertyName="{name}" PropertyType="String"
             PropertySetId="00020329-0000-0000-C000-000000000046" /> <Value>{value}</Value></ExtendedProperty>
            """;
        Targets(
            "<t:JoinOnlineMeetingUrl>https://meet.example.org/a/AAAAAAAA</t:JoinOnlineMeetingUrl>"
            + Property("UCCapabilities", "1@video.example.org")
            + Property("TMS:ExternalConferenceData", "2@video.example.org")
            + Property("SkypeTeamsProperties", "{&quot;a&quot;:&quot;https://zoom.us/j/123&quot;}")
            + Property("OnlineMeetingExternalLink", "https://meet.example.org/b/BBBBBBBB")
            + Property("SkypeTeamsMeetingUrl", Teams)).ShouldBe(
            [
                Teams,
                "https://meet.example.org/a/AAAAAAAA",
                "https://meet.example.org/b/BBBBBBBB",
                "https://zoom.us/j/123",
                "sip:2@video.example.org",
                "sip:1@video.example.org",
            ]);
    }

    [Fact]
    public void a_property_that_is_too_long_to_be_a_link_is_not_looked_at() =>
        Targets($"<t:JoinOnlineMeetingUrl>{Teams} {new string('x', Bounds.OnlineMeetingChars)}"
            + "</t:JoinOnlineMeetingUrl>").ShouldBeEmpty();

    private static Dictionary<string, string> Named(string name, string value) => new() { [name] = value };

    private static Task Book(
        LabExchange lab, string subject, object onlineMeeting, object? recurrence = null) =>
        lab.Do(HttpMethod.Post, "meetings", new
        {
            organizer = LabExchange.Anna,
            required = new[] { LabExchange.Ben },
            subject,
            start = Start,
            end = "2026-11-25T10:00:00Z",
            timeZone = "UTC",
            recurrence,
            onlineMeeting,
        });

    private static ItemRead.Meeting Meeting(LabExchange lab, List<ItemRead> items, string title) =>
        items.OfType<ItemRead.Meeting>().Single(meeting => meeting.Facts.Title is { } sealedTitle
            && lab.Mailbox(LabExchange.Ben).Seal.Open(sealedTitle) == title);

    private static (FoundIn, string) Best(LabExchange lab, List<ItemRead> items, string title)
    {
        var best = Meeting(lab, items, title).Facts.JoinTargets[0];
        return (best.FoundIn, lab.Mailbox(LabExchange.Ben).Seal.Open(best.Address));
    }

    private List<string> Targets(string content)
    {
        const string times = "<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>";
        using var reply = new MemoryStream(Encoding.UTF8.GetBytes(Xml.Items(content + times)));
        var messages = GetItem.Read(reply)
            .ShouldBeOfType<Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer>().Value;
        var read = new MeetingReading(seal, Exchange.Targets.Find).Read("id", messages.Single().Payload!, []);
        var targets = read.ShouldBeOfType<ItemRead.Meeting>().Facts.JoinTargets;
        targets.ShouldAllBe(target => target.FoundIn == FoundIn.OnlineMeeting);
        return [.. targets.Select(target => seal.Open(target.Address))];
    }
}
