using System.Xml;
using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves what a new item is, and who learns of it.</summary>
public sealed class CreateItemTests
{
    private const string Times = "<t:Start>2026-03-19T09:00:00Z</t:Start><t:End>2026-03-19T10:00:00Z</t:End>";

    [Theory]
    [InlineData("SendToNone", 0)]
    [InlineData("SendOnlyToAll", 1)]
    [InlineData("SendToAllAndSaveCopy", 1)]
    public async Task A_meeting_reaches_its_attendees_by_mail_only(string send, int mails)
    {
        await using var lab = await LabServer.Start();
        var state = (await lab.Ask(Wire.Sync(""))).Value("SyncState")!;
        var content = "<t:Subject>Cake</t:Subject><t:Sensitivity>Private</t:Sensitivity>"
            + "<t:Body BodyType=\"HTML\">&lt;p&gt;Eat&lt;/p&gt;</t:Body>" + WriteWire.OwnIdOf("mine") + Times
            + "<t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus><t:Location>Roof</t:Location>"
            + WriteWire.Attendees("RequiredAttendees", LabServer.Ben, "else@example.test")
            + WriteWire.Attendees("OptionalAttendees", LabServer.Carla)
            + WriteWire.Attendees("Resources", LabServer.Room);

        var reply = await lab.Ask(WriteWire.Create(content, send));

        reply.Codes().ShouldBe(["NoError"], reply.ToString());
        var id = reply.All("CalendarItem").Single().Id();
        var item = (await lab.Ask(Wire.GetItem(id, more: WriteWire.WithOwnId())))
            .All("CalendarItem").Single();
        item.Value("Subject").ShouldBe("Cake");
        item.Value("Body").ShouldBe("<p>Eat</p>");
        item.Value("LegacyFreeBusyStatus").ShouldBe("OOF");
        item.Value("Sensitivity").ShouldBe("Private");
        item.Value("IsMeeting").ShouldBe("true");
        item.All("ExtendedProperty").Single().Value("Value").ShouldBe("mine");
        item.Value("MyResponseType").ShouldBe("Organizer");
        var uid = item.Value("UID")!;
        (await lab.Ask(Wire.Sync(state))).All("Create").Single().ItemIds().ShouldBe([item.ItemId()]);

        var copies = (await lab.Ask(Wire.FindPage(0, 1000), LabServer.Ben)).All("UID")
            .Count(one => one.Value == uid);
        copies.ShouldBe(mails);
        var sent = (await lab.Act(HttpMethod.Get, "/mails")).EnumerateArray().ToList();
        sent.Count.ShouldBe(mails);
        if (mails > 0)
        {
            sent[0].GetProperty("to").GetArrayLength().ShouldBe(4);
            sent[0].GetProperty("isUpdate").GetBoolean().ShouldBeFalse();
            sent[0].GetProperty("isSaved").GetBoolean().ShouldBe(send == "SendToAllAndSaveCopy");
            (await lab.Item(uid, LabServer.Room)).Value("MyResponseType").ShouldBe("Accept");
        }
    }

    [Fact]
    public async Task A_series_repeats_in_its_own_zone_and_times_without_an_offset_are_of_that_zone()
    {
        await using var lab = await LabServer.Start();
        var content = "<t:Subject>Cake</t:Subject><t:Start>2026-03-24T09:00:00</t:Start>"
            + "<t:End>2026-03-24T10:00:00</t:End><t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval>"
            + "<t:DaysOfWeek>Tuesday Thursday</t:DaysOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence>"
            + "<t:StartDate>2026-03-24+01:00</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences>"
            + "</t:NumberedRecurrence></t:Recurrence><t:StartTimeZone Id=\"W. Europe Standard Time\"/>"
            + "<t:EndTimeZone Id=\"W. Europe Standard Time\"/>";

        var reply = await lab.Ask(WriteWire.Create(content));

        reply.Codes().ShouldBe(["NoError"], reply.ToString());
        var view = await lab.Ask(Wire.FindView("2026-03-23T00:00:00Z", "2026-04-30T00:00:00Z"));
        view.All("CalendarItem").Where(item => item.Value("Subject") == "Cake")
            .Select(item => item.Value("Start")).ShouldBe(
                ["2026-03-24T08:00:00Z", "2026-03-26T08:00:00Z", "2026-03-31T07:00:00Z"]);
    }

    [Fact]
    public async Task An_item_without_times_takes_the_next_half_hour()
    {
        var time = new SteppedTime();
        await using var lab = await LabServer.Start(time);
        time.Advance(TimeSpan.FromMinutes(10));
        var reply = await lab.Ask(WriteWire.Create("<t:Subject>Cake</t:Subject>"));
        var item = (await lab.Ask(Wire.GetItem(reply.All("CalendarItem").Single().Id()))).All("CalendarItem")
            .Single();
        item.Value("Start").ShouldBe("2026-03-16T09:30:00Z");
        item.Value("End").ShouldBe("2026-03-16T10:00:00Z");
    }

    [Fact]
    public async Task Elements_come_in_the_order_of_the_schema()
    {
        await using var lab = await LabServer.Start("--Lab:Schemas="); // the lab's own rules, without schemas
        var elements = string.Concat(Order("CORE", "ItemType").Concat(Order("MTGS", "CalendarItemType"))
            .Select(name => name == "ExtendedProperty" ? WriteWire.OwnIdOf("x") : $"<t:{name}/>"));

        (await lab.Post(Wire.Envelope(WriteWire.Create(elements), LabServer.Anna))).Reply.Codes()
            .ShouldBe(["ErrorInvalidPropertySet"], "the order is right, not all of it can be written");

        foreach (var wrong in new[] { "<t:Location>a</t:Location><t:Subject>b</t:Subject>",
            "<t:Subject>a</t:Subject><t:Subject>b</t:Subject>", "<t:Cake/>" })
        {
            var fault = await lab.AskForFault(Wire.Envelope(WriteWire.Create(wrong), LabServer.Anna));
            fault.Value("ResponseCode").ShouldBe("ErrorSchemaValidation");
        }
    }

    [Theory]
    [InlineData("<t:CalendarItem/>", "inbox", "ErrorCannotCreateCalendarItemInNonCalendarFolder")]
    [InlineData("<t:Message/>", "calendar", "ErrorInvalidItemForOperationCreateItem")]
    [InlineData("<t:CalendarItem><t:Start>2026-03-19T09:00:00Z</t:Start><t:End>2026-03-18T09:00:00Z</t:End>"
        + "</t:CalendarItem>", "calendar", "ErrorCalendarEndDateIsEarlierThanStartDate")]
    public async Task What_cannot_be_made_is_refused(string item, string folder, string code)
    {
        await using var lab = await LabServer.Start();
        var reply = await lab.Ask("<m:CreateItem SendMeetingInvitations=\"SendToNone\"><m:SavedItemFolderId>"
            + $"<t:DistinguishedFolderId Id=\"{folder}\"/></m:SavedItemFolderId><m:Items>{item}</m:Items>"
            + "</m:CreateItem>");
        reply.Codes().ShouldBe([code]);
    }

    private static IEnumerable<string> Order(string file, string type)
    {
        using var reader = XmlReader.Create(SharedFolder.Path($"ews-xsd/MS-OXWS{file}-types.xsd"));
        XNamespace xs = "http://www.w3.org/2001/XMLSchema";
        return [.. XDocument.Load(reader).Descendants(xs + "complexType")
            .Single(one => one.Attribute("name")?.Value == type)
            .Descendants(xs + "element").Select(one => one.Attribute("name")!.Value)];
    }
}
