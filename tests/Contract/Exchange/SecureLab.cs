using System.Net.Http.Json;
using System.Text.Json;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.ExchangeLab;
using Microsoft.AspNetCore.Builder;

namespace HybridCalendar.Contract.Exchange;

/// <summary>The lab over https, and clients that trust its authority.</summary>
internal sealed class SecureLab : IAsyncDisposable
{
    internal const string Account = "svc-calendar@lab.example";
    internal const string Password = "lab-password";
    internal const string SecondAccount = @"LAB\svc-calendar-2";
    internal const string SecondPassword = "lab-password-2";
    internal const string ClientSecret = "lab-client-secret";
    internal const string ClientId = "6f0d7a3e-5b1c-4a3e-9d59-1f3f0c6d2a11";

    private readonly WebApplication lab;
    private readonly HttpClient control;
    private readonly Uri url;
    private readonly List<EwsCalendars> clients = [];

    private SecureLab(WebApplication lab, string authorities)
    {
        this.lab = lab;
        Authorities = authorities;
        url = new Uri(lab.Urls.Single(address => address.StartsWith("https:", StringComparison.Ordinal)));
        var open = lab.Urls.Single(address => address.StartsWith("http:", StringComparison.Ordinal));
        control = new HttpClient { BaseAddress = new Uri(open) };
    }

    /// <summary>The file with the certificate of the lab's authority.</summary>
    internal string Authorities { get; }

    internal Uri Authority => new(url, "/lab-tenant");

    internal OAuthSettings Application =>
        new() { Authority = Authority, ClientId = ClientId, ClientSecret = ClientSecret };

    /// <summary>A bare client of the https address, which trusts whatever it shows.</summary>
    internal HttpClient Http() => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    {
        BaseAddress = url,
    };

    internal WatchedMailbox Mailbox { get; } = NewMailbox(LabExchange.Anna);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="modes">The ways to sign in, with commas between.</param>
    internal static async Task<SecureLab> Start(string modes, params string[] more)
    {
        var authorities = Path.GetTempFileName();
        var lab = Lab.Create(
        [
            "--urls=https://127.0.0.1:0;http://127.0.0.1:0",
            "--Lab:Today=2026-11-23",
            $"--Lab:Authentication={modes}",
            $"--Lab:CertificateAuthority={authorities}",
            .. Shared.LabSchemas,
            .. more,
        ]);
        await lab.StartAsync(Cancellation);
        return new SecureLab(lab, authorities);
    }

    /// <summary>A client that signs in with the right account and password, unless changed.</summary>
    internal EwsCalendars Client(
        Authentication way,
        Func<ExchangeSettings, ExchangeSettings>? change = null,
        TimeProvider? time = null)
    {
        var isOAuth = way == Authentication.OAuth;
        var settings = new ExchangeSettings
        {
            Url = new Uri(url, "/EWS/Exchange.asmx"),
            Authentication = way,
            Account = isOAuth ? "" : Account,
            Password = isOAuth ? "" : Password,
            OAuth = isOAuth ? Application : null,
            CertificateAuthorities = Authorities,
            FirstPause = TimeSpan.FromMilliseconds(10),
            LongestPause = TimeSpan.FromMilliseconds(100),
        };
        var client = new EwsCalendars(change?.Invoke(settings) ?? settings, time);
        clients.Add(client);
        return client;
    }

    internal Task<Reply<AutomaticReplies>> Ask(EwsCalendars client) =>
        client.ReadAutomaticReplies(Mailbox, Cancellation);

    /// <summary>Asks; it must be answered.</summary>
    internal async Task AskWell(EwsCalendars client) =>
        (await Ask(client)).ShouldBeOfType<Reply<AutomaticReplies>.Answer>();

    /// <summary>Asks; it must be refused, with this code.</summary>
    internal async Task<string> AskInVain(EwsCalendars client) =>
        (await Ask(client)).ShouldBeOfType<Reply<AutomaticReplies>.Refused>().Code;

    internal Task<JsonElement> SignIns() => Get("sign-ins");

    internal Task<JsonElement> Get(string path) =>
        control.GetFromJsonAsync<JsonElement>($"/lab/{path}", Cancellation);

    internal Task SetAuthentication(object wish) => Do(HttpMethod.Put, "authentication", wish);

    internal Task ChangePassword(string account, string password) =>
        Do(HttpMethod.Put, $"accounts/{account}/password", new { password });

    /// <summary>The password is another one, nobody is signed in any more, and streams are cut.</summary>
    /// <returns>How many streams.</returns>
    internal async Task<int> EndSession(string account)
    {
        var wish = new { password = "tomorrow's", signOut = true };
        await Do(HttpMethod.Put, $"accounts/{account}/password", wish);
        return (await Do(HttpMethod.Post, "streams/cut")).GetProperty("cut").GetInt32();
    }

    internal async Task<JsonElement> Do(HttpMethod method, string path, object? content = null)
    {
        using var request = new HttpRequestMessage(method, $"/lab/{path}");
        request.Content = JsonContent.Create(content ?? new { });
        using var response = await control.SendAsync(request, Cancellation);
        var said = await response.Content.ReadAsStringAsync(Cancellation);
        response.IsSuccessStatusCode.ShouldBeTrue(said);
        return said.Length > 0 ? JsonDocument.Parse(said).RootElement : default;
    }

    internal static WatchedMailbox NewMailbox(string address) => new(
        new MailboxId(Guid.NewGuid()),
        address,
        new MailboxSeal(Guid.NewGuid(), new byte[MailboxSeal.DataKeyBytes]));

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await control.ShouldHaveBeenValid();
        control.Dispose();
        await lab.DisposeAsync();
        File.Delete(Authorities);
    }
}

/// <summary>Waits for signals of a watch.</summary>
internal static class Signals
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal static async Task<T> Until<T>(this IAsyncEnumerator<CalendarSignal> watch)
        where T : CalendarSignal
    {
        do
        {
            var next = watch.MoveNextAsync().AsTask();
            (await next.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeTrue();
        }
        while (watch.Current is not T);
        return (T)watch.Current;
    }
}
