namespace HybridCalendar.Domain.Joining;

/// <summary>How sure it is that a link leads to the meeting at hand.</summary>
internal enum Leads
{
    /// <summary>To one meeting.</summary>
    ToMeeting,

    /// <summary>To somebody's room, which often stands in a signature only.</summary>
    ToRoom,
}

/// <summary>What the join links of a provider look like: data, no code.</summary>
/// <param name="Name">Unique; kept with every target that the rule finds, so never changed.</param>
/// <param name="Hosts">Lower case; "*.example.com" is any host below example.com, but not it itself.</param>
/// <param name="Paths">
/// Parts between slashes: text in any case, "*" for any part, "#" for digits, "x" for a letter in a part
/// that has letters x and hyphens only, "**" for any number of parts, at most once.
/// </param>
internal sealed record LinkRule(string Name, string Provider, Leads Leads, string[] Hosts, string[] Paths)
{
    private readonly string[][] paths =
        [.. Paths.Select(path => path.Split('/', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>A name that the query has; null when any query will do.</summary>
    public string? Needs { get; init; }

    /// <summary>A text that the decoded query does not have, in any case.</summary>
    public string? Refuses { get; init; }

    /// <summary>The name under which the query has a passcode; null where links carry none.</summary>
    public string? Passcode { get; init; }

    public bool Matches(Link link) =>
        Hosts.Any(host => HostMatches(host, link.Host))
        && paths.Any(path => PathMatches(path, link.Segments))
        && (Needs is null || link.Parameter(Needs) is { Length: > 0 })
        && (Refuses is null
            || !Uri.UnescapeDataString(link.Query).Contains(Refuses, StringComparison.OrdinalIgnoreCase));

    public bool HasPasscode(Link link) => Passcode is not null && link.Parameter(Passcode) is { Length: > 0 };

    private static bool HostMatches(string pattern, string host) => pattern.StartsWith('*')
        ? host.Length >= pattern.Length && host.EndsWith(pattern[1..], StringComparison.Ordinal)
        : host == pattern;

    private static bool PathMatches(ReadOnlySpan<string> pattern, IReadOnlyList<string> segments)
    {
        var any = pattern.IndexOf("**");
        if (any < 0)
        {
            return pattern.Length == segments.Count && AllMatch(pattern, segments, 0);
        }

        var tail = pattern[(any + 1)..];
        return segments.Count >= pattern.Length - 1
            && AllMatch(pattern[..any], segments, 0)
            && AllMatch(tail, segments, segments.Count - tail.Length);
    }

    private static bool AllMatch(ReadOnlySpan<string> pattern, IReadOnlyList<string> segments, int offset)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (!PartMatches(pattern[i], segments[offset + i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool PartMatches(string pattern, string segment) => pattern switch
    {
        "*" => true,
        "#" => segment.All(char.IsAsciiDigit),
        _ when pattern.All(c => c is 'x' or '-') => pattern.Length == segment.Length
            && pattern.Zip(segment).All(p => p.First == '-' ? p.Second == '-' : char.IsAsciiLetter(p.Second)),
        _ => pattern.Equals(segment, StringComparison.OrdinalIgnoreCase),
    };
}
