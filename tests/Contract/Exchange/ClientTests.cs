using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Questions and answers over real HTTP.</summary>
public sealed class ClientTests
{
    private const string Times = "<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://mail.example.org/EWS/Exchange.asmx", "use https")]
    [InlineData("https://a:b@mail.example.org/EWS/Exchange.asmx", "must not hold")]
    [InlineData("ftp://mail.example.org/", "https://")]
    public void an_address_that_would_betray_the_password_is_refused(string url, string why)
    {
        var settings = new ExchangeSettings { Url = new Uri(url), Account = "a", Password = "geheim" };
        var refusal = Should.Throw<ArgumentException>(() => new EwsCalendars(settings)).Message;
        refusal.ShouldContain(why);
        refusal.ShouldNotContain("a:b");
        $"{settings}".ShouldNotContain("geheim");
    }

    [Fact]
    public async Task a_request_shows_the_account_and_is_led_to_the_mailbox()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", Xml.Replies("Disabled"));
        var reply = await server.Client().ReadAutomaticReplies(ScriptedExchange.Mailbox("an"), Cancellation);
        reply.ShouldBe(new Reply<AutomaticReplies>.Answer(AutomaticReplies.Disabled));
        var arrived = server.Arrived.Single();
        arrived.Impersonated.ShouldBe("an@example.org");
        arrived.Headers["X-AnchorMailbox"].ToString().ShouldBe("an@example.org");
        arrived.Headers.Authorization.ToString().ShouldBe("Basic c2VydmljZTpww6Rzcw==");
        arrived.Headers.ContentType.ToString().ShouldBe("text/xml; charset=utf-8");
    }

    [Theory]
    [InlineData(401, "", "http-401")]
    [InlineData(403, "<html><br></html>", "http-403")]
    [InlineData(404, "", "http-404")]
    [InlineData(500, "<html><body>Server Error in '/EWS' Application</body></html>", "http-500")]
    [InlineData(200, "<html><body>Sign in</body></html>", "malformed-reply")]
    public async Task a_reply_without_soap_is_a_refusal(int status, string body, string code)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", body, status);
        Code(await server.Client().ReadAutomaticReplies(ScriptedExchange.Mailbox("an"), Cancellation))
            .ShouldBe(code);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task a_fault_is_read_whatever_the_status(int status)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", Xml.Fault("ErrorImpersonateUserDenied"), status);
        Code(await server.Client().ReadAutomaticReplies(ScriptedExchange.Mailbox("an"), Cancellation))
            .ShouldBe("ErrorImpersonateUserDenied");
    }

    [Fact]
    public async Task a_redirect_is_not_followed()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", (http, _) =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        Code(await server.Client().ReadAutomaticReplies(ScriptedExchange.Mailbox("an"), Cancellation))
            .ShouldBe("http-302");
        server.Arrived.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(503, "", null, 60)]
    [InlineData(429, "busy", "7", 7)]
    [InlineData(503, "", "1800", 1800)]
    [InlineData(503, "", "86400", 3600)]
    public async Task a_busy_server_is_left_alone_until_its_time_is_over(
        int status, string body, string? after, int seconds)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", (http, _) =>
        {
            http.Response.Headers.RetryAfter = after;
            return ScriptedExchange.Write(http, body, status);
        });
        var time = new ManualTime();
        var client = server.Client(time: time);
        var until = Instant.FromDateTimeOffset(time.GetUtcNow()) + Duration.FromSeconds(seconds);
        var busy = new Reply<AutomaticReplies>.Busy(until);
        var mailbox = ScriptedExchange.Mailbox("an");
        (await client.ReadAutomaticReplies(mailbox, Cancellation)).ShouldBe(busy);

        server.On("GetUserOofSettings", Xml.Replies("Enabled"));
        time.Pass(TimeSpan.FromSeconds(seconds - 1));
        (await client.ReadAutomaticReplies(ScriptedExchange.Mailbox("bo"), Cancellation)).ShouldBe(busy);
        server.Arrived.Count.ShouldBe(1);

        time.Pass(TimeSpan.FromSeconds(1));
        (await client.ReadAutomaticReplies(mailbox, Cancellation))
            .ShouldBeOfType<Reply<AutomaticReplies>.Answer>();
    }

    [Fact]
    public async Task a_server_that_does_not_answer_in_time_is_a_broken_connection()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserOofSettings", (http, _) => ScriptedExchange.Silence(http));
        var client = server.Client(settings => settings with { CallTimeout = TimeSpan.FromMilliseconds(50) });
        await Should.ThrowAsync<HttpRequestException>(() =>
            client.ReadAutomaticReplies(ScriptedExchange.Mailbox("an"), Cancellation));
    }

    [Fact]
    public async Task a_reply_that_is_too_large_is_refused()
    {
        await using var server = await ScriptedExchange.Start();
        var chunk = new string(' ', 1024 * 1024);
        server.On("GetUserOofSettings", async (http, _) =>
        {
            for (var length = 0; length <= Bounds.ReplyBytes; length += chunk.Length)
            {
                await ScriptedExchange.Write(http, chunk);
            }
        });
        Code(await server.Client().ReadAutomaticReplies(ScriptedExchange.Mailbox("an"), Cancellation))
            .ShouldBe("reply-too-large");
    }

    [Fact]
    public async Task a_page_tells_what_was_deleted_before_what_was_read()
    {
        await using var server = await ScriptedExchange.Start();
        var changes = Xml.Created("a", "b") + "<t:Delete><t:ItemId Id=\"d\"/></t:Delete>";
        server.On("SyncFolderItems", Xml.Sync(changes, "next", isLast: false));
        server.On("GetItem", _ => Xml.Answer("GetItem",
            Xml.Item(Times) + Xml.ErrorMessage("GetItem", "ErrorItemNotFound")
                + Xml.ErrorMessage("GetItem", "ErrorCorruptData")
            + Xml.Message("GetItem", "<m:Items><t:Message/></m:Items>")));
        var page = Value(await Read(server, "c", ["x", "y", "d"]));
        page.Cursor.ShouldBe("next");
        page.IsLast.ShouldBeFalse();
        page.Items.Select(item => (item.ItemId, item.GetType().Name)).ShouldBe(
            [("d", "Removed"), ("a", "Meeting"), ("b", "Removed"), ("x", "Unreadable"), ("y", "Removed")]);
        server.Arrived.First().Body.ShouldContain("<m:SyncState>c</m:SyncState>");
    }

    [Fact]
    public async Task a_cursor_that_the_server_has_forgotten_is_gone()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Error("SyncFolderItems", "ErrorInvalidSyncStateData"));
        (await Read(server, "c", [])).ShouldBeOfType<Reply<CalendarPage>.Gone>();
    }

    [Fact]
    public async Task a_server_that_is_busy_in_the_middle_of_a_page_gives_no_page()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Sync(Xml.Created("a", "b")));
        var messages = Xml.Item(Times) + Xml.ErrorMessage("GetItem", "ErrorServerBusy");
        server.On("GetItem", Xml.Answer("GetItem", messages));
        (await Read(server, null, [])).ShouldBeOfType<Reply<CalendarPage>.Busy>();
    }

    [Fact]
    public async Task the_rest_of_a_batch_that_was_stopped_is_asked_for_again()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Sync(Xml.Created("a", "b", "c")));
        var stopped = Xml.ErrorMessage("GetItem", "ErrorBatchProcessingStopped");
        server.On("GetItem", arrived => Xml.Answer("GetItem",
            Xml.Item(Times) + string.Concat(Enumerable.Repeat(stopped, Asked(arrived) - 1))));
        Value(await Read(server, null, [])).Items.Count(item => item is ItemRead.Meeting).ShouldBe(3);
        server.Operations.ShouldBe("SyncFolderItems GetItem GetItem GetItem");
    }

    [Fact]
    public async Task one_item_that_spoils_the_reply_does_not_hinder_the_others()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Sync(Xml.Created("a", "bad", "c")));
        server.On("GetItem", arrived => arrived.Body.Contains("\"bad\"", StringComparison.Ordinal)
            ? Xml.Items("<t:Subject>&#x;") : Xml.Items(Times));
        Value(await Read(server, null, [])).Items.Select(item => item.GetType().Name)
            .ShouldBe(["Meeting", "Unreadable", "Meeting"]);
    }

    [Fact]
    public async Task a_series_has_its_changed_occurrences_without_those_that_were_taken_out_meanwhile()
    {
        const string Series =
            "<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>"
            + "<t:NoEndRecurrence>"
            + "<t:StartDate>2026-03-02</t:StartDate></t:NoEndRecurrence></t:Recurrence>"
            + "<t:ModifiedOccurrences>"
            + "<t:Occurrence><t:ItemId Id='late'/><t:OriginalStart>2026-03-05T09:00:00Z</t:OriginalStart>"
            + "</t:Occurrence>"
            + "<t:Occurrence><t:ItemId Id='gone'/><t:OriginalStart>2026-03-04T09:00:00Z</t:OriginalStart>"
            + "</t:Occurrence>"
            + "<t:Occurrence><t:ItemId Id='early'/><t:OriginalStart>2026-03-03T09:00:00Z</t:OriginalStart>"
            + "</t:Occurrence>"
            + "</t:ModifiedOccurrences>";
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Sync(Xml.Created("series")));
        server.On("GetItem", arrived => Asked(arrived) == 1
            ? Xml.Items(Times + Series)
            : Xml.Answer("GetItem", Xml.Item(Times)
                + Xml.ErrorMessage("GetItem", "ErrorCalendarOccurrenceIsDeletedFromRecurrence")
                + Xml.Item(Times + "<t:Location>sip:room@example.org</t:Location>")));
        var facts = Value(await Read(server, null, [])).Items.Single()
            .ShouldBeOfType<ItemRead.Meeting>().Facts;
        facts.ChangedOccurrences.Select(o => (o.OriginalStart, o.JoinTargets.Count)).ShouldBe(
            [(Instant.FromUtc(2026, 3, 3, 9, 0), 1), (Instant.FromUtc(2026, 3, 5, 9, 0), 0)]);
    }

    private static int Asked(Arrived arrived) => arrived.Body.Split("<t:ItemId ").Length - 1;

    private static Task<Reply<CalendarPage>> Read(ScriptedExchange server, string? cursor, string[] again) =>
        server.Client().ReadChanges(ScriptedExchange.Mailbox("an"), cursor, again, Cancellation);

    private static T Value<T>(Reply<T> reply) => reply.ShouldBeOfType<Reply<T>.Answer>().Value;

    private static string Code<T>(Reply<T> reply) => reply.ShouldBeOfType<Reply<T>.Refused>().Code;
}
