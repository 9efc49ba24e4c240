using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves the faults that strike requests on the wire.</summary>
public sealed class WireFaultTests
{
    [Theory]
    [InlineData("badRequest", 400)]
    [InlineData("forbidden", 403)]
    [InlineData("notFound", 404)]
    [InlineData("methodNotAllowed", 405)]
    [InlineData("tooLarge", 413)]
    [InlineData("tooManyRequests", 429)]
    [InlineData("serverError", 500)]
    [InlineData("badGateway", 502)]
    [InlineData("unavailable", 503)]
    [InlineData("gatewayTimeout", 504)]
    public async Task Answers_without_soap_are_html_and_over_when_their_count_is(string kind, int status)
    {
        await using var lab = await LabServer.Start();
        await Arm(lab, new { kind, count = 1, casErrorCode = "ErrorServerBusy" });

        using var reply = await Post(lab);

        ((int)reply.StatusCode).ShouldBe(status);
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        reply.Headers.GetValues("X-CasErrorCode").ShouldBe(["ErrorServerBusy"]);
        reply.Headers.RetryAfter.ShouldBeNull();
        (await lab.Ask(Wire.FindPage(0, 1))).Codes().ShouldBe(["NoError"]);
        (await lab.Act(HttpMethod.Get, "/statistics")).GetProperty("faults").GetProperty(kind).GetInt32()
            .ShouldBe(1);
    }

    [Fact]
    public async Task The_page_of_the_web_framework_says_server_error_in_ews_application()
    {
        await using var lab = await LabServer.Start();
        await Arm(lab, new { kind = "serverError" });

        using var reply = await Post(lab);

        (await reply.Content.ReadAsStringAsync(LabServer.Stop))
            .ShouldContain("Server Error in '/EWS' Application");
    }

    [Theory]
    [InlineData("errorPage", null, "/ews/genericerrorpage.htm")]
    [InlineData("loginPage", null, "/owa/auth/logon.aspx")]
    [InlineData("redirect", "https://other.example/EWS/", "https://other.example/EWS/")]
    public async Task Redirections_lead_to_error_pages_login_pages_and_other_hosts(
        string kind, string? location, string expected)
    {
        await using var lab = await LabServer.Start();
        await Arm(lab, new { kind, location });

        using var reply = await Post(lab);

        reply.StatusCode.ShouldBe(HttpStatusCode.Found);
        reply.Headers.Location!.OriginalString.ShouldStartWith(expected);
    }

    [Fact]
    public async Task Retry_after_comes_in_seconds_or_as_a_date()
    {
        var time = new SteppedTime();
        await using var lab = await LabServer.Start(time);
        await Arm(lab, new { kind = "tooManyRequests", retryAfter = "seconds", retryAfterSeconds = 7 });
        using (var reply = await Post(lab))
        {
            reply.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        }

        await Arm(lab, new { kind = "unavailable", retryAfter = "date", retryAfterSeconds = 7 });
        using (var reply = await Post(lab))
        {
            reply.Headers.RetryAfter!.Date.ShouldBe(time.GetUtcNow().AddSeconds(7));
        }
    }

    [Fact]
    public async Task A_connection_breaks_before_the_answer_or_amid_it()
    {
        await using var lab = await LabServer.Start();
        await Arm(lab, new { kind = "reset" });
        await Should.ThrowAsync<HttpRequestException>(() => Post(lab));

        await Arm(lab, new { kind = "resetInBody" });
        using var reply = await Post(lab, HttpCompletionOption.ResponseHeadersRead);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<Exception>(() => reply.Content.ReadAsStringAsync(LabServer.Stop));
    }

    [Fact]
    public async Task A_truncated_answer_is_whole_for_http_and_broken_for_xml()
    {
        await using var lab = await LabServer.Start();
        await Arm(lab, new { kind = "truncated" });

        using var reply = await Post(lab);

        var text = await reply.Content.ReadAsStringAsync(LabServer.Stop);
        text.Length.ShouldBeGreaterThan(100);
        Should.Throw<XmlException>(() => XElement.Parse(text));
    }

    [Fact]
    public async Task Impersonation_of_one_mailbox_is_denied_by_a_fault_and_others_are_served()
    {
        await using var lab = await LabServer.Start();
        string[] mailboxes = [LabServer.Ben];
        await Arm(lab, new { kind = "fault", code = "ErrorImpersonateUserDenied", mailboxes });

        var fault = await lab.AskForFault(Wire.Envelope(Wire.FindPage(0, 1), LabServer.Ben));

        fault.Codes().ShouldBe(["ErrorImpersonateUserDenied"]);
        fault.Value("faultstring")!.ShouldContain("impersonate");
        (await lab.Ask(Wire.FindPage(0, 1))).Codes().ShouldBe(["NoError"]);
    }

