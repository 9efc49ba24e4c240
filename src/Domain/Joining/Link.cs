namespace HybridCalendar.Domain.Joining;

/// <summary>A web address, split as far as rules ask (RFC 3986).</summary>
/// <param name="Address">As it was written, the scheme raised to https.</param>
/// <param name="Host">Lower case, without port.</param>
/// <param name="Segments">The path's parts, as written; none is empty.</param>
/// <param name="Query">Without its question mark and without the fragment.</param>
internal sealed record Link(string Address, string Host, ValueList<string> Segments, string Query)
{
    private const string Https = "https://";
    private const string Http = "http://";

    /// <summary>
    /// The link that a text is; null when it is none, or one with a user name, which only deceives.
    /// </summary>
    public static Link? Parse(string text)
    {
        var schemeLength = text.StartsWith(Https, StringComparison.OrdinalIgnoreCase) ? Https.Length
            : text.StartsWith(Http, StringComparison.OrdinalIgnoreCase) ? Http.Length
            : 0;
        if (schemeLength == 0)
        {
            return null;
        }

        var rest = text[schemeLength..];
        var fragment = rest.IndexOf('#', StringComparison.Ordinal);
        var bare = fragment < 0 ? rest : rest[..fragment];
        var question = bare.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : bare[(question + 1)..];
        var upToQuery = question < 0 ? bare : bare[..question];
        var slash = upToQuery.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? upToQuery : upToQuery[..slash];
        var path = slash < 0 ? "" : upToQuery[slash..];
        var port = authority.IndexOf(':', StringComparison.Ordinal);
        var host = (port < 0 ? authority : authority[..port]).ToLowerInvariant();
        return host.Length == 0 || authority.Contains('@', StringComparison.Ordinal)
            ? null
            : new Link(Https + rest, host, [.. Parts(path)], query);
    }

    /// <summary>A value of the query, decoded; null when the query does not have the name.</summary>
    public string? Parameter(string name)
    {
        foreach (var pair in Query.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0 && pair.AsSpan(0, equals).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Uri.UnescapeDataString(pair[(equals + 1)..]);
            }
        }

        return null;
    }

    private static string[] Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
