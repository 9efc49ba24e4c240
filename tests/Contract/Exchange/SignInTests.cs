using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using Microsoft.AspNetCore.Http;

namespace HybridCalendar.Contract.Exchange;

/// <summary>A password that is refused is not shown so often that the account is locked.</summary>
public sealed class SignInTests
{
    private readonly ManualTime time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("<html><br></html>")]
    public async Task a_refused_account_is_told_as_such_whatever_else_the_reply_says(string body)
    {
        await using var server = await ScriptedExchange.Start();
        Refuse(server, body);
        Code(await Ask(server.Client(time: time))).ShouldBe("http-401");
    }

    [Fact]
    public async Task a_refused_account_is_shown_again_after_pauses_that_grow()
    {
        await using var server = await ScriptedExchange.Start();
        Refuse(server);
        var client = server.Client(time: time);
        var arrivals = new List<int>();
        foreach (var minutes in new[] { 0, 1, 2, 4, 8, 15, 15 })
        {
            if (minutes > 0)
            {
                time.Pass(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
                Code(await Ask(client)).ShouldBe("http-401");
                time.Pass(TimeSpan.FromSeconds(1));
            }

            Code(await Ask(client)).ShouldBe("http-401");
            Code(await Ask(client)).ShouldBe("http-401");
            arrivals.Add(server.Arrived.Count);
        }

        arrivals.ShouldBe([1, 2, 3, 4, 5, 6, 7]);
    }

    [Fact]
    public async Task a_refusal_counts_before_the_rest_of_the_reply_has_come()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", async (http, _) =>
        {
            await Unauthorized(http, "<html>");
            await ScriptedExchange.Silence(http);
        });
        var client = server.Client(time: time);
        Code(await Ask(client)).ShouldBe("http-401");
        Code(await Ask(client)).ShouldBe("http-401");
        server.Arrived.Count.ShouldBe(1);
    }

    [Fact]
    public async Task once_the_account_is_taken_nothing_is_held_back()
    {
        await using var server = await ScriptedExchange.Start();
        Refuse(server);
        var client = server.Client(time: time);
        await Ask(client);
        server.On("GetUserOofSettings", Xml.Replies("Enabled"));
        time.Pass(TimeSpan.FromMinutes(1));
        for (var turn = 0; turn < 3; turn++)
        {
            (await Ask(client)).ShouldBeOfType<Reply<AutomaticReplies>.Answer>();
        }

        Refuse(server);
        await Ask(client);
        time.Pass(TimeSpan.FromMinutes(1));
        await Ask(client);
        server.Arrived.Count.ShouldBe(6);
    }

    [Fact]
    public async Task an_answer_to_what_was_sent_before_the_refusal_does_not_lift_it()
    {
        await using var server = await ScriptedExchange.Start();
        Refuse(server);
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.On("SyncFolderItems", async (http, _) =>
        {
            arrived.SetResult();
            await release.Task;
            await ScriptedExchange.Write(http, Xml.Sync(""));
        });
        var client = server.Client(time: time);
        var slow = client.ReadChanges(ScriptedExchange.Mailbox("bo"), "c", [], Cancellation);
        await arrived.Task.WaitAsync(Cancellation);
        time.Pass(TimeSpan.FromSeconds(1));
        Code(await Ask(client)).ShouldBe("http-401");
        release.SetResult();
        (await slow).ShouldBeOfType<Reply<CalendarPage>.Answer>();
        Code(await Ask(client)).ShouldBe("http-401");
        server.Arrived.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_refused_account_is_not_shown_for_each_mailbox_of_a_group()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("Subscribe", (http, _) => Unauthorized(http, ""));
        var group = Enumerable.Range(0, 5).Select(n => ScriptedExchange.Mailbox($"m{n}")).ToList();
        var count = 0;
        await foreach (var signal in server.Client().Watch(group, Cancellation))
        {
            signal.ShouldBe(new CalendarSignal.Interrupted("http-401"));
            if (++count == 3)
            {
                break;
            }
        }

        server.Operations.ShouldBe("Subscribe");
    }

    private static void Refuse(ScriptedExchange server, string body = "") =>
        server.On("GetUserOofSettings", (http, _) => Unauthorized(http, body));

    private static Task Unauthorized(HttpContext http, string body)
    {
        http.Response.Headers["X-CasErrorCode"] = "ErrorSomething";
        return ScriptedExchange.Write(http, body, 401);
    }

    private static Task<Reply<AutomaticReplies>> Ask(EwsCalendars client) =>
        client.ReadAutomaticReplies(ScriptedExchange.Mailbox("an"), Cancellation);

    private static string Code<T>(Reply<T> reply) => reply.ShouldBeOfType<Reply<T>.Refused>().Code;
}
