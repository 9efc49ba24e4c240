using System.Text.Json;

namespace HybridCalendar.Specs;

/// <summary>
/// Test data that lies beside the repository, not in it; a test that needs it is skipped without it.
/// </summary>
internal static class SharedVectors
{
    /// <summary>The cases of a file that is a list.</summary>
    public static IReadOnlyList<JsonElement> Load(string file) =>
        Read(file) is { ValueKind: JsonValueKind.Array } cases ? [.. cases.EnumerateArray()] : [];

    public static JsonElement Read(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        for (; folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "vectors", file);
            if (File.Exists(path))
            {
                return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
            }
        }

        Assert.Skip($"No folder above the tests has shared/vectors/{file}: its cases were not tried.");
        return default;
    }
}
