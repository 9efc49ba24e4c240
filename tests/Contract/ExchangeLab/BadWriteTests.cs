namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that a write that makes no sense changes nothing and gets the code that says why.</summary>
public sealed class BadWriteTests
{
    private const string Weekly = "<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>"
        + "Wednesday</t:DaysOfWeek></t:WeeklyRecurrence><t:EndDateRecurrence><t:StartDate>2026-03-18"
        + "</t:StartDate><t:EndDate>{0}</t:EndDate></t:EndDateRecurrence></t:Recurrence>";

    public static TheoryData<string, string, string> Updates => new()
    {
        { "calendar:End", "<t:End>2026-03-18T08:00:00Z</t:End>", "ErrorCalendarEndDateIsEarlierThanStartDate" },
        { "calendar:End", "<t:End>2031-03-19T08:00:00Z</t:End>", "ErrorCalendarDurationIsTooLong" },
        { "calendar:StartTimeZone", "<t:StartTimeZone Id=\"Nowhere\"/>", "ErrorCalendarInvalidTimeZone" },
        {
            "calendar:Recurrence", Weekly.Replace("{0}", "2026-03-01", StringComparison.Ordinal),
            "ErrorRecurrenceHasNoOccurrence"
        },
        {
            "calendar:Recurrence", "<t:Recurrence><t:DailyRecurrence><t:Interval>1000</t:Interval>"
            + "</t:DailyRecurrence><t:NoEndRecurrence><t:StartDate>2026-03-18</t:StartDate></t:NoEndRecurrence>"
            + "</t:Recurrence>", "ErrorCalendarInvalidRecurrence"
        },
        { "calendar:IsCancelled", "<t:IsCancelled>true</t:IsCancelled>", "ErrorInvalidPropertySet" },
        { "item:Subject", "<t:Location>Bar</t:Location>", "ErrorUpdatePropertyMismatch" },
        {
            "item:Subject", "<t:Subject>a</t:Subject><t:Location>b</t:Location>",
            "ErrorIncorrectUpdatePropertyCount"
        },
        {
            "calendar:RequiredAttendees", "<t:RequiredAttendees><t:Attendee><t:Mailbox><t:Name>Ben</t:Name>"
            + "</t:Mailbox></t:Attendee></t:RequiredAttendees>", "ErrorMissingInformationEmailAddress"
        },
    };

    [Theory]
    [MemberData(nameof(Updates))]
    public async Task An_update_that_makes_no_sense_is_refused(string field, string element, string code)
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var item = await lab.Item(uid);

        var reply = await lab.Ask(WriteWire.Update(item.Id(), WriteWire.Set(field, element)));

        reply.Codes().ShouldBe([code]);
        (await lab.Item(uid)).ChangeKey().ShouldBe(item.ChangeKey());
    }

    [Fact]
    public async Task Verbs_that_a_property_does_not_have_are_refused()
    {
        await using var lab = await LabServer.Start();
        var item = (await lab.Item(await lab.Book())).Id();
        async Task<string> Code(string changes) =>
            (await lab.Ask(WriteWire.Update(item, changes))).Codes().Single();

        (await Code(WriteWire.Delete("calendar:Start"))).ShouldBe("ErrorInvalidPropertyDelete");
        (await Code(WriteWire.Set("calendar:Location", "<t:Location>x</t:Location>", "AppendToItemField")))
            .ShouldBe("ErrorInvalidPropertyAppend");
        (await Code(WriteWire.SetOwnId("x").Replace("SetItemField", "AppendToItemField",
            StringComparison.Ordinal))).ShouldBe("ErrorInvalidPropertyAppend");
        (await Code(WriteWire.SetOwnId("x").Replace("String\"", "Integer\"", StringComparison.Ordinal)))
            .ShouldBe("ErrorInvalidExtendedPropertyValue");
    }

    [Fact]
    public async Task An_occurrence_stays_between_its_neighbours_and_has_no_rule_of_its_own()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { recurrence = new { pattern = "daily", count = 10 } });
        var master = await lab.Item(uid);
        var second = $"<t:OccurrenceItemId RecurringMasterId=\"{master.ItemId()}\" "
            + $"ChangeKey=\"{master.ChangeKey()}\" InstanceIndex=\"2\"/>";
        var onto = WriteWire.Set("calendar:Start", "<t:Start>2026-03-20T08:00:00Z</t:Start>")
            + WriteWire.Set("calendar:End", "<t:End>2026-03-20T08:30:00Z</t:End>");

        (await lab.Ask(WriteWire.Update(second, onto))).Codes()
            .ShouldBe(["ErrorOccurrenceCrossingBoundary"]);
        (await lab.Ask(WriteWire.Update(second, WriteWire.Delete("calendar:Recurrence")))).Codes()
            .ShouldBe(["ErrorInvalidPropertySet"]);
        (await lab.Ask(WriteWire.Update(master.Id(),
            WriteWire.Set("calendar:End", "<t:End>2026-03-19T10:00:00Z</t:End>")))).Codes()
            .ShouldBe(["ErrorOccurrenceTimeSpanTooBig"]);
    }

    [Fact]
    public async Task Who_does_not_say_whether_to_send_mail_is_refused()
    {
        await using var lab = await LabServer.Start();
        var item = (await lab.Item(await lab.Book())).Id();

        (await lab.Ask(WriteWire.Update(item, WriteWire.Delete("calendar:Location"), send: null))).Codes()
            .ShouldBe(["ErrorSendMeetingInvitationsOrCancellationsRequired"]);
        (await lab.Ask(WriteWire.Create("<t:Subject>Tea</t:Subject>", send: null))).Codes()
            .ShouldBe(["ErrorSendMeetingInvitationsRequired"]);
    }

    [Theory]
    [InlineData("PropertyTag=\"0x8001\" PropertyType=\"String\"")]
    [InlineData("PropertyTag=\"0x6801\" PropertyName=\"x\" PropertyType=\"String\"")]
    [InlineData("DistinguishedPropertySetId=\"Common\" PropertyType=\"String\"")]
    [InlineData("DistinguishedPropertySetId=\"Common\" PropertyName=\"x\" PropertyId=\"1\" PropertyType=\"String\"")]
    public async Task Names_of_extended_properties_say_one_thing_only(string name)
    {
        await using var lab = await LabServer.Start();
        var fault = await lab.AskForFault(Wire.Envelope(Wire.GetItem(Wire.ItemId("x"), "IdOnly",
            WriteWire.WithOwnId(name)), LabServer.Anna));
        fault.Value("ResponseCode").ShouldBe("ErrorInvalidExtendedProperty");
    }
}
