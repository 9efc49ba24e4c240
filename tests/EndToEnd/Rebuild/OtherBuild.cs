using HybridCalendar.EndToEnd.Cluster;

namespace HybridCalendar.EndToEnd.Rebuild;

/// <summary>
/// The service built from a copy of the sources in which a read model shows something more: presence counts
/// how often it changed, and is version 2.
/// </summary>
internal sealed class OtherBuild : IDisposable
{
    private static readonly string[] Parts =
    [
        "src", "db/Patched.DistributedLock.Postgres", "Directory.Build.props", "Directory.Packages.props",
        "BannedSymbols.txt", ".editorconfig", "global.json", "NuGet.config", "nuget.config",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("calendar-other-build-");

    public (string Folder, string Assembly) Program =>
        (Path.Combine(folder.FullName, "src", "Host"), "HybridCalendar.Host");

    public static async Task<OtherBuild> Make()
    {
        var build = new OtherBuild();
        foreach (var part in Parts.Where(part => Path.Exists(Path.Combine(Shell.Root, part))))
        {
            var to = Path.Combine(build.folder.FullName, Path.GetDirectoryName(part) ?? "");
            Directory.CreateDirectory(to);
            (await Shell.Run("cp", ["-r", Path.Combine(Shell.Root, part), to])).Code.ShouldBe(0);
        }

        // What is built lies where it lay in the other folder, and is not to be used.
        (await Shell.Run("find", [build.folder.FullName, "-name", "obj", "-exec", "rm", "-r", "{}", "+"]))
            .Code.ShouldBe(0);
        await build.Change("src/Projections/Catalog.cs", "(\"presence\", 1,", "(\"presence\", 2,");
        await build.Change(
            "src/Projections/Presence.cs",
            "public required AutomaticReplies Replies { get; init; }",
            "public required AutomaticReplies Replies { get; init; } public int Changes { get; init; }");
        await build.Change(
            "src/Projections/Presence.cs",
            "new Presence { Id = id, Replies = e.Replies }",
            "new Presence { Id = id, Replies = e.Replies, Changes = (presence?.Changes ?? 0) + 1 }");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var outcome = await Shell.Run(
            "dotnet",
            ["build", build.Program.Folder, "-c", configuration, "-v", "quiet", "--disable-build-servers"]);
        outcome.Code.ShouldBe(0, outcome.Answer);
        return build;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task Change(string file, string from, string to)
    {
        var path = Path.Combine(folder.FullName, file);
        var text = await File.ReadAllTextAsync(path);
        text.ShouldContain(from);
        await File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}
