using System.Text;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that unknown properties are refused and that bodies end where the client wants.</summary>
public sealed class ShapeTests
{
    private const int BodyBytes = 7;

    [Theory]
    [InlineData("calendar:Begin", "ErrorSchemaValidation")]
    [InlineData("item:itemid", "ErrorSchemaValidation")]
    [InlineData("Subject", "ErrorSchemaValidation")]
    [InlineData("coffee:Strength", "ErrorSchemaValidation")]
    [InlineData("task:DueDate", "ErrorInvalidPropertyRequest")]
    [InlineData("folder:DisplayName", "ErrorInvalidPropertyRequest")]
    public async Task A_property_that_no_item_has_is_a_fault(string field, string code)
    {
        await using var lab = await LabServer.Start();
        string[] operations =
        [
            Wire.GetItem(Wire.ItemId("x"), "IdOnly", Fields(field)),
            Wire.Sync("").Replace(Wire.Shape("IdOnly"), Wire.Shape("IdOnly", Fields(field))),
        ];
        foreach (var operation in operations)
        {
            (await lab.AskForFault(Wire.Envelope(operation, LabServer.Anna))).Codes().ShouldBe([code]);
        }
    }

    [Theory]
    [InlineData("item:MimeContent")]
    [InlineData("message:InternetMessageId")]
    [InlineData("calendar:JoinOnlineMeetingUrl")]
    public async Task A_property_that_an_item_merely_lacks_is_missing(string field)
    {
        await using var lab = await LabServer.Start();
        var id = (await lab.Ask(Wire.FindPage(0, 1))).ItemIds().Single();

        var item = await lab.Ask(Wire.GetItem(Wire.ItemId(id), "IdOnly", Fields(field)));

        item.All("CalendarItem").Single().Elements().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("Grüße aus Köln", "Grüße", "true")]
    [InlineData("Grüüüße", "Grüü", "true")]
    [InlineData("1234567", "1234567", "false")]
    [InlineData("", "", "false")]
    public async Task A_body_ends_at_the_size_that_the_client_wants(
        string body, string given, string truncated)
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { body });
        var id = (await lab.Item(uid)).ItemId();

        var reply = await lab.Ask(Wire.GetItem(Wire.ItemId(id), "IdOnly",
            $"<t:MaximumBodySize>{BodyBytes}</t:MaximumBodySize>" + Fields("item:Body")));

        var element = reply.All("Body").Single(one => one.Name == Wire.T + "Body");
        element.Value.ShouldBe(given);
        Encoding.UTF8.GetByteCount(element.Value).ShouldBeLessThanOrEqualTo(BodyBytes);
        element.Attribute("IsTruncated")!.Value.ShouldBe(truncated);
    }

    private static string Fields(string field) =>
        $"<t:AdditionalProperties><t:FieldURI FieldURI=\"{field}\"/></t:AdditionalProperties>";
}
