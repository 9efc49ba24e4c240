using HybridCalendar.EndToEnd.Cluster;

namespace HybridCalendar.EndToEnd.Rebuild;

/// <summary>
/// The service as it would be built from sources in which a read model shows something more: presence counts
/// how often it changed, and is version 2.
/// </summary>
/// <remarks>
/// Only the read models are built anew, from a copy; everything else is the program that is there.
/// </remarks>
internal sealed class OtherBuild : IDisposable
{
    private static readonly string Output =
        Path.Combine("bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    private static readonly string[] Parts =
    [
        "src/Domain", "src/Projections", "db/Patched.DistributedLock.Postgres", "Directory.Build.props",
        "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", "global.json",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("calendar-other-build-");

    public (string Folder, string Assembly) Program => (InCopy("src/Host"), "HybridCalendar.Host");

    public static async Task<OtherBuild> Make()
    {
        var build = new OtherBuild();
        foreach (var part in Parts.Append(Path.Combine("src/Host", Output)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(build.InCopy(part))!);
            await Run("cp", "-r", Path.Combine(Shell.Root, part), build.InCopy(part));
        }

        await build.Change("src/Projections/Catalog.cs", "(\"presence\", 1,", "(\"presence\", 2,");
        await build.Change(
            "src/Projections/Presence.cs",
            "public required AutomaticReplies Replies { get; init; }",
            "public required AutomaticReplies Replies { get; init; } public int Changes { get; init; }");
        await build.Change(
            "src/Projections/Presence.cs",
            "new Presence { Id = id, Replies = e.Replies }",
            "new Presence { Id = id, Replies = e.Replies, Changes = (presence?.Changes ?? 0) + 1 }");
        await Run(
            "dotnet", "build", build.InCopy("src/Projections"), "--no-restore", "--no-dependencies",
            "--output", build.InCopy(Path.Combine("src/Host", Output)),
            "-c", Path.GetFileName(Path.GetDirectoryName(Output))!, "-v", "quiet", "--disable-build-servers");
        return build;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string InCopy(string part) => Path.Combine(folder.FullName, part);

    private async Task Change(string file, string from, string to)
    {
        var text = await File.ReadAllTextAsync(InCopy(file));
        text.ShouldContain(from);
        await File.WriteAllTextAsync(InCopy(file), text.Replace(from, to, StringComparison.Ordinal));
    }

    private static async Task Run(string program, params string[] arguments)
    {
        var outcome = await Shell.Run(program, arguments);
        outcome.Code.ShouldBe(0, outcome.Answer + outcome.Told);
    }
}
