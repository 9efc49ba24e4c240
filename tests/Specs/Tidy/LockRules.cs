using System.Text.Json;

namespace HybridCalendar.Specs.Tidy;

/// <summary>Which locked versions would be others where the registry has every version.</summary>
/// <remarks>
/// NuGet takes the lowest version that was asked for. Where a registry lacks that one, it takes a higher one
/// and, when a lock file is written or used, does not say so. The same lock file is then refused where the
/// registry is complete. So a parent or a pin must have asked for each locked version exactly.
/// </remarks>
internal static class LockRules
{
    public static IEnumerable<string> NobodyAskedFor(string file, string text)
    {
        using var document = JsonDocument.Parse(text);
        foreach (var framework in document.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            var asked = Asked(framework.Value)
                .ToLookup(ask => ask.Package, ask => ask.Version, StringComparer.OrdinalIgnoreCase);
            foreach (var package in framework.Value.EnumerateObject())
            {
                if (package.Value.GetProperty("type").GetString() == "Project")
                {
                    continue;
                }

                var locked = Lowest(package.Value.GetProperty("resolved").GetString()!);
                if (!asked[package.Name].Contains(locked))
                {
                    yield return $"{file}: {framework.Name}: {package.Name} {locked} is locked, "
                        + $"but asked for is [{string.Join(", ", asked[package.Name])}]: pin it";
                }
            }
        }
    }

    private static IEnumerable<(string Package, string Version)> Asked(JsonElement packages)
    {
        foreach (var package in packages.EnumerateObject())
        {
            if (package.Value.TryGetProperty("requested", out var range))
            {
                yield return (package.Name, Lowest(range.GetString()!));
            }

            if (package.Value.TryGetProperty("dependencies", out var dependencies))
            {
                foreach (var dependency in dependencies.EnumerateObject())
                {
                    yield return (dependency.Name, Lowest(dependency.Value.GetString()!));
                }
            }
        }
    }

    /// <summary>The lower end of a range such as "[1.2.3, )", without a fourth number that is zero.</summary>
    private static string Lowest(string range)
    {
        var version = range.Split(',')[0].Trim('[', '(', ']', ')', ' ');
        return version.Count(c => c == '.') == 3 && version.EndsWith(".0", StringComparison.Ordinal)
            ? version[..^2]
            : version;
    }
}
