using HybridCalendar.Specs.Tidy;

namespace HybridCalendar.Specs.Stored;

/// <summary>Files of what the store has once written, byte for byte.</summary>
internal static class Golden
{
    private const string Folder = "tests/Specs/Stored/Golden";

    /// <summary>Stored names, and what it is an example of after a dot: the names of the files.</summary>
    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal);

    public static bool Exists(string name) => File.Exists(PathOf(name));

    /// <summary>What to do about a file that is missing.</summary>
    public static string HowToMake(string name) =>
        $"{Folder}/{name}.json is missing. GOLDEN=accept ./test GoldenSpecs writes it; then read it.";

    public static string Read(string name)
    {
        if (!Exists(name) && Environment.GetEnvironmentVariable("GOLDEN") == "accept")
        {
            Write(name);
        }

        Exists(name).ShouldBeTrue(HowToMake(name));
        return File.ReadAllText(PathOf(name));
    }

    /// <summary>A file that is there is never written again.</summary>
    private static void Write(string name)
    {
        var json = StoreSerializer.Write(EventExamples.All[name]);
        using var file = new FileStream(PathOf(name), FileMode.CreateNew);
        file.Write(System.Text.Encoding.UTF8.GetBytes(json));
    }

    private static string PathOf(string name) => Path.Combine(Repository.Root, Folder, $"{name}.json");
}
