using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>What is found is kept, and found anew when its time has come.</summary>
public sealed class LocationTests
{
    private const string Host = "https://autodiscover.lab.example";
    private const string Moved = "https://new.lab.example/EWS/Exchange.asmx";

    private static readonly WatchedMailbox Anna = ScriptedExchange.Mailbox("anna") with
    {
        Address = "anna@lab.example",
    };

    private readonly ManualTime time = new();

    [Fact]
    public async Task each_request_goes_to_its_mailboxs_own_address_which_is_searched_once()
    {
        await using var internet = await World();
        var calendars = internet.Calendars(time: time);
        for (var turn = 0; turn < 3; turn++)
        {
            (await Ask(calendars)).ShouldBeOfType<Reply<AutomaticReplies>.Answer>();
        }

        internet.Shown.ShouldBe(
            ["autodiscover.lab.example", .. Enumerable.Repeat("mail.lab.example", 3)]);
    }

    [Fact]
    public async Task a_place_is_asked_for_again_after_a_day_at_the_latest_and_half_a_day_at_the_earliest()
    {
        await using var internet = await World();
        var calendars = internet.Calendars(time: time);
        await Place(calendars);
        time.Pass(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        await Place(calendars);
        internet.Asked.Count.ShouldBe(1);
        time.Pass(TimeSpan.FromHours(12) + TimeSpan.FromSeconds(1));
        internet.On(Host, 200, Replies.Soap(Replies.Located(Moved)));
        (await Place(calendars)).ShouldBe(Located(Moved));
        internet.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_place_is_kept_while_nobody_can_be_asked_for_another()
    {
        await using var internet = await World();
        var calendars = internet.Calendars(time: time);
        await Place(calendars);
        internet.On(Host, 503);
        time.Pass(TimeSpan.FromDays(1));
        (await Place(calendars)).ShouldBe(Located(Replies.Url));
        internet.On(Host, 200, Replies.Soap(Replies.User("InvalidUser")));
        time.Pass(TimeSpan.FromHours(1));
        (await Place(calendars)).ShouldBe(new Discovery.Refused(DiscoveryRefusal.UnknownMailbox));
    }

    [Theory]
    [InlineData("ErrorMailboxMoveInProgress")]
    [InlineData("ErrorNonExistentMailbox")]
    [InlineData("ErrorProxyRequestNotAllowed")]
    [InlineData("http-404")]
    [InlineData("http-302")]
    [InlineData("broken")]
    public async Task an_error_that_puts_the_place_in_doubt_lets_it_be_searched_once_an_hour(string error)
    {
        await using var internet = await World();
        internet.On("https://new.lab.example", 200, Xml.Replies("Enabled"));
        var calendars = internet.Calendars(time: time);
        await Place(calendars);
        internet.On(Host, 200, Replies.Soap(Replies.Located(Moved)));
        await Fail(internet, calendars, error);
        time.Pass(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        (await Place(calendars)).ShouldBe(Located(Replies.Url));
        time.Pass(TimeSpan.FromSeconds(1));
        (await Place(calendars)).ShouldBe(Located(Moved));
        (await Ask(calendars)).ShouldBeOfType<Reply<AutomaticReplies>.Answer>();
        internet.Shown.Last().ShouldBe("new.lab.example");
    }

    [Theory]
    [InlineData("ErrorItemNotFound")]
    [InlineData("ErrorAccessDenied")]
    public async Task any_other_error_says_nothing_of_the_place(string error)
    {
        await using var internet = await World();
        var calendars = internet.Calendars(time: time);
        await Place(calendars);
        await Fail(internet, calendars, error);
        time.Pass(TimeSpan.FromHours(11));
        await Place(calendars);
        internet.Shown.Count(host => host == "autodiscover.lab.example").ShouldBe(1);
    }

    [Fact]
    public async Task a_mailbox_that_is_not_found_is_searched_again_after_pauses_that_grow()
    {
        await using var internet = await World();
        internet.On(Host, 200, Replies.Soap(Replies.User("InvalidUser")));
        var calendars = internet.Calendars(time: time);
        foreach (var minutes in new[] { 0, 1, 2, 4 })
        {
            time.Pass(TimeSpan.FromMinutes(minutes));
            for (var turn = 0; turn < 2; turn++)
            {
                (await Ask(calendars)).ShouldBeOfType<Reply<AutomaticReplies>.Refused>()
                    .Code.ShouldBe("autodiscover-unknown-mailbox");
            }
        }

        internet.Asked.Count.ShouldBe(4);
        internet.On(Host, 200, Replies.Soap(Replies.Located()));
        time.Pass(TimeSpan.FromMinutes(8));
        (await Ask(calendars)).ShouldBeOfType<Reply<AutomaticReplies>.Answer>();
    }

    [Fact]
    public async Task a_domain_that_does_not_answer_is_a_broken_connection_and_a_busy_one_is_busy()
    {
        await using var internet = await World();
        internet.On(Host, http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        var calendars = internet.Calendars(time: time);
        await Should.ThrowAsync<HttpRequestException>(() => Ask(calendars));
        internet.On(Host, 503);
        time.Pass(TimeSpan.FromMinutes(1));
        (await Ask(calendars)).ShouldBeOfType<Reply<AutomaticReplies>.Busy>();
    }

    [Fact]
    public async Task those_who_ask_for_one_mailbox_at_once_search_it_once()
    {
        await using var internet = await World();
        var asked = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        internet.On(Host, async http =>
        {
            asked.TrySetResult();
            await go.Task.WaitAsync(http.RequestAborted);
            await Internet.Write(http, 200, Replies.Soap(Replies.Located()));
        });
        var calendars = internet.Calendars(time: time);
        var first = Ask(calendars);
        await asked.Task.WaitAsync(Internet.Stop);
        Task<Reply<AutomaticReplies>>[] others = [Ask(calendars), Ask(calendars)];
        using var impatient = new CancellationTokenSource();
        var last = calendars.ReadAutomaticReplies(Anna, impatient.Token);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => last);
        go.SetResult();
        await Task.WhenAll([first, .. others]);
        internet.Shown.Count(host => host == "autodiscover.lab.example").ShouldBe(1);
    }

    [Fact]
    public async Task who_gives_up_searching_does_not_take_the_others_with_him()
    {
        await using var internet = await World();
        var asked = new TaskCompletionSource();
        internet.On(Host, async http =>
        {
            asked.TrySetResult();
            await ScriptedExchange.Silence(http);
        });
        var calendars = internet.Calendars(time: time);
        using var impatient = new CancellationTokenSource();
        var first = calendars.ReadAutomaticReplies(Anna, impatient.Token);
        await asked.Task.WaitAsync(Internet.Stop);
        var second = Ask(calendars);
        internet.On(Host, 200, Replies.Soap(Replies.Located()));
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        (await second).ShouldBeOfType<Reply<AutomaticReplies>.Answer>();
    }

    [Fact]
    public async Task an_address_that_is_set_is_used_for_all_and_nobody_is_asked()
    {
        await using var internet = await World();
        var calendars = internet.Calendars(settings => settings with { Url = new Uri(Replies.Url) });
        (await Ask(calendars)).ShouldBeOfType<Reply<AutomaticReplies>.Answer>();
        (await Place(calendars)).ShouldBe(
            new Discovery.Located(new MailboxLocation(new Uri(Replies.Url), "")));
        internet.Shown.ShouldBe(["mail.lab.example"]);
    }

    private static async Task<Internet> World()
    {
        var internet = await Internet.Start();
        return internet.On(Host, 200, Replies.Soap(Replies.Located()))
            .On("https://mail.lab.example", 200, Xml.Replies("Enabled"));
    }

    private static async Task Fail(Internet internet, EwsCalendars calendars, string error)
    {
        internet.On("https://mail.lab.example", http =>
        {
            if (error == "broken")
            {
                http.Abort();
                return Task.CompletedTask;
            }

            return error.StartsWith("http-", StringComparison.Ordinal)
                ? Internet.Write(http, int.Parse(error[5..], null), "")
                : Internet.Write(http, 500, Xml.Fault(error));
        });
        try
        {
            (await Ask(calendars)).ShouldNotBeOfType<Reply<AutomaticReplies>.Answer>();
        }
        catch (HttpRequestException)
        {
            error.ShouldBe("broken");
        }
    }

    private static Discovery Located(string url) =>
        new Discovery.Located(new MailboxLocation(new Uri(url), "one"));

    private static async Task<Discovery> Place(EwsCalendars calendars) =>
        (await calendars.Locate([Anna], Internet.Stop))[Anna.Id];

    private static Task<Reply<AutomaticReplies>> Ask(EwsCalendars calendars) =>
        calendars.ReadAutomaticReplies(Anna, Internet.Stop);
}
