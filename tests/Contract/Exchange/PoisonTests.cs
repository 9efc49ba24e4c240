using HybridCalendar.Adapters.Exchange;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Items that have the server fail: they hinder no others; a failing server parks none.</summary>
public sealed class PoisonTests
{
    private const string Times = "<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int, string> Failures => new()
    {
        { 200, Xml.Fault("ErrorInternalServerError") },
        { 500, Xml.Fault("ErrorInternalServerError") },
        { 500, Xml.Fault("ErrorSchemaValidation") },
        { 500, "<html><body>Server Error in '/EWS' Application</body></html>" },
        { 200, "<html><br></html>" },
        { 500, Xml.Fault("ErrorItemNotFound") },
        { 0, "" },
        { -1, "" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task an_item_that_spoils_all_that_are_asked_with_it_is_parked_alone(int status, string body)
    {
        await using var server = await Server("a", "bad", "c");
        server.On("GetItem", (http, arrived) => Has(arrived, "bad")
            ? Fail(http, status, body)
            : ScriptedExchange.Write(http, Answer(arrived, _ => Xml.Item(Times))));
        var kind = body.Contains("ErrorItemNotFound") ? "Removed" : "Unreadable";
        Kinds(await Read(server)).ShouldBe($"Meeting {kind} Meeting");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(24)]
    public async Task an_item_that_spoils_a_whole_batch_is_found_by_halves(int place)
    {
        string[] ids = [.. Enumerable.Range(0, Bounds.ItemsPerBatch).Select(n => $"{n}")];
        await using var server = await Server(ids);
        server.On("GetItem", (http, arrived) => Has(arrived, ids[place])
            ? Fail(http, 500, Xml.Fault("ErrorInternalServerError"))
            : ScriptedExchange.Write(http, Answer(arrived, _ => Xml.Item(Times))));
        var page = (await Read(server)).ShouldBeOfType<Reply<CalendarPage>.Answer>().Value;
        page.Items.OfType<ItemRead.Unreadable>().Single().ItemId.ShouldBe(ids[place]);
        page.Items.Count(item => item is ItemRead.Meeting).ShouldBe(ids.Length - 1);
        server.Arrived.Count(arrived => arrived.Operation == "GetItem").ShouldBeLessThanOrEqualTo(11);
    }

    [Fact]
    public async Task a_server_that_fails_for_all_items_is_asked_little_more_than_once_for_each()
    {
        string[] ids = [.. Enumerable.Range(0, Bounds.ItemsPerBatch).Select(n => $"{n}")];
        await using var server = await Server(ids);
        server.On("GetItem", (http, _) => Fail(http, 500, Xml.Fault("ErrorInternalServerError")));
        (await Read(server)).ShouldBeOfType<Reply<CalendarPage>.Refused>();
        server.Arrived.Count(arrived => arrived.Operation == "GetItem").ShouldBe(ids.Length + 4);
    }

    [Theory]
    [InlineData("ErrorInternalServerError")]
    [InlineData("ErrorTimeoutExpired")]
    public async Task an_item_for_which_the_server_fails_is_asked_for_again_and_parked(string code)
    {
        await using var server = await Server("a", "bad", "c");
        server.On("GetItem", arrived => Answer(arrived, id =>
            id == "bad" ? Xml.ErrorMessage("GetItem", code) : Xml.Item(Times)));
        Kinds(await Read(server)).ShouldBe("Meeting Unreadable Meeting");
        server.Operations.ShouldBe("SyncFolderItems GetItem GetItem");
    }

    [Fact]
    public async Task a_failure_that_is_over_parks_nothing()
    {
        await using var server = await Server("a", "b");
        server.On("GetItem", arrived => Answer(arrived, id => Ids(arrived).Count > 1 && id == "b"
            ? Xml.ErrorMessage("GetItem", "ErrorInternalServerError") : Xml.Item(Times)));
        Kinds(await Read(server)).ShouldBe("Meeting Meeting");
    }

    [Theory]
    [InlineData("ErrorInternalServerError")]
    [InlineData("ErrorMailboxMoveInProgress")]
    public async Task when_nothing_that_changed_can_be_read_there_is_no_page(string code)
    {
        await using var server = await Server("a", "b");
        server.On("GetItem", arrived => Answer(arrived, _ => Xml.ErrorMessage("GetItem", code)));
        (await Read(server)).ShouldBeOfType<Reply<CalendarPage>.Refused>().Code.ShouldBe(code);
    }

    [Fact]
    public async Task a_mailbox_that_is_being_moved_gives_no_page()
    {
        await using var server = await Server("a", "b");
        server.On("GetItem", arrived => Answer(arrived, id =>
            id == "a" ? Xml.Item(Times) : Xml.ErrorMessage("GetItem", "ErrorMailboxMoveInProgress")));
        (await Read(server)).ShouldBeOfType<Reply<CalendarPage>.Refused>();
    }

    [Fact]
    public async Task connections_that_break_for_many_items_are_a_broken_connection()
    {
        await using var server = await Server([.. Enumerable.Range(0, 10).Select(n => $"{n}")]);
        server.On("GetItem", (http, _) => Fail(http, -1, ""));
        await Should.ThrowAsync<Exception>(() => Read(server));
        server.Arrived.Count.ShouldBe(2 + Bounds.BrokenInARow);
    }

    [Fact]
    public async Task what_is_asked_for_again_may_be_unreadable_altogether()
    {
        await using var server = await Server();
        server.On("SyncFolderItems", Xml.Sync("<t:Delete><t:ItemId Id=\"d\"/></t:Delete>"));
        server.On("GetItem", Xml.Items("<t:Subject>&#x;"));
        Kinds(await Read(server, "x", "y", "z")).ShouldBe("Removed Unreadable Unreadable Unreadable");
    }

    [Fact]
    public async Task occurrences_may_be_unreadable_altogether()
    {
        await using var server = await Server("a", "b");
        var changed = string.Concat(new[] { "o1", "o2" }.Select(id =>
            $"<t:Occurrence><t:ItemId Id='{id}'/><t:OriginalStart>2026-03-05T09:00:00Z</t:OriginalStart>"
            + "</t:Occurrence>"));
        server.On("GetItem", arrived => Has(arrived, "o1") || Has(arrived, "o2")
            ? Xml.Items("<t:Subject>&#x;")
            : Answer(arrived, id => Xml.Item(id == "b" ? Times
                : $"{Times}<t:ModifiedOccurrences>{changed}</t:ModifiedOccurrences>")));
        Kinds(await Read(server)).ShouldBe("Unreadable Meeting");
    }

    [Fact]
    public async Task what_is_not_there_in_spite_of_success_is_unreadable_and_what_is_none_is_removed()
    {
        await using var server = await Server("none", "other", "neither", "a");
        server.On("GetItem", arrived => Answer(arrived, id => id switch
        {
            "none" => Xml.Message("GetItem", "<m:Items/>"),
            "other" => Xml.Message("GetItem", "<m:Items><t:Task><t:ItemId Id='other'/></t:Task></m:Items>"),
            "neither" => Xml.ErrorMessage("GetItem", "NoError"),
            _ => Xml.Item(Times),
        }));
        Kinds(await Read(server)).ShouldBe("Unreadable Removed Unreadable Meeting");
    }

    [Fact]
    public async Task an_occurrence_that_is_not_found_has_its_time_of_the_series_and_all_else_too()
    {
        const string Moved = "<t:Location>sip:room@example.org</t:Location>"
            + "<t:ModifiedOccurrences><t:Occurrence>"
            + "<t:ItemId Id='o'/><t:Start>2026-03-05T11:00:00Z</t:Start><t:End>2026-03-05T12:00:00Z</t:End>"
            + "<t:OriginalStart>2026-03-05T09:00:00Z</t:OriginalStart>"
            + "</t:Occurrence></t:ModifiedOccurrences>";
        await using var server = await Server("a");
        server.On("GetItem", arrived => Answer(arrived, id => id == "o"
            ? Xml.ErrorMessage("GetItem", "ErrorItemNotFound") : Xml.Item(Times + Moved)));
        var page = (await Read(server)).ShouldBeOfType<Reply<CalendarPage>.Answer>().Value;
        var facts = page.Items.Single().ShouldBeOfType<ItemRead.Meeting>().Facts;
        var changed = facts.ChangedOccurrences.Single();
        changed.OriginalStart.ShouldBe(Instant.FromUtc(2026, 3, 5, 9, 0));
        (changed.Start, changed.End).ShouldBe(
            (Instant.FromUtc(2026, 3, 5, 11, 0), Instant.FromUtc(2026, 3, 5, 12, 0)));
        changed.Location.ShouldNotBeNull();
        changed.JoinTargets.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_series_of_too_many_changed_occurrences_is_parked_without_reading_them()
    {
        await using var server = await Server("long", "a");
        var occurrences = string.Concat(Enumerable.Range(0, Bounds.ExceptionsPerSeries + 1).Select(n =>
            $"<t:Occurrence><t:ItemId Id='o{n}'/></t:Occurrence>"));
        server.On("GetItem", arrived => Answer(arrived, id => Xml.Item(id == "a" ? Times
            : $"{Times}<t:ModifiedOccurrences>{occurrences}</t:ModifiedOccurrences>")));
        Kinds(await Read(server)).ShouldBe("Unreadable Meeting");
        server.Operations.ShouldBe("SyncFolderItems GetItem");
    }

    private static async Task<ScriptedExchange> Server(params string[] changed)
    {
        var server = await ScriptedExchange.Start();
        return server.On("SyncFolderItems", Xml.Sync(Xml.Created(changed)));
    }

    private static Task Fail(HttpContext http, int status, string body)
    {
        if (status == 0)
        {
            return ScriptedExchange.Silence(http);
        }

        if (status < 0)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        return ScriptedExchange.Write(http, body, status);
    }

    private static string Answer(Arrived arrived, Func<string, string> message) =>
        Xml.Answer("GetItem", string.Concat(Ids(arrived).Select(message)));

    private static List<string> Ids(Arrived arrived) =>
        [.. arrived.Body.Split("<t:ItemId Id=\"").Skip(1).Select(part => part.Split('"')[0])];

    private static bool Has(Arrived arrived, string id) => Ids(arrived).Contains(id);

    private static Task<Reply<CalendarPage>> Read(ScriptedExchange server, params string[] again)
    {
        var client = server.Client(settings => settings with
        {
            CallTimeout = TimeSpan.FromSeconds(2),
            ItemTimeout = TimeSpan.FromSeconds(1),
        });
        return client.ReadChanges(ScriptedExchange.Mailbox("an"), "c", again, Cancellation);
    }

    private static string Kinds(Reply<CalendarPage> reply) => string.Join(" ",
        reply.ShouldBeOfType<Reply<CalendarPage>.Answer>().Value.Items.Select(item => item.GetType().Name));
}
