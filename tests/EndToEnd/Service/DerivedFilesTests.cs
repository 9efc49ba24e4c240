using HybridCalendar.EndToEnd.Cluster;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>
/// What is derived from the code and kept in the repository is as the code says. db/regenerate mends it.
/// </summary>
public class DerivedFilesTests
{
    [Fact]
    public async Task the_generated_handlers_and_the_schema_are_what_the_code_gives()
    {
        await using var database = await TestDatabase.CreateEmpty();
        var fresh = Directory.CreateTempSubdirectory("calendar-derived-");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var outcome = await Shell.Run(
            Path.Combine(Shell.Root, "db", "regenerate"),
            [fresh.FullName],
            ("ConnectionStrings__Calendar", database.ConnectionString),
            ("CONFIGURATION", configuration));
        outcome.Code.ShouldBe(0, outcome.Told);

        var written = Files(fresh.FullName, ".");
        written.Count.ShouldBeGreaterThan(5);
        var kept = Files(Shell.Root, "src/Host/Internal")
            .Concat(Files(Shell.Root, "db", "schema.sql"))
            .ToDictionary();
        kept.Keys.Order().ShouldBe(written.Keys.Order(), "run db/regenerate and commit what it writes");
        foreach (var (name, text) in written)
        {
            kept[name].ShouldBe(
                text, $"{name} is not what the code gives: run db/regenerate and commit what it writes");
        }

        fresh.Delete(recursive: true);
    }

    [Fact]
    public async Task a_database_made_from_the_schema_file_is_what_the_service_wants()
    {
        await using var database = await TestDatabase.Create();
        await using var service = new CalendarService(
            database, new Uri("http://127.0.0.1:1/EWS/Exchange.asmx"), []);

        var told = await service.Command("db-assert");

        told.ShouldContain("No database differences detected for 'Main'");
        told.ShouldContain("No database differences detected for 'WolverineEnvelopeStorage'");
    }

    private static Dictionary<string, string> Files(string root, string folder, string pattern = "*") =>
        Directory.GetFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText);
}
