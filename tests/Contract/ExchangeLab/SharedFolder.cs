namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>The folder of schemas and vectors that lies beside the project on some machines.</summary>
internal static class SharedFolder
{
    /// <summary>A path below the folder; the calling test is skipped where it does not exist.</summary>
    public static string Path(string below)
    {
        var start = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = start; folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "shared", below);
            if (File.Exists(path) || Directory.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"There is no folder \"shared\" with {below} above the tests: this cannot be checked.");
        return "";
    }
}
