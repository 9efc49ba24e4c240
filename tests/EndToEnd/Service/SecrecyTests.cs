using HybridCalendar.EndToEnd.Cluster;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>No title, place, address or name is stored or logged in the clear.</summary>
public sealed class SecrecyTests(LiveWorld live) : IClassFixture<LiveWorld>
{
    [Fact]
    public async Task nothing_that_people_wrote_stands_in_the_database_or_in_the_logs()
    {
        const string subject = "Zebrafish merger";
        var booking = await Booking.Make(live, subject);
        await booking.WaitUntil(_ => true);

        var dump = await Dump();
        var logs = live.World.Service.Output;

        dump.ShouldContain("meeting_appeared");
        logs.ShouldContain("Watching");
        string[] secrets =
        [
            subject,
            "secret-room",
            "agenda follows",
            "lab.example",
            .. live.World.Mailboxes.Select(mailbox => mailbox.Name),
        ];
        foreach (var text in secrets)
        {
            dump.ShouldNotContain(text, Case.Insensitive);
            logs.ShouldNotContain(text, Case.Insensitive);
        }
    }

    // Every row of every table, as a backup would hold it.
    private async Task<string> Dump()
    {
        var database = new Npgsql.NpgsqlConnectionStringBuilder(live.World.Database.ConnectionString);
        string[] server = ["-h", database.Host!, "-p", $"{database.Port}", "-U", database.Username!];
        var outcome = await Shell.Run(
            PgDump(),
            ["--data-only", .. server, database.Database!],
            ("PGPASSWORD", database.Password ?? ""));
        outcome.Code.ShouldBe(0, outcome.Told);
        return outcome.Answer;
    }

    private static string PgDump() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetFiles("/usr/lib/postgresql", "pg_dump", SearchOption.AllDirectories).Max() ?? "pg_dump"
        : "pg_dump";
}
