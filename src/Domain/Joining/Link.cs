using System.Globalization;
using System.Text;

namespace HybridCalendar.Domain.Joining;

/// <summary>A web address, split as far as rules ask (RFC 3986).</summary>
/// <param name="Address">As it was written, the scheme raised to https.</param>
/// <param name="Host">Lower case, without port.</param>
/// <param name="Segments">The path's parts, as written; none is empty.</param>
/// <param name="Query">Without its question mark and without the fragment.</param>
/// <param name="Fragment">Without its "#"; pages that are programs keep path and query there.</param>
internal sealed record Link(string Address, string Host, string[] Segments, string Query, string Fragment)
{
    private const string Https = "https://";
    private const string Http = "http://";

    private static readonly string[] Files =
        [".png", ".ico", ".gif", ".jpg", ".jpeg", ".svg", ".webp", ".css", ".js"];

    /// <summary>It was cut for display, as "https://…/j/123...", or a sentence trails off after it.</summary>
    public bool IsCut { get; init; }

    /// <summary>The parts of the fragment's path; empty when it is none.</summary>
    public string[] FragmentSegments { get; } =
        Fragment.StartsWith('/') || Fragment.StartsWith("!/", StringComparison.Ordinal)
            ? Parts(Until(Fragment.TrimStart('!'), '?').Before)
            : [];

    /// <summary>A picture or another piece of a page.</summary>
    public bool IsFile => Segments is [.., var last]
        && Files.Any(end => last.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The link that a text is; null when it is none, or one with a user name, which only deceives.
    /// </summary>
    /// <remarks>"&amp;amp;" is read as "&amp;": text that was once HTML is often left so.</remarks>
    public static Link? Parse(string text)
    {
        var schemeLength = text.StartsWith(Https, StringComparison.OrdinalIgnoreCase) ? Https.Length
            : text.StartsWith(Http, StringComparison.OrdinalIgnoreCase) ? Http.Length
            : 0;
        if (schemeLength == 0)
        {
            return null;
        }

        var rest = text[schemeLength..].Replace("&amp;", "&", StringComparison.OrdinalIgnoreCase);
        if (!Ascii.IsValid(rest))
        {
            var hostEnd = rest.AsSpan().IndexOfAny("/?#") is var end and >= 0 ? end : rest.Length;
            rest = HostInAscii(rest[..hostEnd]) + InAscii(rest[hostEnd..]);
        }

        var (bare, fragment) = Until(rest, '#');
        var (upToQuery, query) = Until(bare, '?');
        var (authority, path) = Until(upToQuery, '/');
        // A dot at the end of a name says that it is whole.
        var host = Until(authority, ':').Before.TrimEnd('.').ToLowerInvariant();
        return host.Length == 0 || authority.Contains('@', StringComparison.Ordinal)
            ? null
            : new Link(Https + rest, host, Parts(path), query, fragment);
    }

    /// <summary>Letters of other alphabets as a browser sends them (RFC 3987, 3.1).</summary>
    public static string InAscii(string text) => Ascii.IsValid(text) ? text : string.Concat(
        text.EnumerateRunes().Select(rune => rune.IsAscii ? $"{rune}" : Uri.EscapeDataString($"{rune}")));

    /// <summary>A name of other letters as DNS has it (RFC 5891); empty where it is none.</summary>
    private static string HostInAscii(string host)
    {
        try
        {
            return new IdnMapping().GetAscii(host.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return "";
        }
    }

    /// <summary>
    /// A value of the query, or else of the fragment's, decoded; null when neither has the name.
    /// </summary>
    public string? Parameter(string name) =>
        Value(Query, name)
        ?? Value(Fragment[(Fragment.IndexOf('?', StringComparison.Ordinal) + 1)..], name);

    private static string? Value(string query, string name)
    {
        foreach (var range in query.AsSpan().Split('&'))
        {
            var pair = query.AsSpan(range);
            var equals = pair.IndexOf('=');
            if (equals >= 0 && pair[..equals].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Uri.UnescapeDataString(pair[(equals + 1)..]);
            }
        }

        return null;
    }

    private static string[] Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static (string Before, string After) Until(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }
}
