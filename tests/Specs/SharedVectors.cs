using System.Text.Json;

namespace HybridCalendar.Specs;

/// <summary>
/// Test data that lies beside the repository, not in it; a test that needs it is skipped without it.
/// </summary>
internal static class SharedVectors
{
    public static IReadOnlyList<JsonElement> Load(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        for (; folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "vectors", file);
            if (File.Exists(path))
            {
                return [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateArray()];
            }
        }

        Assert.Skip($"No folder above the tests has shared/vectors/{file}: its cases were not tried.");
        return [];
    }
}
