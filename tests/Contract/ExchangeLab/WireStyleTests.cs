using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that replies mean the same however their names are written.</summary>
public sealed class WireStyleTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("random")]
    public async Task Replies_with_other_prefixes_say_the_same(string prefixes)
    {
        await using var lab = await LabServer.Start();
        var usual = await lab.Ask(Wire.FindPage(0, 20));
        var id = usual.ItemIds().First();
        var convert = "<m:ConvertId DestinationFormat=\"HexEntryId\"><m:SourceIds>"
            + $"<t:AlternateId Format=\"EwsId\" Id=\"{id}\" Mailbox=\"{LabServer.Anna}\"/></m:SourceIds></m:ConvertId>";
        var converted = await lab.Ask(convert);

        await lab.Act(HttpMethod.Put, "/wire", new { prefixes, declaration = false });

        for (var look = 0; look < 5; look++)
        {
            Plain(await lab.Ask(Wire.FindPage(0, 20))).ShouldBe(Plain(usual));
            Plain(await lab.Ask(convert)).ShouldBe(Plain(converted));
        }

        (await lab.AskForFault(Wire.Envelope("<m:MakeCoffee/>", LabServer.Anna))).Codes()
            .ShouldBe(["ErrorSchemaValidation"]);
    }

    [Fact]
    public async Task Random_prefixes_change_from_reply_to_reply()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/wire", new { prefixes = "random" });

        var prefixes = new HashSet<string>();
        for (var look = 0; look < 10; look++)
        {
            var body = Wire.Body(await lab.Ask(Wire.FindPage(0, 1)));
            prefixes.Add(body.GetPrefixOfNamespace(Wire.M) ?? "");
        }

        prefixes.Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Message_xml_stands_in_either_namespace()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/wire", new { messageXmlSwapped = true });
        await lab.Act(HttpMethod.Put, "/faults", new { busy = 1.0, busyCarrier = "response" });
        var (_, message) = await lab.Post(Wire.Envelope(Wire.Sync("", 1), LabServer.Anna));
        await lab.Act(HttpMethod.Put, "/faults", new { busy = 1.0, busyCarrier = "fault" });
        var (_, fault) = await lab.Post(Wire.Envelope(Wire.Sync("", 1), LabServer.Anna));

        message.All("MessageXml").Single().Name.Namespace.ShouldBe(Wire.T);
        fault.All("MessageXml").Single().Name.Namespace.ShouldBe(Wire.M);
    }

    [Fact]
    public async Task Notifications_and_bad_ids_stand_where_the_schema_wants_them_when_set_so()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/wire",
            new { notificationInTypes = true, errorSubscriptionIdsInTypes = true });
        await lab.Act(HttpMethod.Put, "/streams", new { mixed = true });
        var good = (await lab.Ask(Wire.Subscribe("CreatedEvent"))).Value("SubscriptionId")!;
        using var stream = await lab.Open(good, "bm9uZQ==");

        var refusal = (await stream.Next())!;

        refusal.All("Notification").Single().Name.Namespace.ShouldBe(Wire.T);
        refusal.All("ErrorSubscriptionIds").Single().Elements().Single().Name.Namespace.ShouldBe(Wire.T);
    }

    /// <summary>Names and values without what only the writing of names needs.</summary>
    private static string Plain(XElement reply)
    {
        var body = new XElement(Wire.Body(reply));
        body.DescendantsAndSelf().Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Remove();
        return body.ToString(SaveOptions.DisableFormatting);
    }
}
