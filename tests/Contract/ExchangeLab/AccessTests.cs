using System.Net;
using System.Text;
using System.Xml;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves who gets in, in whose name, and how requests are refused as a whole.</summary>
public sealed class AccessTests
{
    private const string Folder =
        "<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape>"
        + "<m:FolderIds>" + Wire.Calendar + "</m:FolderIds></m:GetFolder>";

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_the_right_password_there_is_a_challenge(string? password)
    {
        await using var lab = await LabServer.Start();
        lab.Http.DefaultRequestHeaders.Authorization = password is null
            ? null
            : LabServer.Basic("svc-calendar@lab.example", password);
        using var content = new StringContent(
            Wire.Envelope(Folder, LabServer.Anna), Encoding.UTF8, "text/xml");

        using var reply = await lab.Http.PostAsync("/EWS/Exchange.asmx", content, LabServer.Stop);

        reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Basic");
    }

    [Fact]
    public async Task Paths_do_not_depend_on_case()
    {
        await using var lab = await LabServer.Start();

        var (status, _) = await lab.Post(Wire.Envelope(Folder, LabServer.Anna), "/ews/EXCHANGE.ASMX");

        status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("PrimarySmtpAddress", "ANNA.brandt@lab.example")]
    [InlineData("SmtpAddress", LabServer.Anna)]
    [InlineData("PrincipalName", LabServer.Anna)]
    [InlineData("SID", "S-1-5-21-1004336348-1177238915-682003330-1101")]
    public async Task A_mailbox_can_be_named_in_four_ways(string form, string value)
    {
        await using var lab = await LabServer.Start();
        var envelope = Wire.Envelope(Folder, "*").Replace(
            Wire.Impersonation("PrimarySmtpAddress", "*"), Wire.Impersonation(form, value));

        var (status, reply) = await lab.Post(envelope);

        status.ShouldBe(HttpStatusCode.OK);
        Schemas.Objections(reply).ShouldBeEmpty();
        reply.Value("FolderClass").ShouldBe("IPF.Appointment");
    }

    [Theory]
    [InlineData("nobody@lab.example", "ErrorNonExistentMailbox")]
    [InlineData("", "ErrorInvalidExchangeImpersonationHeaderData")]
    [InlineData(null, "ErrorMissingEmailAddress")]
    public async Task Impersonating_nobody_is_a_fault(string? mailbox, string code)
    {
        await using var lab = await LabServer.Start();

        (await lab.AskForFault(Wire.Envelope(Folder, mailbox))).Codes().ShouldBe([code]);
    }

    [Fact]
    public async Task Unknown_versions_are_refused_and_known_ones_taken()
    {
        await using var lab = await LabServer.Start();

        (await lab.AskForFault(Wire.Envelope(Folder, LabServer.Anna, "Exchange2042"))).Codes()
            .ShouldBe(["ErrorInvalidServerVersion"]);
        foreach (var version in new[] { "Exchange2007_SP1", "Exchange2016", "V2015_10_05", "V2017_07_11" })
        {
            var (status, _) = await lab.Post(Wire.Envelope(Folder, LabServer.Anna, version));
            status.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("<unclosed>", "ErrorSchemaValidation")]
    [InlineData("<m:MakeCoffee/>", "ErrorSchemaValidation")]
    [InlineData("<m:GetItem/>", "ErrorSchemaValidation")]
    [InlineData("", "ErrorInvalidRequest")]
    public async Task Requests_that_the_schema_forbids_are_faults(string operation, string code)
    {
        await using var lab = await LabServer.Start();

        (await lab.AskForFault(Wire.Envelope(operation, LabServer.Anna))).Codes().ShouldBe([code]);
    }

    [Fact]
    public async Task Automatic_replies_are_told_in_their_own_wrapper_without_a_zone_to_their_owner_only()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, $"/mailboxes/{LabServer.Anna}/automatic-replies",
            new { state = "scheduled", start = "2026-03-17T08:00:00Z", end = "2026-03-19T08:00:00Z" });

        var (_, reply) = await lab.Post(Wire.Envelope(Wire.Oof(LabServer.Anna), LabServer.Anna));
        var fault = await lab.AskForFault(Wire.Envelope(Wire.Oof(LabServer.Ben), LabServer.Anna));

