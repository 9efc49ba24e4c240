using HybridCalendar.EndToEnd.Cluster;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>A service that cannot start says why in a sentence, and what to do.</summary>
public sealed class StartTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:1/EWS/Exchange.asmx");

    [Theory]
    [InlineData("ConnectionStrings__Calendar", "Host=127.0.0.1;Port=1;Username=x", "does not answer")]
    [InlineData("Exchange__Url", "mail", "Exchange__Url is not a web address")]
    [InlineData("Exchange__Url", "http://mail.example.com/EWS/Exchange.asmx", "https")]
    [InlineData("Exchange__Mailboxes", "/nowhere", "which is not there")]
    [InlineData("Watch__Sweep", "often", "a span from")]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:0", "listen on 127.0.0.1")]
    public async Task a_wrong_setting_is_named(string name, string value, string sentence)
    {
        await using var database = await TestDatabase.Create();
        await using var service = new CalendarService(database, Nowhere, []);

        var outcome = await service.FailToStart((name, value));

        outcome.Code.ShouldBe(1);
        outcome.Told.ShouldContain(sentence);
        outcome.Told.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("alter table calendar.mt_streams drop column compacted_version")]
    [InlineData("drop table calendar_messages.wolverine_control_queue")]
    public async Task tables_that_are_missing_or_others_are_refused_and_db_apply_is_named(string change)
    {
        await using var database = await (change == "" ? TestDatabase.CreateEmpty() : TestDatabase.Create());
        await (change == "" ? Task.CompletedTask : database.Execute(change));
        await using var service = new CalendarService(database, Nowhere, []);

        var outcome = await service.FailToStart(("ASPNETCORE_URLS", "http://127.0.0.1:0"));

        outcome.Code.ShouldBe(1);
        outcome.Told.ShouldContain("Run db-apply");
        outcome.Told.ShouldNotContain("   at ");
        await service.Command("db-apply");
        await service.Start();
    }

    [Fact]
    public async Task a_key_file_that_others_may_read_is_refused()
    {
        var key = Path.GetTempFileName();
        (await Shell.Run("chmod", ["644", key])).Code.ShouldBe(0);
        await using var database = await TestDatabase.Create();
        await using var service = new CalendarService(database, Nowhere, []);

        var outcome = await service.FailToStart(("Keys__File", key));

        outcome.Code.ShouldBe(1);
        outcome.Told.ShouldContain("chmod 600");
        outcome.Told.ShouldNotContain("   at ");
        File.Delete(key);
    }

    [Fact]
    public async Task a_key_file_of_another_database_is_refused()
    {
        await using var database = await TestDatabase.Create();
        LabMailbox[] mailboxes = [new("a@lab.example", "A", "user")];
        await using (var first = new CalendarService(database, Nowhere, mailboxes))
        {
            await first.Start();
        }

        await using var second = new CalendarService(database, Nowhere, mailboxes);
        var outcome = await second.FailToStart(("ASPNETCORE_URLS", "http://127.0.0.1:0"));

        outcome.Code.ShouldBe(1);
        outcome.Told.ShouldContain("restore the key file");
    }
}
