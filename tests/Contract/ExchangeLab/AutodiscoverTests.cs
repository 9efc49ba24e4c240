using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>The lab's Autodiscover, to clients that nobody here wrote.</summary>
public sealed class AutodiscoverTests
{
    private const string Schemas = "http://schemas.microsoft.com/exchange/autodiscover/";
    private const string Namespace = "http://schemas.microsoft.com/exchange/2010/Autodiscover";
    private const string Action = Namespace + "/Autodiscover/GetUserSettings";
    private const string Addressing = "http://www.w3.org/2005/08/addressing";
    private const string SoapPath = "/autodiscover/autodiscover.svc";
    private const string PlainXmlPath = "/autodiscover/autodiscover.xml";
    private static readonly XNamespace A = Namespace;

    private static CancellationToken Stop => LabServer.Stop;

    [Theory]
    [InlineData(SoapPath)]
    [InlineData("/Autodiscover/Autodiscover.svc")]
    public async Task settings_come_in_the_order_of_the_request_and_errors_on_their_level(string path)
    {
        await using var lab = await LabServer.Start();
        var (status, reply) = await lab.Post(
            Soap([LabServer.Anna, "nobody@lab.example"], "CasVersion", "ExternalEwsUrl", "Nonsense"), path);
        status.ShouldBe(HttpStatusCode.OK);
        reply.All("Response").Single().Element(A + "ErrorCode")!.Value.ShouldBe("NoError");
        var users = reply.All("UserResponse").ToList();
        users.Select(user => user.Element(A + "ErrorCode")!.Value).ShouldBe(["NoError", "InvalidUser"]);
        users[0].All("UserSetting").Select(setting => setting.Value("Name"))
            .ShouldBe(["CasVersion", "ExternalEwsUrl"]);
        users[0].All("UserSetting").Last().Value("Value")
            .ShouldBe(new Uri(lab.Http.BaseAddress!, "/EWS/Exchange.asmx").AbsoluteUri);
        var error = users[0].All("UserSettingError").Single();
        (error.Value("SettingName"), error.Value("ErrorCode"))
            .ShouldBe(("Nonsense", "SettingIsNotAvailable"));
        reply.All("ServerVersionInfo").Single().Value("MajorVersion").ShouldBe("15");
    }

    [Fact]
    public async Task the_whole_a_mailbox_and_a_setting_can_be_made_to_fail()
    {
        await using var lab = await LabServer.Start();
        await Set(lab, new
        {
            userErrors = new Dictionary<string, string> { [LabServer.Ben] = "ServerBusy" },
            settingErrors = new Dictionary<string, string>
            {
                ["GroupingInformation"] = "InternalServerError",
            },
        });
        var (_, reply) = await lab.Post(
            Soap([LabServer.Anna, LabServer.Ben], "GroupingInformation"), SoapPath);
        reply.All("ErrorCode").Select(code => code.Value)
            .ShouldBe(["NoError", "NoError", "InternalServerError", "ServerBusy"]);
        await Set(lab, new { error = "ServerBusy" });
        (_, reply) = await lab.Post(Soap([LabServer.Anna], "CasVersion"), SoapPath);
        reply.All("ErrorCode").Select(code => code.Value).ShouldBe(["ServerBusy"]);
        await Set(lab, new { mostUsers = 1 });
        (_, reply) = await lab.Post(
            Soap([LabServer.Anna, LabServer.Ben], "CasVersion"), SoapPath);
        reply.All("ErrorCode").Select(code => code.Value).ShouldBe(["InvalidRequest"]);
    }

    [Theory]
    [InlineData("other@lab.example", "RedirectAddress", "redirectAddr")]
    [InlineData("https://b.lab.example/autodiscover/autodiscover.svc", "RedirectUrl", "redirectUrl")]
    public async Task a_mailbox_can_be_elsewhere(string target, string code, string action)
    {
        await using var lab = await LabServer.Start();
        await Set(lab, new { redirects = new Dictionary<string, string> { [LabServer.Anna] = target } });
        var (_, soap) = await lab.Post(Soap([LabServer.Anna], "CasVersion"), SoapPath);
        var user = soap.All("UserResponse").Single();
        (user.Value("ErrorCode"), user.Value("RedirectTarget")).ShouldBe((code, target));
        var (_, plain) = await lab.Post(PlainXml(LabServer.Anna), PlainXmlPath);
        plain.Value("Action").ShouldBe(action);
        plain.All("Account").Single().Elements().Last().Value.ShouldBe(target);
    }

    [Theory]
    [InlineData("<a/>", "600")]
    [InlineData("no xml", "600")]
    [InlineData("anna.brandt@lab.example|x", "601")]
    [InlineData("nobody@lab.example|outlook/responseschema/2006a", "500")]
    public async Task plain_xml_says_what_is_wrong_by_a_number(string request, string code)
    {
        await using var lab = await LabServer.Start();
        var parts = request.Split('|');
        var (status, reply) = await lab.Post(
            parts is [var address, var schema] ? PlainXml(address, schema) : request,
            "/Autodiscover/Autodiscover.XML");
        (status, reply.Value("ErrorCode")).ShouldBe((HttpStatusCode.OK, code));
    }