        var body = Wire.Body(reply);
        body.Elements().Select(part => part.Name.LocalName).ShouldBe(
            ["ResponseMessage", "OofSettings", "AllowExternalOof"]);
        body.Value("OofState").ShouldBe("Scheduled");
        body.Value("StartTime").ShouldBe("2026-03-17T08:00:00");
        fault.Value("ErrorCode").ShouldBe("-2146233088");
    }

    [Theory]
    [InlineData("HexEntryId")]
    [InlineData("EntryId")]
    [InlineData("OwaId")]
    [InlineData("StoreId")]
    public async Task Ids_convert_to_other_formats_and_back(string format)
    {
        await using var lab = await LabServer.Start();
        var id = (await lab.Ask(Wire.FindPage(0, 1))).ItemIds().Single();

        var there = (await lab.Ask(Convert("EwsId", format, id))).All("AlternateId").Single();
        var request = Convert(format, "EwsId", there.Attribute("Id")!.Value);
        var back = (await lab.Ask(request)).All("AlternateId").Single();

        there.Attribute("Id")!.Value.ShouldNotBe(id);
        back.Attribute("Id")!.Value.ShouldBe(id);
        (await lab.Ask(Convert("EwsId", format, "broken"))).Codes().ShouldBe(["ErrorInvalidIdMalformed"]);
    }

    [Theory]
    [InlineData("fault", HttpStatusCode.InternalServerError, "ErrorServerBusy")]
    [InlineData("response", HttpStatusCode.OK, "ErrorServerBusy")]
    [InlineData("inner", HttpStatusCode.OK, "ErrorInternalServerError")]
    public async Task Busy_comes_in_several_carriers(string carrier, HttpStatusCode status, string code)
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/faults",
            new { busy = 1.0, busyCarrier = carrier, busyBackOffMilliseconds = 2500 });

        var (given, reply) = await lab.Post(Wire.Envelope(Wire.GetItem(Wire.ItemId("x")), LabServer.Anna));

        given.ShouldBe(status);
        reply.Codes().ShouldBe([code]);
        reply.All("Value").Single(value => value.Attribute("Name")!.Value == "BackOffMilliseconds")
            .Value.ShouldBe("2500");
        (await lab.Act(HttpMethod.Get, "/statistics")).GetProperty("busyAnswers").GetInt32().ShouldBe(1);
        if (status == HttpStatusCode.OK)
        {
            Schemas.Objections(reply).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Busy_also_comes_without_soap()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/faults",
            new { busy = 1.0, busyCarrier = "http503", busyBackOffMilliseconds = 2500 });
        using var content = new StringContent(
            Wire.Envelope(Folder, LabServer.Anna), Encoding.UTF8, "text/xml");

        using var reply = await lab.Http.PostAsync("/EWS/Exchange.asmx", content, LabServer.Stop);

        reply.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        reply.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Illegal_characters_make_a_reply_that_strict_readers_refuse()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/faults", new { illegalCharacters = true });

        await Should.ThrowAsync<XmlException>(() => lab.Ask(Wire.FindPage(0, 1)));
    }

    [Fact]
    public async Task A_malformed_item_stays_malformed_while_the_fault_is_on()
    {
        await using var lab = await LabServer.Start();
        var ids = (await lab.Ask(Wire.FindPage(0, 1000))).ItemIds().ToList();
        var request = Wire.Envelope(Wire.GetItem(string.Concat(ids.Select(Wire.ItemId))), LabServer.Anna);
        await lab.Act(HttpMethod.Put, "/faults", new { malformedItems = 0.5 });

        var starts = new List<string>();
        for (var look = 0; look < 2; look++)
        {
            var (_, reply) = await lab.Post(request);
            starts.Add(string.Join(' ', reply.All("CalendarItem").Select(item =>
                item.Element(Wire.T + "Start")!.Value)));
        }

        starts[0].ShouldContain("2026-13-32");
        starts[0].ShouldBe(starts[1]);
    }

    [Fact]
    public void Addresses_that_other_machines_reach_are_refused()
    {
        Should.Throw<Exception>(() => HybridCalendar.ExchangeLab.Lab.Create("--urls", "http://0.0.0.0:5081"))
            .Message.ShouldContain("loopback");
    }

    private static string Convert(string from, string to, string id) =>
        $"<m:ConvertId DestinationFormat=\"{to}\"><m:SourceIds><t:AlternateId Format=\"{from}\" "
        + $"Id=\"{id}\" Mailbox=\"{LabServer.Anna}\"/></m:SourceIds></m:ConvertId>";
}
