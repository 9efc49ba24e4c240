using System.Net.Http.Json;
using System.Text.Json;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.ExchangeLab;
using HybridCalendar.ExchangeLab.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace HybridCalendar.Contract.Exchange;

/// <summary>The lab on a free port of this machine, and a client of it.</summary>
internal sealed class LabExchange : IAsyncDisposable
{
    internal const string Anna = "anna.brandt@lab.example";
    internal const string Ben = "ben.okafor@lab.example";

    private readonly WebApplication lab;
    private readonly HttpClient control;
    private readonly Dictionary<string, WatchedMailbox> mailboxes = [];

    private LabExchange(WebApplication lab)
    {
        this.lab = lab;
        var url = new Uri(lab.Urls.Single());
        control = new HttpClient { BaseAddress = url };
        Settings = new ExchangeSettings
        {
            Url = new Uri(url, "/EWS/Exchange.asmx"),
            Account = "svc-calendar@lab.example",
            Password = "lab-password",
            FirstPause = TimeSpan.FromMilliseconds(10),
            LongestPause = TimeSpan.FromMilliseconds(100),
        };
        Calendars = new EwsCalendars(Settings);
    }

    internal ExchangeSettings Settings { get; }

    internal EwsCalendars Calendars { get; }

    /// <summary>What the lab is a model of, to act on in the middle of a call.</summary>
    internal Organization Organization => lab.Services.GetRequiredService<Organization>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static async Task<LabExchange> Start(string version = "2019")
    {
        var lab = Lab.Create(
        [
            "--urls=http://127.0.0.1:0", "--Lab:Today=2026-11-23", $"--Lab:ServerVersion={version}",
            .. Shared.LabSchemas,
        ]);
        await lab.StartAsync(Cancellation);
        return new LabExchange(lab);
    }

    internal WatchedMailbox Mailbox(string address)
    {
        if (!mailboxes.TryGetValue(address, out var mailbox))
        {
            var seal = new MailboxSeal(Guid.NewGuid(), new byte[MailboxSeal.DataKeyBytes]);
            mailbox = mailboxes[address] = new WatchedMailbox(new MailboxId(Guid.NewGuid()), address, seal);
        }

        return mailbox;
    }

    /// <summary>Asks the lab itself.</summary>
    internal Task<JsonElement> Get(string path) =>
        control.GetFromJsonAsync<JsonElement>($"/lab/{path}", Cancellation);

    /// <summary>Acts on the lab.</summary>
    internal async Task Do(HttpMethod method, string path, object? content = null)
    {
        using var request = new HttpRequestMessage(method, $"/lab/{path}");
        request.Content = JsonContent.Create(content ?? new { });
        using var response = await control.SendAsync(request, Cancellation);
        var said = await response.Content.ReadAsStringAsync(Cancellation);
        response.IsSuccessStatusCode.ShouldBeTrue(said);
    }

    /// <summary>Acts on the lab, and gives a member of what it answers.</summary>
    internal async Task<string> Post(string path, object content, string member)
    {
        using var response = await control.PostAsJsonAsync($"/lab/{path}", content, Cancellation);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancellation));
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return answer.GetProperty(member).GetString()!;
    }

    /// <summary>All pages from a cursor on.</summary>
    internal async Task<(List<ItemRead> Items, string Cursor)> ReadAll(string address, string? cursor = null)
    {
        var items = new List<ItemRead>();
        while (true)
        {
            var reply = await Calendars.ReadChanges(Mailbox(address), cursor, [], Cancellation);
            var page = reply.ShouldBeOfType<Reply<CalendarPage>.Answer>().Value;
            items.AddRange(page.Items);
            cursor = page.Cursor;
            if (page.IsLast)
            {
                return (items, cursor);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Calendars.Dispose();
        await control.ShouldHaveBeenValid();
        control.Dispose();
        await lab.DisposeAsync();
    }
}