    [Fact]
    public async Task Any_error_comes_once_for_each_thing_that_is_asked_for_by_one_operation()
    {
        await using var lab = await LabServer.Start();
        await Arm(lab, new
        {
            kind = "error",
            code = "ErrorInternalServerTransientError",
            operations = new[] { "GetItem", "GetUserOofSettings" },
        });

        (await lab.Ask(Wire.GetItem(Wire.ItemId("x") + Wire.ItemId("y")))).Codes()
            .ShouldBe(["ErrorInternalServerTransientError", "ErrorInternalServerTransientError"]);
        var (_, replies) = await lab.Post(Wire.Envelope(Wire.Oof(LabServer.Anna), LabServer.Anna));
        replies.Codes().ShouldBe(["ErrorInternalServerTransientError"]);
        (await lab.Ask(Wire.Sync("", 1))).Codes().ShouldBe(["NoError"]);
    }

    [Fact]
    public async Task A_delayed_answer_comes_when_its_time_is_over_and_not_before()
    {
        var time = new FastTime();
        await using var lab = await LabServer.Start(time);
        await Arm(lab, new { kind = "delay", milliseconds = 30_000 });
        var sent = time.GetUtcNow();

        (await lab.Ask(Wire.Sync("", 1))).Codes().ShouldBe(["NoError"]);

        (time.GetUtcNow() - sent).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(29));
    }

    [Fact]
    public async Task The_same_seed_strikes_the_same_requests()
    {
        var first = await Struck(seed: 1);

        first.Distinct().Count().ShouldBe(2);
        (await Struck(seed: 1)).ShouldBe(first);
        (await Struck(seed: 2)).ShouldNotBe(first);
    }

    [Fact]
    public async Task Anchors_that_are_missing_or_name_another_mailbox_are_counted()
    {
        await using var lab = await LabServer.Start();
        using var client = new AffineClient(lab);

        await lab.Ask(Wire.FindPage(0, 1));
        (await client.Send(Wire.FindPage(0, 1), LabServer.Anna, LabServer.Ben, null)).Dispose();
        (await client.Send(Wire.FindPage(0, 1), LabServer.Anna, LabServer.Anna, null)).Dispose();
        await client.Subscribe(LabServer.Anna, LabServer.Ben);

        var statistics = await lab.Act(HttpMethod.Get, "/statistics");
        statistics.GetProperty("missingAnchors").GetInt32().ShouldBe(1);
        statistics.GetProperty("wrongAnchors").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("{\"wire\":[{\"kind\":\"forbidden\",\"share\":2}]}")]
    [InlineData("{\"wire\":[{\"kind\":\"fault\"}]}")]
    [InlineData("{\"wire\":[{\"kind\":\"redirect\"}]}")]
    [InlineData("{\"wire\":[{\"kind\":\"earthquake\"}]}")]
    public async Task Faults_that_make_no_sense_are_refused(string faults)
    {
        await using var lab = await LabServer.Start();
        using var content = new StringContent(faults, Encoding.UTF8, "application/json");

        using var reply = await lab.Http.PutAsync("/lab/faults", content, LabServer.Stop);

        reply.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<List<int>> Struck(long seed)
    {
        await using var lab = await LabServer.Start();
        await Arm(lab, new { kind = "unavailable", share = 0.5, seed });
        var statuses = new List<int>();
        for (var request = 0; request < 20; request++)
        {
            using var reply = await Post(lab);
            statuses.Add((int)reply.StatusCode);
        }

        return statuses;
    }

    private static Task Arm(LabServer lab, object fault) =>
        lab.Act(HttpMethod.Put, "/faults", new { wire = new[] { fault } });

    /// <summary>A request whose answer is not followed anywhere.</summary>
    private static async Task<HttpResponseMessage> Post(
        LabServer lab, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(lab.Http.BaseAddress!, "/EWS/Exchange.asmx"));
        request.Content = new StringContent(
            Wire.Envelope(Wire.FindPage(0, 1000), LabServer.Anna), Encoding.UTF8, "text/xml");
        request.Headers.Authorization = lab.Http.DefaultRequestHeaders.Authorization;
        return await client.SendAsync(request, completion, LabServer.Stop);
    }
}
