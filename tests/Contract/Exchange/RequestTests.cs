using System.Xml;
using System.Xml.Linq;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Every request is what the protocol's schemas allow.</summary>
public sealed class RequestTests
{
    private const string Address = "a.person@example.org";

    private static readonly Instant Start = Instant.FromUtc(2026, 11, 1, 0, 0);

    private static readonly ExtendedName Own = ExtendedName.PublicString("Own");

    public static TheoryData<string> Operations => [.. Bodies.Keys];

    private static Dictionary<string, Action<XmlWriter>> Bodies { get; } = new()
    {
        ["ConvertId"] = xml => ConvertId.Write(xml, "AAMk=", "EwsId", "HexEntryId", Address),
        ["CreateItem"] = xml => CreateItem.Write(xml, Everything, CreationSending.SendToAllAndSaveCopy),
        ["FindItem"] = xml => FindItem.Write(xml, Start, Start + Duration.FromDays(30)),
        ["FindItem page by page"] = xml => FindPage.Write(xml, 250, null),
        ["FindItem by an own property"] = xml => FindPage.Write(xml, 0, (Own, "one")),
        ["GetFolder"] = GetFolder.Write,
        ["GetItem of meetings"] = xml => GetItem.Write(xml, ["AAMk=", "aamk="], Shapes.OfMeetings),
        ["GetItem of occurrences"] = xml => GetItem.Write(xml, ["AAMk="], Shapes.OfOccurrences),
        ["GetItem for editing"] = xml => GetItem.Write(xml, ["AAMk="], () => Shapes.ForEditing(xml, [Own])),
        ["GetStreamingEvents"] = xml => GetStreamingEvents.Write(xml, ["one", "two"], 29),
        ["GetUserAvailability"] = xml => GetUserAvailability.Write(
            xml, [Address, "room@example.org"], new Interval(Start, Start + Duration.FromDays(42)), 15,
            FreeBusyView.DetailedMerged),
        ["Subscribe"] = Subscribe.Write,
        ["SyncFolderItems from the beginning"] = xml => SyncFolderItems.Write(xml, null),
        ["SyncFolderItems from a cursor"] = xml => SyncFolderItems.Write(xml, "H4sI=="),
        ["Unsubscribe"] = xml => Unsubscribe.Write(xml, "one"),
        ["UpdateItem of everything"] = xml => UpdateItem.Write(
            xml,
            new ItemReference.Item("AAMk=", "key="),
            [.. Everything.Select(property => new PropertyChange.Set(property))],
            ConflictResolution.AutoResolve,
            UpdateSending.SendToChangedAndSaveCopy),
        ["UpdateItem of an occurrence"] = xml => UpdateItem.Write(
            xml,
            new ItemReference.Occurrence("AAMk=", 3, "key="),
            [
                new PropertyChange.Append(WrittenProperty.Body("more", BodyFormat.Text)),
                new PropertyChange.Delete(new PropertyPath.Field("calendar:Location")),
                new PropertyChange.Delete(new PropertyPath.Indexed("item:InternetMessageHeader", "X-Own")),
                new PropertyChange.Delete(new PropertyPath.Extended(Own)),
            ],
            ConflictResolution.AlwaysOverwrite,
            UpdateSending.SendToNone),
        ["UpdateItem of an occurrence's series"] = xml => UpdateItem.Write(
            xml,
            new ItemReference.MasterOf("AAMk=", "key="),
            [new PropertyChange.Set(WrittenProperty.Subject("Tea"))],
            ConflictResolution.NeverOverwrite,
            UpdateSending.SendOnlyToAll),
    };

    // In an order that is not the schema's.
    private static IEnumerable<WrittenProperty> Everything =>
    [
        WrittenProperty.StartZone("W. Europe Standard Time"),
        WrittenProperty.EndZone("W. Europe Standard Time"),
        WrittenProperty.Recurrence(new Recurrence(
            new RecurrencePattern.Weekly(2, [IsoDayOfWeek.Monday, IsoDayOfWeek.Friday], IsoDayOfWeek.Monday),
            new LocalDate(2026, 11, 2), Count: 5)),
        WrittenProperty.Attendees(ParticipantRole.Resource, ["room@example.org"]),
        WrittenProperty.Attendees(ParticipantRole.Optional, ["b@example.org"]),
        WrittenProperty.Attendees(ParticipantRole.Required, [Address]),
        WrittenProperty.Location("Roof\u0001"),
        WrittenProperty.ShownAs(ShownAs.OutOfOffice),
        WrittenProperty.AllDay(false),
        WrittenProperty.End(Start + Duration.FromHours(1)),
        WrittenProperty.Start(Start),
        WrittenProperty.Extended(Own, "one"),
        WrittenProperty.Body("<p>Eat</p>", BodyFormat.Html),
        WrittenProperty.Sensitivity(Sensitivity.Confidential),
        WrittenProperty.Subject("Cake"),
    ];

