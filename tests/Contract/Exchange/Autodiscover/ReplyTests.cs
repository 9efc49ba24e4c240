using System.Text;
using CsCheck;
using HybridCalendar.Adapters.Exchange.Autodiscover;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>What replies of Autodiscover mean, whole or damaged.</summary>
public sealed class ReplyTests
{
    private const string Host = "https://autodiscover.lab.example";

    [Theory]
    [InlineData("InvalidUser", DiscoveryRefusal.UnknownMailbox)]
    [InlineData("InvalidDomain", DiscoveryRefusal.UnknownMailbox)]
    [InlineData("ServerBusy", DiscoveryRefusal.Busy)]
    [InlineData("InternalServerError", DiscoveryRefusal.ServerFailed)]
    [InlineData("NotFederated", DiscoveryRefusal.ServerFailed)]
    [InlineData("SomethingNew", DiscoveryRefusal.ServerFailed)]
    [InlineData("RedirectUrl", DiscoveryRefusal.Malformed)]
    [InlineData("RedirectAddress", DiscoveryRefusal.Malformed)]
    [InlineData("", DiscoveryRefusal.Malformed)]
    public async Task an_error_of_a_mailbox_ends_its_search(string code, DiscoveryRefusal reason)
    {
        await using var internet = await Internet.Start();
        internet.On(Host, 200, Replies.Soap(Replies.User(code)));
        (await internet.Find()).ShouldBeOfType<Discovery.Refused>().Reason.ShouldBe(reason);
        internet.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("ServerBusy", DiscoveryRefusal.Busy, 1)]
    [InlineData("InternalServerError", DiscoveryRefusal.ServerFailed, 3)]
    [InlineData("InvalidRequest", DiscoveryRefusal.ServerFailed, 3)]
    public async Task an_error_of_the_whole_leads_to_the_next_protocol_unless_the_server_is_busy(
        string code, DiscoveryRefusal reason, int requests)
    {
        await using var internet = await Internet.Start();
        internet.On(Host, http => http.Request.Path.Value!.EndsWith(".svc", StringComparison.Ordinal)
            ? Internet.Write(http, 200, Replies.SoapError(code))
            : Internet.Write(http, 404, ""));
        (await internet.Find()).ShouldBeOfType<Discovery.Refused>().Reason.ShouldBe(reason);
        internet.Asked.Count.ShouldBe(requests);
    }

    [Theory]
    [InlineData("SettingIsNotAvailable", DiscoveryRefusal.NoService)]
    [InlineData("InvalidSetting", DiscoveryRefusal.NoService)]
    [InlineData("InternalServerError", DiscoveryRefusal.ServerFailed)]
    public async Task an_error_of_the_address_is_no_error_while_there_is_the_other_one(
        string code, DiscoveryRefusal reason)
    {
        var error = Replies.SettingError("ExternalEwsUrl", code);
        await using var internet = await Internet.Start();
        internet.On(Host, 200, Replies.Soap(Replies.User("NoError", errors: error)));
        (await internet.Find()).ShouldBe(new Discovery.Refused(reason));
        var inside = Replies.Setting("InternalEwsUrl", "https://in.lab.example/EWS/Exchange.asmx");
        internet.On(Host, 200, Replies.Soap(Replies.User("NoError", errors: error, settings: inside)));
        var found = (await internet.Find()).ShouldBeOfType<Discovery.Located>();
        found.Location.Url.Host.ShouldBe("in.lab.example");
    }

    [Theory]
    [InlineData("500", DiscoveryRefusal.UnknownMailbox)]
    [InlineData("600", DiscoveryRefusal.Malformed)]
    [InlineData("601", DiscoveryRefusal.Malformed)]
    [InlineData("603", DiscoveryRefusal.ServerFailed)]
    public async Task an_error_in_plain_xml_is_the_mailboxs_or_the_requests_or_the_servers(
        string code, DiscoveryRefusal reason)
    {
        await using var internet = await Internet.Start();
        internet.On(Host, http => http.Request.Path.Value!.EndsWith(".xml", StringComparison.Ordinal)
            ? Internet.Write(http, 200, Replies.PlainXmlError(code))
            : Internet.Write(http, 404, ""));
        (await internet.Find()).ShouldBeOfType<Discovery.Refused>().Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("UserNotFound", DiscoveryRefusal.UnknownMailbox)]
    [InlineData("ProtocolNotSupported", DiscoveryRefusal.NoService)]
    [InlineData("InternalServerError", DiscoveryRefusal.ServerFailed)]
    public async Task an_error_in_json_is_read_whatever_its_status(string code, DiscoveryRefusal reason)
    {
        await using var internet = await Internet.Start();
        internet.On(Host, http => http.Request.Method == "GET"
            ? Internet.Write(http, 404, $$"""{"ErrorCode":"{{code}}","ErrorMessage":""}""")
            : Internet.Write(http, 404, ""));
        (await internet.Find()).ShouldBe(new Discovery.Refused(reason));
    }

