using System.Collections.Concurrent;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using Microsoft.AspNetCore.Http;

namespace HybridCalendar.Contract.Exchange;

/// <summary>A server that is busy is left alone, however it says so, and never asked for too much at once.
/// </summary>
public sealed class ThrottleTests
{
    private readonly ConcurrentQueue<TaskCompletionSource> held = new();
    private int underWay;
    private int most;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Carriers => new()
    {
        { "fault", 30 },
        { "response", 30 },
        { "inner", 60 },
        { "inner of a fault", 60 },
        { "http-503", 60 },
        { "http-503 with Retry-After", 30 },
        { "http-429", 60 },
        { "fault with Retry-After", 30 },
        { "X-CasErrorCode", 60 },
        { "back-off beside another code", 30 },
    };

    [Theory]
    [MemberData(nameof(Carriers))]
    public async Task nothing_at_all_is_sent_before_the_back_off_is_over(string carrier, int seconds)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", (http, _) => SayBusy(http, carrier));
        server.On("GetUserOofSettings", Xml.Replies("Disabled"));
        var time = new ManualTime();
        var client = server.Client(time: time);

        (await Read(client, "an")).ShouldBeOfType<Reply<CalendarPage>.Busy>();
        server.On("SyncFolderItems", Xml.Sync(""));
        time.Pass(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        (await Read(client, "bo")).ShouldBeOfType<Reply<CalendarPage>.Busy>();
        (await Replies(client)).ShouldBeOfType<Reply<AutomaticReplies>.Busy>();
        (await FirstSignal(client)).ShouldBe(new CalendarSignal.Interrupted("busy"));
        server.Arrived.Count.ShouldBe(1);

        time.Pass(TimeSpan.FromTicks(1));
        (await Read(client, "bo")).ShouldBeOfType<Reply<CalendarPage>.Answer>();
    }

