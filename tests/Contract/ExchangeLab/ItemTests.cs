using System.Globalization;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves what GetItem and FindItem say about singles, series, occurrences and copies.</summary>
public sealed class ItemTests
{
    private const string CleanGlobalObjectId =
        "<t:AdditionalProperties><t:FieldURI FieldURI=\"calendar:UID\"/><t:ExtendedFieldURI "
        + "DistinguishedPropertySetId=\"Meeting\" PropertyId=\"35\" PropertyType=\"Binary\"/>"
        + "<t:ExtendedFieldURI DistinguishedPropertySetId=\"Meeting\" PropertyId=\"3\" "
        + "PropertyType=\"Binary\"/></t:AdditionalProperties>";

    [Fact]
    public async Task Every_seeded_item_pleases_the_schemas_in_full()
    {
        await using var lab = await LabServer.Start();
        var ids = (await lab.Ask(Wire.FindPage(0, 1000))).ItemIds().ToList();

        var items = await lab.Ask(Wire.GetItem(string.Concat(ids.Select(Wire.ItemId))));

        items.Codes().Distinct().ShouldBe(["NoError"]);
        items.All("CalendarItem").Count().ShouldBe(ids.Count);
        ids.ShouldAllBe(id => id.Length == 152);
    }

    [Fact]
    public async Task Copies_share_the_uid_and_have_their_own_ids_and_responses()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();

        var own = await lab.Item(uid);
        var invited = await lab.Item(uid, LabServer.Ben);
        var room = await lab.Item(uid, LabServer.Room);

