using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Contract.Exchange;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>How the lab asks who is there, and how well it checks the answer.</summary>
public sealed class AuthenticationTests
{
    private const string Ews = "/EWS/Exchange.asmx";
    private const string Ntlm = "NTLM";

    [Fact]
    public async Task each_way_to_sign_in_is_offered_in_a_header_of_its_own()
    {
        await using var lab = await LabServer.Start("--Lab:Authentication=basic,bearer,ntlm,negotiate");
        using var reply = await Get(lab, null);
        reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Headers.WwwAuthenticate.Select(way => way.Scheme)
            .ShouldBe(["Negotiate", "NTLM", "Basic", "Bearer"]);
    }

    [Fact]
    public async Task the_ways_to_sign_in_can_be_changed_while_the_lab_runs()
    {
        await using var lab = await LabServer.Start();
        var basic = LabServer.Basic(SecureLab.Account, SecureLab.Password);
        (await Status(lab, basic)).ShouldBe(HttpStatusCode.OK);
        await lab.Act(HttpMethod.Put, "/authentication", new { modes = new[] { "ntlm" } });
        using var reply = await Get(lab, basic);
        reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe(Ntlm);
    }

    [Theory]
    [InlineData("LAB", "svc-calendar", SecureLab.Password, HttpStatusCode.OK)]
    [InlineData("lab.example", "SVC-Calendar", SecureLab.Password, HttpStatusCode.OK)]
    [InlineData("", "svc-calendar@lab.example", SecureLab.Password, HttpStatusCode.OK)]
    [InlineData("LAB", "svc-calendar", "Lab-Password", HttpStatusCode.Unauthorized)]
    [InlineData("LAB", "nobody", SecureLab.Password, HttpStatusCode.Unauthorized)]
    [InlineData("ELSEWHERE", "svc-calendar", SecureLab.Password, HttpStatusCode.Unauthorized)]
    public async Task a_handshake_proves_the_password(
        string domain, string name, string password, HttpStatusCode status)
    {
        await using var lab = await LabServer.Start("--Lab:Authentication=ntlm");
        using var client = Handshake(new NetworkCredential(name, password, domain));
        var first = client.GetOutgoingBlob([], out _)!;
        using var challenge = await Get(lab, Header(first));
        challenge.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var challenged = challenge.Headers.WwwAuthenticate.ShouldHaveSingleItem().Parameter!;
        var last = client.GetOutgoingBlob(Convert.FromBase64String(challenged), out _)!;
        (await Status(lab, Header(last))).ShouldBe(status);
        // The connection is signed in, or is not.
        (await Status(lab, null)).ShouldBe(status);
        // A proof is good for one challenge.
        (await Status(lab, Header(last))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task with_extended_protection_a_handshake_that_is_bound_to_nothing_is_refused()
    {
        await using var lab = await SecureLab.Start("ntlm", "--Lab:ExtendedProtection=true");
        using var http = lab.Http();
        using var client = Handshake(new NetworkCredential("svc-calendar", SecureLab.Password, "LAB"));
        using var challenge = await Get(http, Header(client.GetOutgoingBlob([], out _)!));
        var challenged = challenge.Headers.WwwAuthenticate.ShouldHaveSingleItem().Parameter!;
        var last = client.GetOutgoingBlob(Convert.FromBase64String(challenged), out _)!;
        using var reply = await Get(http, Header(last));
        reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("TlRMTVNTUAADAAAA")]
    [InlineData("TlRMTVNTUAADAAAAAAAAAAAAAAA=")]
    [InlineData("YAYGBCsGAQU=")]
    public async Task what_is_no_message_of_a_handshake_is_refused(string proof)
    {
        await using var lab = await LabServer.Start("--Lab:Authentication=ntlm,negotiate");
        foreach (var scheme in new[] { Ntlm, "Negotiate" })
        {
            (await Status(lab, new AuthenticationHeaderValue(scheme, proof)))
                .ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData("client_credentials", "", "", HttpStatusCode.OK)]
    [InlineData("password", "", "", HttpStatusCode.BadRequest)]
    [InlineData("client_credentials", "another", "", HttpStatusCode.BadRequest)]
    [InlineData("client_credentials", "", "wrong", HttpStatusCode.Unauthorized)]
    public async Task a_token_is_given_to_the_application_only(
        string grant, string client, string secret, HttpStatusCode status)
    {
        await using var lab = await LabServer.Start();
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = grant,
            ["client_id"] = client.Length > 0 ? client : SecureLab.ClientId,
            ["client_secret"] = secret.Length > 0 ? secret : SecureLab.ClientSecret,
            ["scope"] = "https://mail.example/.default",
        };
        using var content = new FormUrlEncodedContent(form);
        using var reply = await lab.Http.PostAsync("/tenant/oauth2/v2.0/token", content, LabServer.Stop);
        reply.StatusCode.ShouldBe(status);
        var answer = (await reply.Content.ReadFromJsonAsync<Dictionary<string, object>>(LabServer.Stop))!;
        answer.ContainsKey(status == HttpStatusCode.OK ? "access_token" : "error").ShouldBeTrue();
    }

    [Fact]
    public async Task the_certificate_can_be_changed_while_the_lab_runs()
    {
        await using var lab = await SecureLab.Start("basic");
        await lab.AskWell(lab.Client(Authentication.Basic));
        await lab.SetAuthentication(new { certificate = "wrongName" });
        (await lab.AskInVain(lab.Client(Authentication.Basic))).ShouldBe("certificate-name");
    }

    private static NegotiateAuthentication Handshake(NetworkCredential proof)
    {
        NtlmProvider.Choose();
        return new NegotiateAuthentication(
            new NegotiateAuthenticationClientOptions
            {
                Package = Ntlm,
                Credential = proof,
                TargetName = "HTTP/localhost",
            });
    }

    private static AuthenticationHeaderValue Header(byte[] token) => new(Ntlm, Convert.ToBase64String(token));

    private static async Task<HttpStatusCode> Status(LabServer lab, AuthenticationHeaderValue? proof)
    {
        using var reply = await Get(lab, proof);
        return reply.StatusCode;
    }

    private static Task<HttpResponseMessage> Get(LabServer lab, AuthenticationHeaderValue? proof)
    {
        lab.Http.DefaultRequestHeaders.Authorization = null;
        return Get(lab.Http, proof);
    }

    // One after the other, so that all use one connection.
    private static Task<HttpResponseMessage> Get(HttpClient http, AuthenticationHeaderValue? proof)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Ews);
        request.Headers.Authorization = proof;
        return http.SendAsync(request, LabServer.Stop);
    }
}