    [Fact]
    public async Task what_waits_for_its_turn_is_not_sent_either()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", async (http, _) =>
        {
            await Hold(1);
            await SayBusy(http, "fault");
        });
        var client = server.Client(settings => settings with { CallsAtOnce = 1 }, new ManualTime());

        var first = Read(client, "an");
        var waiting = Read(client, "bo");
        await Release();

        (await first).ShouldBeOfType<Reply<CalendarPage>.Busy>();
        (await waiting).ShouldBeOfType<Reply<CalendarPage>.Busy>();
        server.Arrived.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_mailbox_is_not_asked_for_more_at_once_than_it_may()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", async (http, _) =>
        {
            await Hold(2);
            await ScriptedExchange.Write(http, Xml.Replies("Disabled"));
        });
        var client = server.Client(settings => settings with { CallsPerMailbox = 2 });

        var calls = Enumerable.Range(0, 6).Select(_ => Replies(client)).ToList();
        for (var call = 0; call < calls.Count; call++)
        {
            await Release();
        }

        (await Task.WhenAll(calls)).ShouldAllBe(reply => reply is Reply<AutomaticReplies>.Answer);
        most.ShouldBe(2);
    }

    [Fact]
    public async Task a_mailbox_answers_one_question_for_changes_at_a_time_and_other_mailboxes_theirs()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", async (http, arrived) =>
        {
            await Hold(2);
            await ScriptedExchange.Write(http, Xml.Sync(""));
        });
        var client = server.Client();

        Task<Reply<CalendarPage>>[] calls = [Read(client, "an"), Read(client, "an"), Read(client, "bo")];
        await Until(() => server.Arrived.Count == 2);
        server.Arrived.Select(arrived => arrived.Impersonated).Order()
            .ShouldBe(["an@example.org", "bo@example.org"]);
        for (var call = 0; call < calls.Length; call++)
        {
            await Release();
        }

        await Task.WhenAll(calls);
        server.Arrived.Last().Impersonated.ShouldBe("an@example.org");
    }

    [Theory]
    [InlineData("ErrorExceededConnectionCount")]
    [InlineData("hangs up")]
    public async Task a_server_that_hints_at_too_much_gets_less_at_once(string hint)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", (http, _) =>
        {
            http.Response.Headers.Connection = hint == "hangs up" ? "close" : "keep-alive";
            return hint == "hangs up"
                ? ScriptedExchange.Write(http, "<html><br></html>", 500)
                : ScriptedExchange.Write(http, Xml.Fault(hint), 500);
        });
        var client = server.Client(settings => settings with { CallsAtOnce = 2 });
        (await Replies(client)).ShouldBeOfType<Reply<AutomaticReplies>.Refused>();

        server.On("SyncFolderItems", async (http, _) =>
        {
            await Hold(1);
            await ScriptedExchange.Write(http, Xml.Fault("ErrorADUnavailable"));
        });
        Task<Reply<CalendarPage>>[] calls = [Read(client, "an"), Read(client, "bo"), Read(client, "ce")];
        for (var call = 0; call < calls.Length; call++)
        {
            await Release();
        }

        await Task.WhenAll(calls);
        most.ShouldBe(1);
    }

    // Holds a request until it is released, or until as many as expected are held.
    private async Task Hold(int expected)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (held)
        {
            most = Math.Max(most, ++underWay);
            most.ShouldBeLessThanOrEqualTo(expected);
            held.Enqueue(release);
        }

        await release.Task;
        lock (held)
        {
            underWay--;
        }
    }

    private async Task Release()
    {
        TaskCompletionSource? next = null;
        await Until(() => held.TryDequeue(out next));
        next!.SetResult();
    }

    private static async Task Until(Func<bool> holds)
    {
        var pollEvery = TimeSpan.FromMilliseconds(2);
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(pollEvery, Cancellation);
        }
    }

    private static Task SayBusy(HttpContext http, string carrier)
    {
        switch (carrier)
        {
            case "http-503 with Retry-After" or "fault with Retry-After":
                http.Response.Headers.RetryAfter = "30";
                break;
            case "X-CasErrorCode":
                http.Response.Headers["X-CasErrorCode"] = "ErrorServerBusy";
                break;
        }

        (string, string) backOff = ("BackOffMilliseconds", "30000");
        (string, string) inner = ("InnerErrorResponseCode", "ErrorServerBusy");
        var (reply, status) = carrier switch
        {
            "fault" => (Xml.Fault("ErrorServerBusy", backOffMilliseconds: 30_000), 500),
            "fault with Retry-After" => (Xml.Fault("ErrorServerBusy"), 503),
            "response" => (Xml.Error("SyncFolderItems", "ErrorServerBusy", backOff), 200),
            "inner" => (Xml.Error("SyncFolderItems", "ErrorInternalServerError", inner), 200),
            "inner of a fault" => (Xml.Fault("ErrorInternalServerError").Replace(
                "<t:MessageXml>",
                "<t:MessageXml><t:Value Name=\"InnerErrorResponseCode\">ErrorServerBusy</t:Value>",
                StringComparison.Ordinal), 500),
            "http-429" => ("<html></html>", 429),
            "X-CasErrorCode" => ("<html></html>", 500),
            "back-off beside another code" => (
                Xml.Error("SyncFolderItems", "ErrorInternalServerTransientError", backOff), 200),
            _ => ("<html></html>", 503),
        };
        return ScriptedExchange.Write(http, reply, status);
    }

    private static async Task<CalendarSignal> FirstSignal(EwsCalendars client)
    {
        await foreach (var signal in client.Watch([ScriptedExchange.Mailbox("an")], Cancellation))
        {
            return signal;
        }

        throw new System.Diagnostics.UnreachableException();
    }

    private static Task<Reply<CalendarPage>> Read(EwsCalendars client, string name) =>
        client.ReadChanges(ScriptedExchange.Mailbox(name), "c", [], Cancellation);

    private static Task<Reply<AutomaticReplies>> Replies(EwsCalendars client) =>
        client.ReadAutomaticReplies(ScriptedExchange.Mailbox("an"), Cancellation);
}
