using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Each way to sign in, over real TLS, against a server that checks the proof.</summary>
public sealed class AuthenticationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Authentication, string> Ways => new()
    {
        { Authentication.Basic, "basic" },
        { Authentication.Basic, "negotiate,ntlm,basic,bearer" },
        { Authentication.Ntlm, "ntlm" },
        { Authentication.Ntlm, "negotiate,ntlm,basic" },
        { Authentication.Negotiate, "negotiate" },
        { Authentication.Negotiate, "ntlm" },
        { Authentication.Negotiate, "negotiate,ntlm,basic" },
        { Authentication.OAuth, "bearer" },
        { Authentication.OAuth, "negotiate,ntlm,basic,bearer" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task the_right_proof_is_taken_whatever_else_is_offered(Authentication way, string modes)
    {
        await using var lab = await SecureLab.Start(modes);
        var client = lab.Client(way);
        await lab.AskWell(client);
        await lab.AskWell(client);
        (await lab.SignIns()).GetProperty("refused").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData(Authentication.Basic, "basic")]
    [InlineData(Authentication.Ntlm, "ntlm")]
    [InlineData(Authentication.Negotiate, "negotiate")]
    public async Task a_wrong_password_is_shown_once_and_then_held_back(Authentication way, string modes)
    {
        await using var lab = await SecureLab.Start(modes);
        var client = lab.Client(way, settings => settings with { Password = "yesterday's" });
        (await lab.AskInVain(client)).ShouldBe("http-401");
        (await lab.AskInVain(client)).ShouldBe("http-401");
        (await lab.SignIns()).GetProperty("refused").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData(Authentication.Ntlm, "basic")]
    [InlineData(Authentication.Basic, "ntlm")]
    [InlineData(Authentication.OAuth, "negotiate,ntlm,basic")]
    public async Task a_way_that_the_server_does_not_offer_is_refused(Authentication way, string modes)
    {
        await using var lab = await SecureLab.Start(modes);
        (await lab.AskInVain(lab.Client(way))).ShouldBe("http-401");
    }

    [Theory]
    [InlineData("svc-calendar@lab.example")]
    [InlineData(@"LAB\svc-calendar")]
    [InlineData(@"lab.example\svc-calendar")]
    public async Task an_account_may_be_written_in_each_of_the_usual_ways(string account)
    {
        await using var lab = await SecureLab.Start("ntlm,basic");
        await lab.AskWell(lab.Client(Authentication.Ntlm, settings => settings with { Account = account }));
        await lab.AskWell(lab.Client(Authentication.Basic, settings => settings with { Account = account }));
    }

    [Theory]
    [InlineData(Authentication.Ntlm, "ntlm")]
    [InlineData(Authentication.Negotiate, "negotiate")]
    public async Task a_handshake_is_bound_to_the_connection_on_which_it_is_made(
        Authentication way, string modes)
    {
        await using var lab = await SecureLab.Start(modes, "--Lab:ExtendedProtection=true");
        await lab.AskWell(lab.Client(way));
    }

    [Fact]
    public async Task a_handshake_is_made_once_for_each_connection()
    {
        await using var lab = await SecureLab.Start("ntlm");
        var client = lab.Client(Authentication.Ntlm);
        for (var turn = 0; turn < 5; turn++)
        {
            await lab.AskWell(client);
        }

        var signIns = await lab.SignIns();
        signIns.GetProperty("handshakes").GetInt32().ShouldBe(1);
        signIns.GetProperty("challenged").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData(Authentication.Ntlm, "ntlm")]
    [InlineData(Authentication.Negotiate, "negotiate,ntlm")]
    [InlineData(Authentication.OAuth, "bearer")]
    public async Task streams_live_beside_calls(Authentication way, string modes)
    {
        await using var lab = await SecureLab.Start(modes);
        var client = lab.Client(way);
        await lab.Do(HttpMethod.Post, "heartbeat", new { seconds = 0.2 });
        var groups = new[] { LabExchange.Anna, LabExchange.Ben, "carla.ruiz@lab.example" };
        var watches = groups
            .Select(address => client.Watch([SecureLab.NewMailbox(address)], Cancellation)
                .GetAsyncEnumerator(Cancellation))
            .ToList();
        foreach (var watch in watches)
        {
            await watch.Until<CalendarSignal.Opened>();
        }

        (await lab.Get("statistics")).GetProperty("openStreams").GetInt32().ShouldBe(groups.Length);
        await lab.AskWell(client);
        foreach (var watch in watches)
        {
            await watch.Until<CalendarSignal.Alive>();
            await watch.DisposeAsync();
        }

        (await lab.SignIns()).GetProperty("refused").GetInt32().ShouldBe(0);
    }

    // The first is no Base64; the second is cut, which the one provider of NTLM calls broken, and the other
    // a refusal.
    [Theory]
    [InlineData("%%%", "connection-broken")]
    [InlineData("AAAA", "connection-broken", "http-401")]
    public async Task a_handshake_that_cannot_be_read_breaks_the_connection(
        string challenge, params string[] outcomes)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", (http, arrived) =>
        {
            http.Response.Headers.WWWAuthenticate =
                arrived.Headers.Authorization.Count > 0 ? $"NTLM {challenge}" : "NTLM";
            return ScriptedExchange.Write(http, "", 401);
        });
        var client = server.Client(settings => settings with { Authentication = Authentication.Ntlm });
        string outcome;
        try
        {
            var reply = await client.ReadAutomaticReplies(ScriptedExchange.Mailbox("an"), Cancellation);
            outcome = reply.ShouldBeOfType<Reply<AutomaticReplies>.Refused>().Code;
        }
        catch (HttpRequestException)
        {
            outcome = "connection-broken";
        }

        outcomes.ShouldContain(outcome);
    }

    [Fact]
    public async Task what_is_printed_holds_no_proof()
    {
        await using var lab = await SecureLab.Start("basic");
        ExchangeSettings? settings = null;
        var client = lab.Client(Authentication.Basic, with => settings = with with
        {
            SecondAccount = SecureLab.SecondAccount,
            SecondPassword = SecureLab.SecondPassword,
        });
        await lab.AskWell(client);
        $"{settings} {lab.Application} {client.Client.AccountInUse}"
            .ShouldBe("ExchangeSettings OAuthSettings first");
    }
}
