namespace HybridCalendar.Specs.Tidy;

/// <summary>The files that people write: what is built or stored is left out.</summary>
internal static class Repository
{
    private static readonly string[] _notWritten =
        [".git", ".vs", ".idea", ".data", "bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts"];

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Every written file, as a path from the root with forward slashes.</summary>
    public static IEnumerable<string> Files() => Below(Root).Select(FromRoot).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Sources(params string[] folders) =>
        from file in Files()
        where file.EndsWith(".cs", StringComparison.Ordinal)
        where folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal))
        where !file.StartsWith("src/Host/Internal/Generated/", StringComparison.Ordinal)
        select file;

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FromRoot(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder)
                .Where(child => !_notWritten.Contains(Path.GetFileName(child)))
                .SelectMany(Below));

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HybridCalendar.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"{start} is not inside the repository.");
    }
}
