using System.Text.Json;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves what a write does to an item, and to whom it is told.</summary>
public sealed class UpdateItemTests
{
    private const string Subject = "<t:Subject>Cake</t:Subject>";

    [Fact]
    public async Task A_write_gives_a_new_change_key_and_shows_in_sync()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var before = await lab.Item(uid);
        var state = (await lab.Ask(Wire.Sync(""))).Value("SyncState")!;

        var reply = await lab.Ask(WriteWire.Update(before.Id(), WriteWire.Set("item:Subject", Subject)));

        var written = reply.All("CalendarItem").Single();
        written.ItemId().ShouldBe(before.ItemId());
        written.ChangeKey().ShouldNotBe(before.ChangeKey());
        reply.All("ConflictResults").Single().Value("Count").ShouldBe("0");
        (await lab.Item(uid)).ChangeKey().ShouldBe(written.ChangeKey());
        (await lab.Item(uid)).Value("Subject").ShouldBe("Cake");
        (await lab.Ask(Wire.Sync(state))).All("Update").Single().All("ItemId").Single()
            .Attribute("ChangeKey")!.Value.ShouldBe(written.ChangeKey());
    }

    [Fact]
    public async Task A_write_is_notified()
    {
        await using var lab = await LabServer.Start();
        var item = await lab.Item(await lab.Book());
        var subscription = (await lab.Ask(Wire.Subscribe("ModifiedEvent"))).Value("SubscriptionId")!;
        using var stream = await lab.Open(subscription);
        await stream.Next();

        await lab.Ask(WriteWire.Update(item.Id(), WriteWire.Set("item:Subject", Subject)));

        var told = (await stream.Next())!;
        told.All("ModifiedEvent").First().All("ItemId").Single()
            .Attribute("Id")!.Value.ShouldBe(item.ItemId());
    }

    [Fact]
    public async Task Without_mail_only_the_own_copy_changes_until_the_organizer_sends_an_update()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        await Write(lab, uid, WriteWire.Set("item:Subject", Subject));
        (await lab.Item(uid, LabServer.Ben)).Value("Subject").ShouldBe("Tea");
        (await Mails(lab)).ShouldBeEmpty();

        await Write(lab, uid, WriteWire.Set("calendar:Location", "<t:Location>Roof</t:Location>"),
            LabServer.Ben);
        (await lab.Item(uid)).Value("Location").ShouldBe("Kitchen");
        await Write(lab, uid, WriteWire.Set("calendar:Location", "<t:Location>Bar</t:Location>"),
            send: "SendToAllAndSaveCopy");

        var copy = await lab.Item(uid, LabServer.Ben);
        copy.Value("Subject").ShouldBe("Cake");
        copy.Value("Location").ShouldBe("Bar");
        var mail = (await Mails(lab)).ShouldHaveSingleItem();
        mail.GetProperty("kind").GetString().ShouldBe("request");
        mail.GetProperty("isUpdate").GetBoolean().ShouldBeTrue();
        mail.GetProperty("isSaved").GetBoolean().ShouldBeTrue();
        To(mail).ShouldBe([LabServer.Ben, LabServer.Room]);
    }

    [Fact]
    public async Task Mail_to_those_who_changed_leaves_the_others_with_what_they_had()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { required = new[] { LabServer.Ben }, rooms = new[] { LabServer.Room } });
        var changes = WriteWire.Set("item:Subject", Subject) + WriteWire.Set(
            "calendar:OptionalAttendees",
            WriteWire.Attendees("OptionalAttendees", LabServer.Carla)) + WriteWire.Delete("calendar:Resources");

        await Write(lab, uid, changes, send: "SendToChangedAndSaveCopy");

        (await lab.Item(uid, LabServer.Ben)).Value("Subject").ShouldBe("Tea");
        (await lab.Item(uid, LabServer.Carla)).Value("Subject").ShouldBe("Cake");
        (await lab.Item(uid, LabServer.Room)).Value("IsCancelled").ShouldBe("true");
        var mails = await Mails(lab);
        mails.Select(mail => mail.GetProperty("kind").GetString()).ShouldBe(["request", "cancellation"]);
        mails.SelectMany(To).ShouldBe([LabServer.Carla, LabServer.Room]);
        (await Mails(lab, LabServer.Ben)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("NeverOverwrite", "ErrorIrresolvableConflict")]
    [InlineData("AutoResolve", "NoError")]
    [InlineData("AlwaysOverwrite", "NoError")]
    public async Task A_stale_change_key_meets_the_mode_of_the_write(string mode, string code)
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var seen = await lab.Item(uid);
        await lab.Act(HttpMethod.Patch, $"/meetings/{uid}", new { subject = "Water" });

        var reply = await lab.Ask(
            WriteWire.Update(seen.Id(), WriteWire.Set("item:Subject", Subject), mode));

        reply.Codes().ShouldBe([code]);
        (await lab.Item(uid)).Value("Subject").ShouldBe(code == "NoError" ? "Cake" : "Water");
        if (code == "NoError")
        {
            reply.Value("Count").ShouldBe(mode == "AutoResolve" ? "1" : "0");
        }
    }

    [Fact]
    public async Task Resolving_counts_only_properties_that_both_changed_and_keeps_the_stricter_sensitivity()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var seen = await lab.Item(uid);
        await lab.Act(HttpMethod.Patch, $"/meetings/{uid}", new { location = "Roof", sensitivity = "private" });
        var changes = WriteWire.Set("item:Subject", Subject)
            + WriteWire.Set("item:Sensitivity", "<t:Sensitivity>Personal</t:Sensitivity>");

        var reply = await lab.Ask(WriteWire.Update(seen.Id(), changes, "AutoResolve"));

        reply.Value("Count").ShouldBe("1");
        var item = await lab.Item(uid);
        item.Value("Subject").ShouldBe("Cake");
        item.Value("Location").ShouldBe("Roof");
        item.Value("Sensitivity").ShouldBe("Private");
    }

    [Theory]
    [InlineData("NeverOverwrite", null, "ErrorChangeKeyRequiredForWriteOperations")]
    [InlineData("AutoResolve", null, "ErrorChangeKeyRequiredForWriteOperations")]
    [InlineData("AlwaysOverwrite", null, "NoError")]
    [InlineData("AutoResolve", "AAAA", "ErrorInvalidChangeKey")]
    public async Task A_change_key_is_asked_for_and_looked_at(string mode, string? key, string code)
    {
        await using var lab = await LabServer.Start();
        var id = (await lab.Item(await lab.Book())).ItemId();
        var element = $"<t:ItemId Id=\"{id}\"{(key is null ? "" : $" ChangeKey=\"{key}\"")}/>";

        (await lab.Ask(WriteWire.Update(element, WriteWire.Set("item:Subject", Subject), mode)))
            .Codes().ShouldBe([code]);
    }

    [Fact]
    public async Task An_occurrence_becomes_an_exception_by_its_id_or_its_index()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(Weekly);
        var master = await lab.Item(uid);
        var changes = WriteWire.Set("item:Subject", Subject)
            + WriteWire.Set("calendar:Start", "<t:Start>2026-03-25T13:00:00Z</t:Start>")
            + WriteWire.Set("calendar:End", "<t:End>2026-03-25T14:00:00Z</t:End>");

        var reply = await lab.Ask(WriteWire.Update($"<t:OccurrenceItemId RecurringMasterId=\"{master.ItemId()}\""
            + $" ChangeKey=\"{master.ChangeKey()}\" InstanceIndex=\"2\"/>", changes));

        var id = reply.All("CalendarItem").Single().Id();
        var exception = (await lab.Ask(Wire.GetItem(id))).All("CalendarItem").Single();
        exception.Value("CalendarItemType").ShouldBe("Exception");
        exception.Value("Subject").ShouldBe("Cake");
        exception.Value("Start").ShouldBe("2026-03-25T13:00:00Z");
        (await lab.Item(uid)).Value("Subject").ShouldBe("Tea");
        var byMaster = $"<t:RecurringMasterItemId OccurrenceId=\"{exception.ItemId()}\" "
            + $"ChangeKey=\"{exception.ChangeKey()}\"/>";
        (await lab.Ask(WriteWire.Update(
            byMaster, WriteWire.Set("calendar:Location", "<t:Location>Bar</t:Location>")))).Codes()
            .ShouldBe(["NoError"]);
        (await lab.Item(uid)).Value("Location").ShouldBe("Bar");
    }

    [Fact]
    public async Task A_series_at_another_time_has_no_exceptions_any_more()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(Weekly);
        await lab.Act(HttpMethod.Delete, $"/meetings/{uid}/occurrences/2026-04-01T08:00:00Z");
        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/occurrences/2026-03-25T09:00:00Z",
            new { subject = "Late tea" });
        await Write(lab, uid, WriteWire.Set("item:Subject", Subject));
        (await lab.Item(uid)).All("DeletedOccurrences").ShouldNotBeEmpty("a title moves nothing");

        await Write(lab, uid, WriteWire.Set("calendar:End", "<t:End>2026-03-18T10:30:00Z</t:End>"));

        var master = await lab.Item(uid);
        master.All("DeletedOccurrences").ShouldBeEmpty();
        master.All("ModifiedOccurrences").ShouldBeEmpty();
        master.Value("Duration").ShouldBe("PT1H30M");
    }

    [Fact]
    public async Task What_holds_several_values_is_added_to_and_what_may_be_missing_is_taken_away()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        await Write(lab, uid,
            WriteWire.Set("item:Body", "<t:Body BodyType=\"Text\"> And plates.</t:Body>", "AppendToItemField")
            + WriteWire.Set("calendar:RequiredAttendees",
                WriteWire.Attendees("RequiredAttendees", LabServer.Carla), "AppendToItemField")
            + WriteWire.Delete("calendar:Location")
            + WriteWire.Set("item:Categories", "<t:Categories><t:String>Fun</t:String></t:Categories>"));

        var item = await lab.Item(uid);

        item.Value("Body").ShouldBe("Bring cups. And plates.");
        item.All("RequiredAttendees").Single().All("EmailAddress").Select(one => one.Value)
            .ShouldBe([LabServer.Ben, LabServer.Carla]);
        item.Value("Location").ShouldBe("");
        item.All("Categories").Single().Value.ShouldBe("Fun");
    }

    [Fact]
    public async Task Deleted_items_change_without_mail_only()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/cancel");
        var trash = Wire.FindPage(0, 1000).Replace("\"calendar\"", "\"deleteditems\"", StringComparison.Ordinal);
        var item = (await lab.Ask(trash)).All("CalendarItem").Single(one => one.Value("UID") == uid);
        var change = WriteWire.Set("item:Subject", Subject);

        (await lab.Ask(WriteWire.Update(item.Id(), change, send: "SendToAllAndSaveCopy"))).Codes()
            .ShouldBe(["ErrorCalendarCannotUpdateDeletedItem"]);
        (await lab.Ask(WriteWire.Update(item.Id(), change))).Codes().ShouldBe(["NoError"]);
    }

    private static object Weekly => new
    {
        timeZone = "W. Europe Standard Time",
        recurrence = new { pattern = "weekly", daysOfWeek = new[] { "wednesday" }, count = 10 },
    };

    private static async Task Write(
        LabServer lab, string uid, string changes, string mailbox = LabServer.Anna, string send = "SendToNone")
    {
        var item = await lab.Item(uid, mailbox);
        var reply = await lab.Ask(WriteWire.Update(item.Id(), changes, send: send), mailbox);
        reply.Codes().ShouldBe(["NoError"], reply.ToString());
    }

    private static async Task<List<JsonElement>> Mails(LabServer lab, string? mailbox = null) =>
        [.. (await lab.Act(HttpMethod.Get, mailbox is null ? "/mails" : $"/mails?mailbox={mailbox}"))
            .EnumerateArray()];

    private static IEnumerable<string> To(JsonElement mail) =>
        mail.GetProperty("to").EnumerateArray().Select(address => address.GetString()!);
}