        new[] { own, invited, room }.Select(item => item.ItemId()).Distinct().Count().ShouldBe(3);
        own.Value("MyResponseType").ShouldBe("Organizer");
        invited.Value("MyResponseType").ShouldBe("NoResponseReceived");
        invited.Value("LegacyFreeBusyStatus").ShouldBe("Tentative");
        room.Value("MyResponseType").ShouldBe("Accept");
        room.Value("LegacyFreeBusyStatus").ShouldBe("Busy");
        invited.Element(Wire.T + "Start")!.Value.ShouldBe("2026-03-18T09:00:00Z");
        invited.All("Organizer").Single().Value("EmailAddress").ShouldBe(LabServer.Anna);
    }

    [Fact]
    public async Task An_edit_changes_the_change_key_but_not_the_id()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var before = (await lab.Item(uid, LabServer.Ben)).Element(Wire.T + "ItemId")!;

        await lab.Act(HttpMethod.Patch, $"/meetings/{uid}", new { location = "Roof" });

        var after = await lab.Item(uid, LabServer.Ben);
        after.Value("Location").ShouldBe("Roof");
        after.ItemId().ShouldBe(before.Attribute("Id")!.Value);
        after.Element(Wire.T + "ItemId")!.Attribute("ChangeKey")!.Value
            .ShouldNotBe(before.Attribute("ChangeKey")!.Value);
    }

    [Fact]
    public async Task A_cancelled_meeting_leaves_the_organizer_and_stays_cancelled_with_attendees()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();

        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/cancel");

        (await lab.Ask(Wire.FindPage(0, 1000))).All("UID").ShouldAllBe(one => one.Value != uid);
        var copy = await lab.Item(uid, LabServer.Ben);
        copy.Value("IsCancelled").ShouldBe("true");
        copy.Value("AppointmentState").ShouldBe("7");
    }

    [Fact]
    public async Task Declining_removes_the_copy_and_tells_the_organizer()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();

        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/respond",
            new { mailbox = LabServer.Ben, response = "decline" });

        var left = await lab.Ask(Wire.FindPage(0, 1000), LabServer.Ben);
        left.All("UID").ShouldAllBe(one => one.Value != uid);
        (await lab.Item(uid)).All("RequiredAttendees").Single().Value("ResponseType").ShouldBe("Decline");
    }

    [Fact]
    public async Task A_master_tells_its_rule_exceptions_and_deletions_and_exceptions_can_be_fetched()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(Weekly);
        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/occurrences/2026-03-25T09:00:00Z",
            new { start = "2026-03-25T12:00:00Z", end = "2026-03-25T13:00:00Z", subject = "Late tea" });
        await lab.Act(HttpMethod.Delete, $"/meetings/{uid}/occurrences/2026-04-01T08:00:00Z");

        var master = await lab.Item(uid);

        master.Value("CalendarItemType").ShouldBe("RecurringMaster");
        master.Value("DaysOfWeek").ShouldBe("Wednesday");
        master.All("DeletedOccurrence").Single().Value("Start").ShouldBe("2026-04-01T08:00:00Z");
        var exceptionId = master.All("ModifiedOccurrences").Single().Elements().Single().ItemId();
        var exception = (await lab.Ask(Wire.GetItem(Wire.ItemId(exceptionId)))).All("CalendarItem").Single();
        exception.Value("CalendarItemType").ShouldBe("Exception");
        exception.Value("Subject").ShouldBe("Late tea");
        exception.Value("RecurrenceId").ShouldBe("2026-03-25T09:00:00Z");
        master.All("LastOccurrence").Single().Value("Start").ShouldBe("2026-05-20T08:00:00Z");
    }

    [Fact]
    public async Task Occurrences_are_found_by_index_and_lead_back_to_their_master()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(Weekly);
        await lab.Act(HttpMethod.Delete, $"/meetings/{uid}/occurrences/2026-03-25T09:00:00Z");
        var master = (await lab.Item(uid)).ItemId();
        string Index(int index) =>
            $"<t:OccurrenceItemId RecurringMasterId=\"{master}\" InstanceIndex=\"{index}\"/>";

        var reply = await lab.Ask(Wire.GetItem(Index(3) + Index(2) + Index(11)));

        reply.Codes().ShouldBe(["NoError", "ErrorCalendarOccurrenceIsDeletedFromRecurrence",
            "ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange"]);
        var occurrence = reply.All("CalendarItem").Single();
        occurrence.Value("Start").ShouldBe("2026-04-01T08:00:00Z", "summer time has begun");
        var back = await lab.Ask(Wire.GetItem(
            $"<t:RecurringMasterItemId OccurrenceId=\"{occurrence.ItemId()}\"/>"));
        back.All("CalendarItem").Single().ItemId().ShouldBe(master);
    }

    [Fact]
    public async Task Global_object_ids_agree_between_mailboxes_and_name_the_day_of_an_occurrence()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(Weekly);
        var view = Wire.FindView("2026-03-25T00:00:00Z", "2026-03-26T00:00:00Z", "IdOnly")
            .Replace("</t:BaseShape>", "</t:BaseShape>" + CleanGlobalObjectId, StringComparison.Ordinal);

        var item = (await lab.Ask(view, LabServer.Ben)).All("CalendarItem")
            .Single(one => one.Value("UID") == uid);

        var values = item.All("Value")
            .Select(value => Convert.ToHexString(Convert.FromBase64String(value.Value)));
        values.ShouldBe([uid, uid[..32] + "07EA0319" + uid[40..]]);
    }

    [Fact]
    public async Task Broken_unknown_and_foreign_ids_are_told_apart()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var id = (await lab.Item(uid)).ItemId();
        await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/delete", new { uid });
        var others = (await lab.Item(uid, LabServer.Ben)).ItemId();

        var reply = await lab.Ask(Wire.GetItem(
            Wire.ItemId(id) + Wire.ItemId(id.ToLowerInvariant()) + Wire.ItemId("x") + Wire.ItemId(others)));

        reply.Codes().ShouldBe(
            ["ErrorItemNotFound", "ErrorInvalidIdMalformed", "ErrorInvalidIdMalformed", "ErrorItemNotFound"]);
    }

    [Theory]
    [InlineData("Text", "Text", "Tea < Cake\nJoin<https://meet.lab.example/?a=1&b=2>")]
    [InlineData("HTML", "HTML", null)]
    [InlineData("Best", "HTML", null)]
    public async Task Bodies_come_in_the_form_that_is_asked_for(string wanted, string given, string? text)
    {
        const string Html = "<html><body><p>Tea &lt; Cake<br></p>"
            + "<a href=\"https://meet.lab.example/?a=1&amp;b=2\">Join</a></body></html>";
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { body = Html, bodyType = "HTML" });
        var id = (await lab.Item(uid)).ItemId();

        var reply = await lab.Ask(Wire.GetItem(
            Wire.ItemId(id), "AllProperties", $"<t:BodyType>{wanted}</t:BodyType>"));

        var body = reply.Descendants(Wire.T + "Body").Single();
        body.Attribute("BodyType")!.Value.ShouldBe(given);
        body.Value.Replace("\n\n", "\n", StringComparison.Ordinal).ShouldBe(text ?? Html);
    }

    [Fact]
    public async Task Views_are_half_open_refuse_too_wide_windows_and_say_when_they_are_cut()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { start = "2026-08-05T09:00:00Z", end = "2026-08-05T10:00:00Z" });
        async Task<bool> Shows(string from, string to) =>
            (await lab.Ask(Wire.FindView(from, to))).All("UID").Any(one => one.Value == uid);

        (await Shows("2026-08-05T10:00:00Z", "2026-08-05T11:00:00Z")).ShouldBeFalse();
        (await Shows("2026-08-05T08:00:00Z", "2026-08-05T09:00:00Z")).ShouldBeFalse();
        (await Shows("2026-08-05T09:59:00Z", "2026-08-05T11:00:00Z")).ShouldBeTrue();
        (await lab.Ask(Wire.FindView("2026-01-01T00:00:00Z", "2028-01-02T00:00:00Z"))).Codes()
            .ShouldBe(["ErrorCalendarViewRangeTooBig"]);
        (await lab.Ask(Wire.FindView("2026-02-01T00:00:00Z", "2026-01-02T00:00:00Z"))).Codes()
            .ShouldBe(["ErrorCalendarEndDateIsEarlierThanStartDate"]);
        var cut = await lab.Ask(Wire.FindView(
            "2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z", max: "MaxEntriesReturned=\"3\""));
        cut.All("CalendarItem").Count().ShouldBe(3);
        var root = cut.All("RootFolder").Single();
        root.Attribute("IncludesLastItemInRange")!.Value.ShouldBe("false");
        var total = root.Attribute("TotalItemsInView")!.Value;
        int.Parse(total, CultureInfo.InvariantCulture).ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task More_than_a_thousand_occurrences_exceed_the_limit()
    {
        await using var lab = await LabServer.Start();
        await lab.Book(new { recurrence = new { pattern = "daily" } });
        await lab.Book(new { recurrence = new { pattern = "daily" } });

        var reply = await lab.Ask(Wire.FindView("2026-01-01T00:00:00Z", "2027-12-31T00:00:00Z", "IdOnly"));

        reply.Codes().ShouldBe(["ErrorExceededFindCountLimit"]);
        reply.All("MessageXml").Single().Elements().Single().Value.ShouldBe("1000");
    }

    [Fact]
    public async Task Pages_list_masters_and_singles_and_know_where_to_go_on()
    {
        await using var lab = await LabServer.Start();
        var first = await lab.Ask(Wire.FindPage(0, 5));
        var next = first.All("RootFolder").Single().Attribute("IndexedPagingOffset")!.Value;
        var second = await lab.Ask(Wire.FindPage(int.Parse(next, CultureInfo.InvariantCulture), 1000));

        first.ItemIds().Intersect(second.ItemIds()).ShouldBeEmpty();
        second.All("RootFolder").Single().Attribute("IncludesLastItemInRange")!.Value.ShouldBe("true");
        second.All("CalendarItemType").Select(one => one.Value).Distinct()
            .ShouldBe(["RecurringMaster", "Single"], ignoreOrder: true);
        first.All("CalendarItem").First().All("Organizer").Single().All("EmailAddress").ShouldBeEmpty();
    }

    private static object Weekly => new
    {
        timeZone = "W. Europe Standard Time",
        recurrence = new { pattern = "weekly", daysOfWeek = new[] { "wednesday" }, count = 10 },
    };
}
