using System.Xml;
using System.Xml.Linq;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Every request is what the protocol's schemas allow.</summary>
public sealed class RequestTests
{
    private const string Address = "a.person@example.org";

    private static readonly Instant Start = Instant.FromUtc(2026, 11, 1, 0, 0);

    public static TheoryData<string> Operations => [.. Bodies.Keys];

    private static Dictionary<string, Action<XmlWriter>> Bodies { get; } = new()
    {
        ["ConvertId"] = xml => ConvertId.Write(xml, "AAMk=", "EwsId", "HexEntryId", Address),
        ["FindItem"] = xml => FindItem.Write(xml, Start, Start + Duration.FromDays(30)),
        ["GetFolder"] = GetFolder.Write,
        ["GetItem of meetings"] = xml => GetItem.Write(xml, ["AAMk=", "aamk="], Shapes.OfMeetings),
        ["GetItem of occurrences"] = xml => GetItem.Write(xml, ["AAMk="], Shapes.OfOccurrences),
        ["GetStreamingEvents"] = xml => GetStreamingEvents.Write(xml, ["one", "two"], 29),
        ["Subscribe"] = Subscribe.Write,
        ["SyncFolderItems from the beginning"] = xml => SyncFolderItems.Write(xml, null),
        ["SyncFolderItems from a cursor"] = xml => SyncFolderItems.Write(xml, "H4sI=="),
        ["Unsubscribe"] = xml => Unsubscribe.Write(xml, "one"),
    };

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

    // The schemas do not hold this operation either, and the documentation's request asks for more.
    [Fact]
    public void the_request_for_working_hours_has_its_elements_in_the_order_of_the_documentation()
    {
        var file = Path.Combine(
            Shared.Folder("ews-samples"),
            "ms-docs/GetUserAvailabilityRequest.getuseravailability-operation.md.00.xml");
        var documented = Names(XElement.Load(file).Elements().Single());
        var position = 0;
        var request = Envelope(xml => GetWorkingHours.Write(xml, Address, new LocalDate(2026, 11, 1)));
        foreach (var name in Names(request.Elements().Last()))
        {
            position = documented.IndexOf(name, position) + 1;
            position.ShouldBeGreaterThan(0, $"{name}");
        }

        static List<XName> Names(XElement body) => [.. body.Descendants().Select(element => element.Name)];
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
