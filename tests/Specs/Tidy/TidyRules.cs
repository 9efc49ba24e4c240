using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace HybridCalendar.Specs.Tidy;

/// <summary>What must not be in a file. Each rule is pure and answers with its complaints.</summary>
/// <remarks>Forbidden words are put together from pieces, or this file would break its own rules.</remarks>
internal static partial class TidyRules
{
    private const int FileLinesMax = 250;
    private const int LineCharactersMax = 110;

    private static readonly string[] _leftovers = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X"];
    private static readonly string _notWritten = "NotImplemented" + "Exception";
    private static readonly string[] _registries =
        ["nuget" + ".org", "npmjs" + ".", "yarnpkg" + ".", "debian" + ".org", "ubuntu" + ".com"];

    /// <summary>Who may reference whom below src: Domain by all, and everything by Host.</summary>
    private static readonly Dictionary<string, string[]> _arrows = new()
    {
        ["Domain"] = [],
        ["Projections"] = ["Domain", "Patched.DistributedLock.Postgres"],
        ["Adapters"] = ["Domain"],
        ["Host"] = ["Adapters", "Domain", "Projections"],
    };

    public static IEnumerable<string> TooLong(string file, string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        if (lines.Length > FileLinesMax)
        {
            yield return $"{file} has {lines.Length} lines, more than {FileLinesMax}: split it by noun";
        }

        foreach (var (number, line) in lines.Index())
        {
            if (line.Length > LineCharactersMax && !line.Contains("https://", StringComparison.Ordinal))
            {
                yield return $"{file}:{number + 1} has {line.Length} characters, over {LineCharactersMax}";
            }
        }
    }

    public static IEnumerable<string> Unfinished(string file, string text) =>
        from word in _leftovers.Append(_notWritten)
        where Regex.IsMatch(text, $@"\b{word}\b")
        select $"{file} says {word}: do it, or leave it out";

    public static IEnumerable<string> FixedWaits(string file, string text) =>
        from wait in FixedWait().Matches(text)
        select $"{file} has {wait.Value}...): wait for what is to happen, with a deadline";

    /// <summary>Names of test methods are five words or more with underscores between.</summary>
    /// <param name="tests">The text of all tests.</param>
    public static IEnumerable<string> MissingTests(string file, string text, string tests) =>
        from name in TestName().Matches(text)
        where !tests.Contains(' ' + name.Groups[1].Value + '(', StringComparison.Ordinal)
        select $"{file} names the test {name.Groups[1].Value}, which is not there";

    public static IEnumerable<string> RegistryHosts(string file, string text) =>
        from host in _registries
        where text.Contains(host, StringComparison.OrdinalIgnoreCase)
        select $"{file} names {host}: where packages come from is the machine's choice";

    public static IEnumerable<string> WrongArrows(string project, string csproj)
    {
        var actual =
            from reference in XDocument.Parse(csproj).Descendants("ProjectReference")
            let path = reference.Attribute("Include")?.Value ?? ""
            select Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
        var references = actual.Order(StringComparer.Ordinal).ToArray();
        if (!_arrows.TryGetValue(project, out var allowed))
        {
            yield return $"src/{project} is not a project of the design";
        }
        else if (!references.SequenceEqual(allowed))
        {
            yield return $"src/{project} references [{string.Join(", ", references)}], "
                + $"not [{string.Join(", ", allowed)}]";
        }
    }

    [GeneratedRegex("`([a-z0-9]+(?:_[a-z0-9]+){4,})`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"Thread\.Sleep\s*\(|Task\.Delay\s*\(\s*[0-9]")]
    private static partial Regex FixedWait();
}
