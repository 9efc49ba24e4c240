using HybridCalendar.Adapters.Exchange;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Refusals that concern more than an item: a calendar, or the account.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("ErrorSyncFolderNotFound")]
    [InlineData("ErrorFolderNotFound")]
    public async Task a_calendar_that_was_replaced_begins_anew_and_one_that_is_missing_is_refused(string code)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Error("SyncFolderItems", code));
        (await Read(server, "c")).ShouldBeOfType<Reply<CalendarPage>.Gone>();
        (await Read(server, null)).ShouldBeOfType<Reply<CalendarPage>.Refused>().Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("ErrorItemNotFound")]
    [InlineData("ErrorAccessDenied")]
    public async Task changes_of_which_none_may_be_seen_are_no_page(string code)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Sync(Xml.Created("a", "b")));
        var message = Xml.ErrorMessage("GetItem", code);
        server.On("GetItem", Xml.Answer("GetItem", message + message));
        (await Read(server, "c")).ShouldBeOfType<Reply<CalendarPage>.Refused>().Code.ShouldBe(code);
        const string Deleted = "<t:Delete><t:ItemId Id='d'/></t:Delete>";
        server.On("SyncFolderItems", Xml.Sync(Xml.Created("a") + Deleted));
        server.On("GetItem", Xml.Answer("GetItem", message));
        (await Read(server, "c")).ShouldBeOfType<Reply<CalendarPage>.Answer>().Value.Items.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task a_clock_that_is_set_neither_ends_a_back_off_nor_lengthens_it(int hours)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Fault("ErrorServerBusy", backOffMilliseconds: 60_000));
        var time = new ManualTime();
        var client = server.Client(time: time);
        (await Read(client)).ShouldBeOfType<Reply<CalendarPage>.Busy>();
        time.Set(TimeSpan.FromHours(hours));
        (await Read(client)).ShouldBe(new Reply<CalendarPage>.Busy(
            Instant.FromDateTimeOffset(time.GetUtcNow()) + Duration.FromMinutes(1)));
        time.Pass(TimeSpan.FromMinutes(1));
        server.On("SyncFolderItems", Xml.Sync(""));
        (await Read(client)).ShouldBeOfType<Reply<CalendarPage>.Answer>();
        server.Arrived.Count.ShouldBe(2);
    }

    private static Task<Reply<CalendarPage>> Read(EwsCalendars client) => client.ReadChanges(
        ScriptedExchange.Mailbox("an"), "c", [], TestContext.Current.CancellationToken);

    private static Task<Reply<CalendarPage>> Read(ScriptedExchange server, string? cursor) =>
        server.Client().ReadChanges(
            ScriptedExchange.Mailbox("an"), cursor, [], TestContext.Current.CancellationToken);
}