    [Fact]
    public async Task plain_xml_gives_an_address_and_a_group_for_inside_and_outside()
    {
        await using var lab = await LabServer.Start();
        var (_, reply) = await lab.Post(PlainXml(LabServer.Anna), PlainXmlPath);
        reply.Name.NamespaceName.ShouldBe(Schemas + "responseschema/2006");
        reply.All("Protocol").Select(protocol => protocol.Value("Type")).ShouldBe(["EXCH", "EXPR"]);
        reply.All("Protocol").Select(protocol => protocol.Value("GroupingInformation"))
            .ShouldBe(["Default-First-Site-Name", "Default-First-Site-Name"]);
    }

    [Theory]
    [InlineData("anna.brandt@lab.example?Protocol=EWS", 200, "Url", "/EWS/Exchange.asmx")]
    [InlineData("anna.brandt@lab.example?Protocol=ews", 200, "Url", "/EWS/Exchange.asmx")]
    [InlineData("anna.brandt@lab.example?Protocol=AutodiscoverV1", 200, "Url", PlainXmlPath)]
    [InlineData("anna.brandt@lab.example?Protocol=Smtp", 400, "ErrorCode", "InvalidProtocol")]
    [InlineData("anna.brandt@lab.example", 400, "ErrorCode", "MandatoryParameterMissing")]
    [InlineData("nobody@lab.example?Protocol=EWS", 404, "ErrorCode", "UserNotFound")]
    public async Task version_two_tells_anybody_one_address(
        string path, int status, string member, string end)
    {
        await using var lab = await LabServer.Start();
        lab.Http.DefaultRequestHeaders.Authorization = null;
        using var reply = await lab.Http.GetAsync("/autodiscover/autodiscover.json/v1.0/" + path, Stop);
        ((int)reply.StatusCode).ShouldBe(status);
        using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Stop));
        json.RootElement.GetProperty(member).GetString().ShouldEndWith(end);
    }

    [Fact]
    public async Task who_does_not_sign_in_gets_nothing_but_version_two_and_the_signpost()
    {
        await using var lab = await LabServer.Start();
        await Set(lab, new { signpost = "https://mail.lab.example/autodiscover/autodiscover.xml" });
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var anonymous = new HttpClient(handler) { BaseAddress = lab.Http.BaseAddress };
        foreach (var path in new[] { SoapPath, PlainXmlPath })
        {
            using var refused = await anonymous.PostAsync(path, new StringContent(""), Stop);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var signpost = await anonymous.GetAsync(PlainXmlPath, Stop);
        signpost.StatusCode.ShouldBe(HttpStatusCode.Found);
        signpost.Headers.Location!.Host.ShouldBe("mail.lab.example");
        await Set(lab, new { found = "https://b.lab.example/" });
        using var found = await anonymous.PostAsync(SoapPath, new StringContent(""), Stop);
        found.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("wrong", "<x/>")]
    [InlineData(Action, "<x/>")]
    public async Task what_is_no_request_for_settings_is_a_fault(string action, string body)
    {
        await using var lab = await LabServer.Start();
        var (status, reply) = await lab.Post(
            $"<s:Envelope xmlns:s='{Wire.S}'><s:Header><wsa:Action xmlns:wsa='{Addressing}'>{action}"
            + $"</wsa:Action></s:Header><s:Body>{body}</s:Body></s:Envelope>",
            SoapPath);
        status.ShouldBe(HttpStatusCode.InternalServerError);
        Wire.Body(reply).Name.ShouldBe(Wire.S + "Fault");
    }

    private static string Soap(string[] addresses, params string[] settings) =>
        new StringBuilder($"<s:Envelope xmlns:s='{Wire.S}' xmlns:a='{A}'><s:Header>")
            .Append("<a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion>")
            .Append($"<wsa:Action xmlns:wsa='{Addressing}'>{Action}</wsa:Action>")
            .Append("</s:Header><s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users>")
            .AppendJoin("", addresses.Select(one => $"<a:User><a:Mailbox>{one}</a:Mailbox></a:User>"))
            .Append("</a:Users><a:RequestedSettings>")
            .AppendJoin("", settings.Select(one => $"<a:Setting>{one}</a:Setting>"))
            .Append("</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage>")
            .Append("</s:Body></s:Envelope>")
            .ToString();

    private static string PlainXml(string address, string schema = "outlook/responseschema/2006a") =>
        $"<Autodiscover xmlns='{Schemas}outlook/requestschema/2006'><Request><EMailAddress>{address}"
        + $"</EMailAddress><AcceptableResponseSchema>{Schemas}{schema}</AcceptableResponseSchema></Request>"
        + "</Autodiscover>";

    private static Task<JsonElement> Set(LabServer lab, object settings) =>
        lab.Act(HttpMethod.Put, "/autodiscover", settings);
}
