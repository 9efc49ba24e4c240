using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Contract.Exchange;

/// <summary>When an account is refused the other one takes over, so that passwords can be changed.</summary>
public sealed class AccountRotationTests
{
    private const string SecondAddress = "svc-calendar-2@lab.example";

    private readonly ManualTime time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Authentication, string> Ways => new()
    {
        { Authentication.Basic, "basic" },
        { Authentication.Ntlm, "ntlm" },
        { Authentication.Negotiate, "negotiate" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task the_second_account_answers_the_very_call_for_which_the_first_is_refused(
        Authentication way, string modes)
    {
        await using var lab = await SecureLab.Start(modes);
        var client = Rotating(lab, way);
        await lab.AskWell(client);
        (await lab.EndSession(SecureLab.Account)).ShouldBe(0);
        await lab.AskWell(client);
        await lab.AskWell(client);
        client.Client.AccountInUse.Name.ShouldBe("second");
        (await Accepted(lab, SecondAddress)).ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task an_application_has_a_second_secret()
    {
        await using var lab = await SecureLab.Start("bearer");
        var client = lab.Client(Authentication.OAuth, settings => settings with
        {
            OAuth = lab.Application with { ClientSecret = "yesterday's" },
            SecondOAuth = lab.Application,
        });
        await lab.AskWell(client);
        client.Client.AccountInUse.Name.ShouldBe("second");
    }

    [Fact]
    public async Task the_first_account_takes_over_again_when_the_second_is_refused()
    {
        await using var lab = await SecureLab.Start("basic");
        var client = Rotating(lab, Authentication.Basic, time);
        await lab.ChangePassword(SecureLab.Account, "tomorrow's");
        await lab.AskWell(client);
        await lab.ChangePassword(SecureLab.Account, SecureLab.Password);
        await lab.ChangePassword(SecondAddress, "tomorrow's");
        time.Pass(TimeSpan.FromMinutes(1));
        await lab.AskWell(client);
        client.Client.AccountInUse.Name.ShouldBe("first");
    }

    [Fact]
    public async Task when_both_are_refused_both_are_held_back()
    {
        await using var lab = await SecureLab.Start("basic");
        var client = Rotating(lab, Authentication.Basic, time);
        await lab.ChangePassword(SecureLab.Account, "tomorrow's");
        await lab.ChangePassword(SecondAddress, "tomorrow's");
        (await lab.AskInVain(client)).ShouldBe("http-401");
        (await lab.AskInVain(client)).ShouldBe("http-401");
        (await Refused(lab)).ShouldBe(2);
        time.Pass(TimeSpan.FromMinutes(1));
        (await lab.AskInVain(client)).ShouldBe("http-401");
        (await lab.AskInVain(client)).ShouldBe("http-401");
        (await Refused(lab)).ShouldBe(4);
    }

    [Fact]
    public async Task a_refused_account_is_shown_again_rarely_and_costs_no_call()
    {
        await using var lab = await SecureLab.Start("basic");
        var client = Rotating(lab, Authentication.Basic, time);
        await lab.ChangePassword(SecureLab.Account, "tomorrow's");
        await lab.AskWell(client);
        (await Refused(lab)).ShouldBe(1);

        time.Pass(TimeSpan.FromMinutes(59));
        await lab.AskWell(client);
        (await Refused(lab)).ShouldBe(1);

        time.Pass(TimeSpan.FromMinutes(1));
        await lab.AskWell(client);
        await lab.AskWell(client);
        (await Refused(lab)).ShouldBe(2);

        await lab.ChangePassword(SecureLab.Account, SecureLab.Password);
        time.Pass(TimeSpan.FromHours(1));
        await lab.AskWell(client);
        (await Accepted(lab, SecureLab.Account)).ShouldBe(1);
        // It is taken again, and waits until it is needed.
        await lab.AskWell(client);
        client.Client.AccountInUse.Name.ShouldBe("second");
    }

    [Fact]
    public async Task a_busy_server_is_no_reason_to_change_accounts()
    {
        await using var lab = await SecureLab.Start("basic");
        var client = Rotating(lab, Authentication.Basic);
        await lab.Do(HttpMethod.Put, "faults", new { busy = 1.0, busyBackOffMilliseconds = 60_000 });
        (await lab.Ask(client)).ShouldBeOfType<Reply<AutomaticReplies>.Busy>();
        (await lab.Ask(client)).ShouldBeOfType<Reply<AutomaticReplies>.Busy>();
        (await Accepted(lab, SecureLab.Account)).ShouldBe(1);
        (await Accepted(lab, SecondAddress)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task a_group_is_subscribed_anew_by_the_account_that_took_over(
        Authentication way, string modes)
    {
        await using var lab = await SecureLab.Start(modes);
        var client = Rotating(lab, way);
        var group = new[] { lab.Mailbox, SecureLab.NewMailbox(LabExchange.Ben) };
        await using var watch = client.Watch(group, Cancellation)
            .GetAsyncEnumerator(Cancellation);
        await watch.Until<CalendarSignal.Opened>();
        var before = await Accepted(lab, SecureLab.Account);

        (await lab.EndSession(SecureLab.Account)).ShouldBe(1);

        (await watch.Until<CalendarSignal.Opened>()).Mailboxes.Count.ShouldBe(2);
        (await lab.Get("statistics")).GetProperty("requests").GetProperty("Subscribe").GetInt32().ShouldBe(4);
        (await Accepted(lab, SecondAddress)).ShouldBe(3);
        (await Accepted(lab, SecureLab.Account)).ShouldBe(before);
    }

    [Fact]
    public async Task the_change_is_told_to_whoever_watches()
    {
        await using var lab = await SecureLab.Start("basic");
        var client = Rotating(lab, Authentication.Basic);
        await lab.ChangePassword(SecureLab.Account, "tomorrow's");
        await using var watch = client.Watch([lab.Mailbox], Cancellation).GetAsyncEnumerator(Cancellation);
        (await watch.Until<CalendarSignal.Interrupted>()).Reason.ShouldBe("account-changed");
        await watch.Until<CalendarSignal.Opened>();
    }

    private static EwsCalendars Rotating(SecureLab lab, Authentication way, TimeProvider? time = null) =>
        lab.Client(
            way,
            settings => settings with
            {
                SecondAccount = SecureLab.SecondAccount,
                SecondPassword = SecureLab.SecondPassword,
            },
            time);

    private static async Task<int> Refused(SecureLab lab) =>
        (await lab.SignIns()).GetProperty("refused").GetInt32();

    private static async Task<int> Accepted(SecureLab lab, string account) =>
        (await lab.SignIns()).GetProperty("accepted").TryGetProperty(account, out var count)
            ? count.GetInt32()
            : 0;
}
