using System.Text.Json;
using System.Text.RegularExpressions;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Benchmarks.Joining;

/// <summary>The naive way: the regular expression of each link of the table over the text.</summary>
internal sealed class NaiveFinder
{
    private static readonly JsonDocumentOptions WithComments =
        new() { CommentHandling = JsonCommentHandling.Skip };

    private readonly Regex[] expressions;

    private NaiveFinder(Regex[] expressions) => this.expressions = expressions;

    public int Count => expressions.Length;

    /// <summary>One expression for each link of the table that the service brings.</summary>
    public static NaiveFinder OfTable()
    {
        using var stream = typeof(ProviderTable).Assembly.GetManifestResourceStream("providers.json")!;
        using var table = JsonDocument.Parse(stream, WithComments);
        return new NaiveFinder(
        [
            .. table.RootElement.GetProperty("providers").EnumerateArray()
                .Where(provider => provider.TryGetProperty("links", out _))
                .SelectMany(provider => provider.GetProperty("links").EnumerateArray())
                .Select(link => Expression(Words(link, "hosts"), Words(link, "paths"))),
        ]);
    }

    /// <summary>How many links of all providers the text has.</summary>
    public int Find(string text) => expressions.Sum(expression => expression.Count(text));

    private static Regex Expression(string[] hosts, string[] paths) => new(
        $@"https?://(?:{string.Join('|', hosts.Select(Host))})(?::\d+)?"
            + $@"(?:{string.Join('|', paths.Select(Path))})(?:[?#][^\s<>""']*)?",
        RegexOptions.Compiled | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static string Host(string pattern) =>
        Regex.Escape(pattern).Replace(@"\*", "[a-z0-9.-]+", StringComparison.Ordinal);

    private static string Path(string pattern) => string.Concat(
        pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => part switch
        {
            "**" => @"(?:/[^\s<>""'/?#]+)*",
            "*" => @"/[^\s<>""'/?#]+",
            ['{', 'd', ..] => @"/\d+",
            ['{', 'g', ..] => @"/[a-z]+(?:-[a-z]+)+",
            ['{', ..] => @"/[\w-]+",
            _ => $"/{Regex.Escape(part)}",
        }));

    private static string[] Words(JsonElement link, string name) =>
        link.GetProperty(name).GetString()!.Split(' ');
}
