using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves what clients that nobody here wrote rely on, seen over bare HTTP.</summary>
public sealed class ForeignClientTests
{
    private const string SyncUnprefixed = """
        <Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/">
          <Header>
            <ExchangeImpersonation xmlns="http://schemas.microsoft.com/exchange/services/2006/types">
              <ConnectingSID><SmtpAddress>anna.brandt@lab.example</SmtpAddress></ConnectingSID>
            </ExchangeImpersonation>
          </Header>
          <Body>
            <SyncFolderItems xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"
                xmlns:x="http://schemas.microsoft.com/exchange/services/2006/types">
              <ItemShape><x:BaseShape>IdOnly</x:BaseShape></ItemShape>
              <SyncFolderId><x:DistinguishedFolderId Id="calendar"/></SyncFolderId>
              <MaxChangesReturned>1</MaxChangesReturned>
            </SyncFolderItems>
          </Body>
        </Envelope>
        """;

    [Fact]
    public async Task A_request_needs_no_version_and_no_prefixes()
    {
        await using var lab = await LabServer.Start();

        var (status, reply) = await lab.Post(SyncUnprefixed);

        status.ShouldBe(HttpStatusCode.OK);
        reply.Codes().ShouldBe(["NoError"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_shows_the_password_only_when_asked_is_served_like_who_shows_it_at_once(bool atOnce)
    {
        await using var lab = await LabServer.Start();
        using var handler = new SocketsHttpHandler
        {
            Credentials = new NetworkCredential("svc-calendar@lab.example", "lab-password"),
        };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(lab.Http.BaseAddress!, "/ews/exchange.asmx"))
        {
            Content = new StringContent(SyncUnprefixed, Encoding.UTF8, "text/xml"),
        };
        request.Headers.Authorization = atOnce ? lab.Http.DefaultRequestHeaders.Authorization : null;

        using var reply = await http.SendAsync(request, LabServer.Stop);

        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        reply.Content.Headers.ContentType!.ToString().ShouldBe("text/xml; charset=utf-8");
        var signIns = await lab.Act(HttpMethod.Get, "/sign-ins");
        signIns.GetProperty("challenged").GetInt32().ShouldBe(atOnce ? 0 : 1);
    }

    [Fact]
    public async Task Replies_have_the_headers_by_which_support_finds_them()
    {
        await using var lab = await LabServer.Start();
        var names = new HashSet<string>();
        foreach (var envelope in new[] { SyncUnprefixed, Wire.Envelope("", LabServer.Anna) })
        {
            using var content = new StringContent(envelope, Encoding.UTF8, "text/xml");
            using var reply = await lab.Http.PostAsync("/EWS/Exchange.asmx", content, LabServer.Stop);
            Guid.TryParse(reply.Headers.GetValues("request-id").Single(), out var name).ShouldBeTrue();
            names.Add(name.ToString()).ShouldBeTrue();
            foreach (var header in new[] { "X-CalculatedBETarget", "X-DiagInfo", "X-BEServer", "X-FEServer" })
            {
                reply.Headers.GetValues(header).Single().ShouldNotBeEmpty();
            }
        }
    }

    [Fact]
    public async Task A_stream_has_neither_prefix_nor_declaration()
    {
        await using var lab = await LabServer.Start();
        var id = (await lab.Ask(Wire.Subscribe("CreatedEvent"))).Value("SubscriptionId")!;

        var answer = await RawRequest.Send(lab, Wire.Envelope(Wire.Stream(id), null), "</Envelope>");

        answer.ShouldContain("Transfer-Encoding: chunked");
        answer.ShouldContain("\r\n<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"");
        answer.ShouldNotContain("<?xml");
    }

    [Fact]
    public async Task Item_ids_are_laid_out_as_real_ones()
    {
        await using var lab = await LabServer.Start();

        var ids = (await lab.Ask(Wire.FindPage(0, 1000))).ItemIds().ToList();

        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Count);
        foreach (var id in ids)
        {
            id.Length.ShouldBe(152);
            var bytes = Convert.FromBase64String(id);
            bytes[..2].ShouldBe(new byte[] { 0, 3 });
            BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2)).ShouldBe((ushort)36);
            Guid.TryParse(Encoding.ASCII.GetString(bytes, 4, 36), out _).ShouldBeTrue();
            BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(41)).ShouldBe((ushort)70);
            bytes.Length.ShouldBe(113);
        }
    }

    [Fact]
    public async Task Times_are_of_utc_and_say_so_whatever_zone_was_meant()
    {
        await using var lab = await LabServer.Start();
        await lab.Book(new { timeZone = "Eastern Standard Time" });
        var view = Wire.FindView("2026-03-16T00:00:00", "2026-03-21T00:00:00");

        var items = (await lab.Ask(view)).All("CalendarItem").ToList();
        var times = items.SelectMany(item => item.Elements())
            .Where(part => part.Name.LocalName is "Start" or "End").ToList();

        times.Count.ShouldBe(items.Count * 2);
        times.ShouldNotBeEmpty();
        times.ShouldAllBe(time => time.Value.EndsWith('Z'));
    }

    [Fact]
    public async Task A_document_type_is_refused()
    {
        await using var lab = await LabServer.Start();

        (await lab.AskForFault("<!DOCTYPE x [<!ENTITY y \"z\">]>" + SyncUnprefixed)).Codes()
            .ShouldBe(["ErrorSchemaValidation"]);
    }

    [Theory]
    [InlineData("svc-calendar-2@lab.example", "lab-password-2", "ErrorSubscriptionAccessDenied")]
    [InlineData("LAB\\SVC-calendar", "lab-password", "NoError")]
    public async Task A_subscription_is_heard_and_ended_by_the_account_that_made_it(
        string account, string password, string code)
    {
        await using var lab = await LabServer.Start();
        var id = (await lab.Ask(Wire.Subscribe("CreatedEvent"))).Value("SubscriptionId")!;

        lab.Http.DefaultRequestHeaders.Authorization = LabServer.Basic(account, password);
        using (var stream = await lab.Open(id))
        {
            (await stream.Next())!.Codes().ShouldBe([code]);
        }

        (await lab.Ask($"<m:Unsubscribe><m:SubscriptionId>{id}</m:SubscriptionId></m:Unsubscribe>")).Codes()
            .ShouldBe([code]);
    }
}
