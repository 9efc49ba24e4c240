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

    [Fact]
    public async Task What_the_schemas_forbid_is_not_sent_and_is_counted()
    {
        await using var lab = HybridCalendar.ExchangeLab.Lab.Create(
            "--urls=http://127.0.0.1:0", $"--Lab:Schemas={OtherSchemas()}");
        await lab.StartAsync(LabServer.Stop);
        using var http = new HttpClient { BaseAddress = new Uri(lab.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization =
            LabServer.Basic("svc-calendar@lab.example", "lab-password");

        (await Answer(http, Wire.Sync("", 1))).ShouldContain("IncludesTheLastItem");
        var subscribed = System.Xml.Linq.XElement.Parse(await Answer(
            http, Wire.Subscribe("CreatedEvent"), HttpStatusCode.OK));
        (await Answer(http, Wire.Stream(subscribed.Value("SubscriptionId")!)))
            .ShouldContain("StateOfConnection");
        await Answer(http, Wire.Sync("", 513));

        var statistics = await http.GetStringAsync("/lab/statistics", LabServer.Stop);
        statistics.ShouldContain("\"invalidRequests\":1");
        statistics.ShouldContain("\"invalidReplies\":2");
    }

    /// <summary>Schemas of a server whose replies have other elements than the lab's.</summary>
    private static string OtherSchemas()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        foreach (var file in Directory.GetFiles(SharedFolder.Path("ews-xsd"), "*.xsd"))
        {
            var text = File.ReadAllText(file)
                .Replace("IncludesLastItemInRange\" t", "IncludesTheLastItem\" t", StringComparison.Ordinal)
                .Replace("\"ConnectionStatus\"", "\"StateOfConnection\"", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), text);
        }

        return folder;
    }

    private static async Task<string> Answer(
        HttpClient http, string operation, HttpStatusCode status = HttpStatusCode.InternalServerError)
    {
        using var content = new StringContent(
            Wire.Envelope(operation, LabServer.Anna), System.Text.Encoding.UTF8, "text/xml");
        using var reply = await http.PostAsync("/EWS/Exchange.asmx", content, LabServer.Stop);
        reply.StatusCode.ShouldBe(status);
        return await reply.Content.ReadAsStringAsync(LabServer.Stop);
    }

    private static Task<LabServer> Start() =>
        LabServer.Start("--Lab:Schemas", SharedFolder.Path("ews-xsd"));
}