    [Fact]
    public async Task a_server_without_time_is_not_asked_in_another_protocol()
    {
        await using var internet = await Internet.Start();
        internet.On(Host, 503);
        (await internet.Find())
            .ShouldBe(new Discovery.Refused(DiscoveryRefusal.Busy, "autodiscover.lab.example"));
        internet.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_reply_without_end_is_not_read_to_its_end()
    {
        await using var internet = await Internet.Start();
        internet.On(Host, async http =>
        {
            while (true)
            {
                await http.Response.Body.WriteAsync(new byte[64 * 1024], http.RequestAborted);
            }
        });
        var found = (await internet.Find()).ShouldBeOfType<Discovery.Refused>();
        found.Reason.ShouldBe(DiscoveryRefusal.Malformed);
        internet.Asked.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    [InlineData("<html><body>It works!</body></html>")]
    [InlineData("{\"Url\":7}")]
    [InlineData("{\"Url\":\"\\ud800\"}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task what_is_no_reply_is_malformed_in_every_protocol(string body)
    {
        await using var internet = await Internet.Start();
        internet.On(Host, 200, body);
        var found = (await internet.Find()).ShouldBeOfType<Discovery.Refused>();
        found.Reason.ShouldBe(DiscoveryRefusal.Malformed);
        internet.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public void replies_of_the_documentation_are_read()
    {
        var read = Samples().Select(sample => GetUserSettings.Read(new MemoryStream(sample))).ToList();
        read.Count.ShouldBe(4);
        read.ShouldAllBe(parsed => parsed.ToString()!.StartsWith("Answer", StringComparison.Ordinal));
    }

    // How: take a reply, then overwrite, drop or insert, and read it in every protocol.
    [Fact]
    public void a_damaged_reply_never_breaks_a_reader()
    {
        byte[][] whole =
        [
            .. Samples(),
            Encoding.UTF8.GetBytes(Replies.Soap(Replies.Located(), Replies.ToUrl(Replies.Url))),
            Encoding.UTF8.GetBytes(Replies.PlainXml(Replies.Protocol("EXPR", Replies.Url, "one"))),
            Encoding.UTF8.GetBytes(Replies.PlainXmlError("500")),
            Encoding.UTF8.GetBytes("""{"Protocol":"EWS","Url":"https://a.example/","ErrorCode":"x"}"""),
        ];
        string[] insertions =
            ["<", ">", "&#0;", "]]>", "<!DOCTYPE a>", "\0", "\uFFFF", "\\ud800", "\"", "{", "<a:b>", "://"];
        var damages = Gen.Select(
            Gen.OneOf(whole.Select(Gen.Const).ToArray()),
            Gen.Int[0, 1 << 20],
            Gen.OneOf(insertions.Select(Gen.Const).ToArray()),
            Gen.Int[0, 9]);
        damages.Sample(damage =>
        {
            var (reply, position, insertion, dropped) = damage;
            var at = position % reply.Length;
            var rest = reply[Math.Min(at + dropped, reply.Length)..];
            byte[] damaged = [.. reply[..at], .. Encoding.UTF8.GetBytes(insertion), .. rest];
            GetUserSettings.Read(new MemoryStream(damaged));
            PlainXml.Read(new MemoryStream(damaged));
            VersionTwo.Read(new MemoryStream(damaged));
        });
    }

    private static IEnumerable<byte[]> Samples() => Directory
        .EnumerateFiles(Path.Combine(Shared.Folder("ews-samples"), "ms-docs"), "GetUserSettingsResponse*.xml")
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllBytes);
}
