using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Versions;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Servers of every version are asked in a dialect that they speak, and no older one.</summary>
public sealed class VersionTests
{
    private const string Of2013 = "15.0.1497.48";
    private const string Of2016 = "15.1.2507.6";
    private const string Of2019 = "15.2.1748.10";

    private readonly WatchedMailbox an = ScriptedExchange.Mailbox("an");
    private readonly WatchedMailbox bo = ScriptedExchange.Mailbox("bo");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Codes =>
    [
        "ErrorInvalidServerVersion", "ErrorIncorrectSchemaVersion", "ErrorInvalidSchemaVersionForMailboxVersion",
    ];

    [Theory]
    [InlineData("15.0.516.32", "Exchange2013")]
    [InlineData(Of2013, "Exchange2013_SP1")]
    [InlineData(Of2016, "Exchange2016")]
    [InlineData(Of2019, "Exchange2016")]
    [InlineData("15.20.9000.1", "Exchange2016")]
    [InlineData("16.0.0.0", "Exchange2016")]
    public async Task the_newest_dialect_that_the_server_says_it_speaks_is_spoken(string version, string dialect)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Says(version, Xml.Sync("")));
        var client = server.Client();
        await Read(client, an);
        await Read(client, bo);
        server.Dialects.ShouldBe($"Exchange2013_SP1 {dialect}");
    }

    [Theory]
    [InlineData("h")]
    [InlineData("t")]
    [InlineData("")]
    public async Task whatever_the_prefix_the_version_is_read_also_beside_a_refusal(string prefix)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Says(Of2016, Xml.Fault("ErrorADUnavailable"), prefix), 500);
        var client = server.Client();
        await Read(client, an);
        await Read(client, an);
        server.Dialects.ShouldBe("Exchange2013_SP1 Exchange2016");
    }

    [Fact]
    public async Task a_version_without_numbers_says_nothing()
    {
        await using var server = await ScriptedExchange.Start();
        var nothing = Xml.Says(Of2016, Xml.Sync("")).Replace("MajorVersion=\"15\"", "", StringComparison.Ordinal);
        server.On("SyncFolderItems", nothing);
        var client = server.Client();
        await Read(client, an);
        await Read(client, an);
        server.Dialects.ShouldBe("Exchange2013_SP1 Exchange2013_SP1");
    }

    [Fact]
    public async Task no_newer_dialect_is_spoken_than_the_settings_allow()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Says(Of2019, Xml.Sync("")));
        var client = server.Client(settings => settings with { Dialect = Dialect.Exchange2013 });
        await Read(client, an);
        await Read(client, an);
        server.Dialects.ShouldBe("Exchange2013 Exchange2013");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task a_dialect_that_is_refused_is_not_tried_again(string code)
    {
        await using var server = await ScriptedExchange.Start();
        Refuse(server, "Exchange2013_SP1", Xml.Fault(code));
        var client = server.Client();
        (await Read(client, an)).ShouldBeOfType<Reply<CalendarPage>.Answer>();
        (await Read(client, an)).ShouldBeOfType<Reply<CalendarPage>.Answer>();
        server.Dialects.ShouldBe("Exchange2013_SP1 Exchange2013 Exchange2013");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task a_refusal_in_a_response_message_is_one_too(string code)
    {
        await using var server = await ScriptedExchange.Start();
        Refuse(server, "Exchange2013_SP1", Xml.Error("SyncFolderItems", code));
        (await Read(server.Client(), an)).ShouldBeOfType<Reply<CalendarPage>.Answer>();
        server.Dialects.ShouldBe("Exchange2013_SP1 Exchange2013");
    }

    [Fact]
    public async Task a_refusal_beside_one_of_many_items_is_one_of_the_whole_request()
    {
        const string Times = "<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>";
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Sync(Xml.Created("a", "b")));
        server.On("GetItem", arrived => Xml.Answer("GetItem", Xml.Item(Times)
            + (arrived.Dialect == "Exchange2013_SP1"
                ? Xml.ErrorMessage("GetItem", "ErrorIncorrectSchemaVersion") : Xml.Item(Times))));
        var page = (await Read(server.Client(), an)).ShouldBeOfType<Reply<CalendarPage>.Answer>().Value;
        page.Items.ShouldAllBe(item => item is ItemRead.Meeting);
        server.Operations.ShouldBe("SyncFolderItems GetItem GetItem");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task a_server_that_speaks_none_of_them_is_refused_clearly(string code)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", Xml.Fault(code), 500);
        var refused = (await Read(server.Client(), an)).ShouldBeOfType<Reply<CalendarPage>.Refused>();
        refused.Code.ShouldBe("server-too-old");
        refused.Reaction.ShouldBe(Reaction.Alarm);
        server.Dialects.ShouldBe("Exchange2013_SP1 Exchange2013");
    }

    [Fact]
    public async Task a_request_is_never_made_in_an_older_dialect_than_it_needs()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetFolder", Xml.Fault("ErrorInvalidServerVersion"), 500);
        var request = new EwsRequest("GetFolder", an.Address, GetFolder.Write) { Needs = Dialect.Exchange2016 };
        (await server.Client().Client.Call(request, GetFolder.Read, Cancellation))
            .ShouldBeOfType<Reply<Folder>.Refused>().Code.ShouldBe("server-too-old");
        server.Dialects.ShouldBe("Exchange2016");
    }

    [Fact]
    public async Task a_mailbox_on_an_older_server_does_not_age_the_others()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("SyncFolderItems", arrived =>
            arrived.Impersonated == an.Address && arrived.Dialect != "Exchange2013"
                ? Xml.Fault("ErrorInvalidSchemaVersionForMailboxVersion") : Xml.Says(Of2016, Xml.Sync("")));
        var client = server.Client();
        await Read(client, bo);
        await Read(client, an);
        await Read(client, an);
        await Read(client, bo);
        server.Dialects.ShouldBe(
            "Exchange2013_SP1 Exchange2016 Exchange2013_SP1 Exchange2013 Exchange2013 Exchange2016");
    }

    [Fact]
    public async Task a_server_that_was_upgraded_is_asked_in_its_new_dialect()
    {
        await using var server = await ScriptedExchange.Start();
        var version = Of2013;
        server.On("SyncFolderItems", arrived => version == Of2016 && arrived.Dialect == "Exchange2016"
            ? Xml.Fault("ErrorInvalidServerVersion") : Xml.Says(version, Xml.Sync("")));
        var client = server.Client();
        await Read(client, an);
        version = Of2016;
        await Read(client, an);
        await Read(client, an);
        version = Of2019;
        await Read(client, an);
        await Read(client, an);
        server.Dialects.ShouldBe(
            "Exchange2013_SP1 Exchange2013_SP1 Exchange2016 Exchange2013_SP1 Exchange2013_SP1 Exchange2016");
    }

    [Fact]
    public async Task behind_one_address_two_versions_do_not_make_the_client_waver()
    {
        await using var server = await ScriptedExchange.Start();
        var count = 0;
        server.On("SyncFolderItems", arrived => ++count % 2 == 0 && arrived.Dialect == "Exchange2016"
            ? Xml.Says(Of2013, Xml.Fault("ErrorInvalidServerVersion"))
            : Xml.Says(count % 2 == 0 ? Of2013 : Of2016, Xml.Sync("")));
        var client = server.Client();
        for (var turn = 0; turn < 6; turn++)
        {
            (await Read(client, an)).ShouldBeOfType<Reply<CalendarPage>.Answer>();
        }

        server.Arrived.Count(arrived => arrived.Dialect == "Exchange2016").ShouldBe(1);
    }

    [Fact]
    public async Task a_stream_is_opened_in_a_dialect_that_the_server_speaks()
    {
        await using var server = await ScriptedExchange.Start();
        const string Id = "<m:SubscriptionId>s</m:SubscriptionId>";
        server.On("Subscribe", Xml.Says(Of2016, Xml.Success("Subscribe", Id)));
        server.On("Unsubscribe", Xml.Success("Unsubscribe", ""));
        server.On("GetStreamingEvents", (http, arrived) => arrived.Dialect == "Exchange2016"
            ? ScriptedExchange.Write(http, Xml.Fault("ErrorInvalidServerVersion"), 500)
            : ScriptedExchange.Write(http, Xml.Status("OK")));
        await foreach (var signal in server.Client().Watch([an], Cancellation))
        {
            signal.ShouldBeOfType<CalendarSignal.Opened>();
            break;
        }

        server.Dialects.ShouldStartWith("Exchange2013_SP1 Exchange2016 Exchange2013_SP1");
    }

    [Fact]
    public void properties_are_asked_for_only_where_they_are_known()
    {
        string[] all = ["item:Subject", "calendar:EnhancedLocation", "calendar:InboxReminders"];
        PropertyVersions.KnownIn(Dialect.Exchange2013_SP1, all).ShouldBe(all[..2]);
        PropertyVersions.KnownIn(Dialect.Exchange2016, all).ShouldBe(all);
    }

    private static void Refuse(ScriptedExchange server, string dialect, string refusal) =>
        server.On("SyncFolderItems", arrived => arrived.Dialect == dialect ? refusal : Xml.Sync(""));

    private static Task<Reply<CalendarPage>> Read(EwsCalendars client, WatchedMailbox mailbox) =>
        client.ReadChanges(mailbox, "c", [], Cancellation);
}