    public static TheoryData<RecurrencePattern> Patterns =>
    [
        new RecurrencePattern.Daily(3),
        new RecurrencePattern.Weekly(1, [IsoDayOfWeek.Sunday], IsoDayOfWeek.Sunday),
        new RecurrencePattern.AbsoluteMonthly(12, 31),
        new RecurrencePattern.RelativeMonthly(1, DayOfWeekIndex.Last, DayOfWeekToken.Weekday),
        new RecurrencePattern.AbsoluteYearly(29, 2),
        new RecurrencePattern.RelativeYearly(DayOfWeekIndex.Second, DayOfWeekToken.Tuesday, 9),
    ];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void every_recurrence_is_valid_by_the_schemas(RecurrencePattern pattern)
    {
        var first = new LocalDate(2026, 11, 2);
        Recurrence[] recurrences =
        [
            new(pattern, first),
            new(pattern, first, End: first.PlusYears(1)),
            new(pattern, first, Count: 999),
        ];
        foreach (var recurrence in recurrences)
        {
            var envelope = Envelope(xml => CreateItem.Write(
                xml, [WrittenProperty.Recurrence(recurrence)], CreationSending.SendToNone));
            Schemas.Complaints(envelope.Elements().Last().Elements().Single()).ShouldBeEmpty();
        }
    }

    [Fact]
    public void a_write_is_what_the_documentation_shows()
    {
        var body = Envelope(xml => UpdateItem.Write(
            xml,
            new ItemReference.Item("AAMk=", "key="),
            [new PropertyChange.Set(WrittenProperty.Extended(Own, "v"))],
            ConflictResolution.NeverOverwrite,
            UpdateSending.SendToNone)).Elements().Last().Elements().Single();
        var name = "<t:ExtendedFieldURI PropertySetId=\"00020329-0000-0000-c000-000000000046\" "
            + "PropertyName=\"Own\" PropertyType=\"String\"/>";
        var expected = XElement.Parse($"<m:UpdateItem xmlns:m=\"{Namespaces.Messages}\" "
            + $"xmlns:t=\"{Namespaces.Types}\" ConflictResolution=\"NeverOverwrite\" "
            + "SendMeetingInvitationsOrCancellations=\"SendToNone\"><m:ItemChanges><t:ItemChange>"
            + "<t:ItemId Id=\"AAMk=\" ChangeKey=\"key=\"/><t:Updates><t:SetItemField>" + name
            + "<t:CalendarItem><t:ExtendedProperty>" + name + "<t:Value>v</t:Value></t:ExtendedProperty>"
            + "</t:CalendarItem></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>");
        expected.Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Remove();
        XNode.DeepEquals(body, expected).ShouldBeTrue(body.ToString());
    }

    [Fact]
    public void nothing_is_added_to_what_holds_one_value() =>
        Should.Throw<ArgumentException>(() => new PropertyChange.Append(WrittenProperty.Subject("Cake")));

    [Theory]
    [MemberData(nameof(Operations))]
    public void every_request_is_valid_by_the_schemas(string operation)
    {
        var envelope = Envelope(Bodies[operation]);
        // The schema fixes the dialect to its own edition; servers take the older ones as well.
        var impersonation = envelope.Elements().First().Elements().Last();
        Schemas.Complaints(impersonation).ShouldBeEmpty();
        Schemas.Complaints(envelope.Elements().Last().Elements().Single()).ShouldBeEmpty();
    }

    [Fact]
    public void the_request_for_automatic_replies_reads_as_the_documentation_shows_it()
    {
        // The schemas do not hold this operation.
        var body = Envelope(xml => GetUserOofSettings.Write(xml, Address)).Elements().Last();
        var expected =
            new XElement(
                XName.Get("GetUserOofSettingsRequest", Namespaces.Messages),
                new XElement(
                    XName.Get("Mailbox", Namespaces.Types),
                    new XElement(XName.Get("Address", Namespaces.Types), Address)));
        XNode.DeepEquals(body.Elements().Single(), expected).ShouldBeTrue(body.ToString());
    }

    [Fact]
    public void a_request_names_the_dialect_and_the_mailbox_in_whose_name_it_is_made()
    {
        var header = Envelope(GetFolder.Write).Elements().First();
        header.Elements().First().Attribute("Version")!.Value.ShouldBe("Exchange2013_SP1");
        header.Descendants(XName.Get("PrimarySmtpAddress", Namespaces.Types))
            .Single().Value.ShouldBe(Address);
    }

    [Fact]
    public void ids_with_any_character_are_written_so_that_they_can_be_read_back()
    {
        const string Id = "<&\"'>\u0001 \u00E9";
        var item = Envelope(xml => GetItem.Write(xml, [Id], Shapes.OfMeetings), checkCharacters: false)
            .Descendants(XName.Get("ItemId", Namespaces.Types)).Single();
        item.Attribute("Id")!.Value.ShouldBe(Id);
    }

    private static XElement Envelope(Action<XmlWriter> body, bool checkCharacters = true)
    {
        using var bytes = new MemoryStream(SoapRequest.Write(Address, Dialect.Exchange2013_SP1, body));
        using var reader =
            XmlReader.Create(bytes, new XmlReaderSettings { CheckCharacters = checkCharacters });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }
}
