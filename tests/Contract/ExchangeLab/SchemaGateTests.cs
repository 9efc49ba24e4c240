using System.Net;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that requests are held to the official schemas where the lab is given them.</summary>
public sealed class SchemaGateTests
{
    private const string Ids = "<m:ItemIds><t:ItemId Id=\"x\"/></m:ItemIds>";
    private static readonly string Shape = Wire.Shape("IdOnly");

    [Fact]
    public async Task A_wrong_order_is_a_fault_that_names_the_line_the_position_and_the_violation()
    {
        await using var lab = await Start();

        var fault = await lab.AskForFault(
            Wire.Envelope($"\n<m:GetItem>\n{Ids}\n{Shape}</m:GetItem>", LabServer.Anna));

        fault.Codes().ShouldBe(["ErrorSchemaValidation"]);
        fault.Element("faultcode")!.Value.ShouldEndWith(":ErrorSchemaValidation");
        fault.Value("LineNumber").ShouldBe("3");
        int.Parse(fault.Value("LinePosition")!, System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(0);
        fault.Value("Violation")!.ShouldContain("invalid child element 'ItemIds'");
    }

    [Theory]
    [InlineData("<m:GetItem><m:ItemShape><t:BaseShape>Everything</t:BaseShape></m:ItemShape>" + Ids
        + "</m:GetItem>")]
    [InlineData("<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:Colour/></m:ItemShape>" + Ids
        + "</m:GetItem>")]
    [InlineData("<GetItem/>")]
    public async Task Unknown_words_elements_and_namespaces_are_faults(string operation)
    {
        await using var lab = await Start();

        (await lab.AskForFault(Wire.Envelope(operation, LabServer.Anna))).Codes()
            .ShouldBe(["ErrorSchemaValidation"]);
    }

    [Fact]
    public async Task More_than_512_changes_are_refused_by_the_schema()
    {
        await using var lab = await Start();

        (await lab.AskForFault(Wire.Envelope(Wire.Sync("", 513), LabServer.Anna))).Value("Violation")!
            .ShouldContain("MaxChangesReturned");
    }

    [Fact]
    public async Task What_the_schemas_allow_is_answered()
    {
        await using var lab = await Start();
        string[] operations =
        [
            Wire.Sync(""), Wire.FindPage(0, 1), Wire.FindView("2026-03-16T00:00:00Z", "2026-03-17T00:00:00Z"),
            Wire.GetItem(Wire.ItemId("x")), Wire.Subscribe("CreatedEvent"), Wire.Oof(LabServer.Anna),
        ];
        foreach (var operation in operations)
        {
            var (status, reply) = await lab.Post(Wire.Envelope(operation, LabServer.Anna));
            status.ShouldBe(HttpStatusCode.OK, reply.ToString());
        }
    }

    [Fact]
    public void A_folder_without_schemas_is_refused_at_the_start()
    {
        Should.Throw<Exception>(() => HybridCalendar.ExchangeLab.Lab.Create("--Lab:Schemas", "/nowhere"))
            .Message.ShouldContain("Lab:Schemas");
    }

    private static Task<LabServer> Start() =>
        LabServer.Start("--Lab:Schemas", SharedFolder.Path("ews-xsd"));
}
