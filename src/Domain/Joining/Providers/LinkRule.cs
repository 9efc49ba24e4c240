using System.Globalization;

namespace HybridCalendar.Domain.Joining.Providers;

/// <summary>How sure it is that an address leads to the meeting at hand.</summary>
internal enum Leads
{
    /// <summary>To one meeting.</summary>
    Meeting,

    /// <summary>To somebody's room, which often stands in a signature only.</summary>
    Room,

    /// <summary>
    /// Perhaps to a meeting: the host has much else, or only the form of the address tells.
    /// </summary>
    Maybe,
}

/// <summary>What is written near an address and belongs to it.</summary>
[Flags]
internal enum Beside
{
    None = 0,
    Id = 1,
    Passcode = 2,
}

/// <summary>What the join links of a provider look like: a line of the table.</summary>
/// <param name="Name">Unique; kept with every target that the rule finds, so never changed.</param>
internal sealed record LinkRule(
    string Name, string Provider, Leads Leads, HostPattern[] Hosts, PathPattern[] Paths)
{
    public PathPattern[] Except { get; init; } = [];

    /// <summary>Names of which the query has one; any query will do when there are none.</summary>
    public string[] Needs { get; init; } = [];

    /// <summary>A text that the decoded query does not have, in any case.</summary>
    public string? Refuses { get; init; }

    /// <summary>The meeting's id, of what the link has.</summary>
    public Template? Id { get; init; }

    /// <summary>The name under which the query has a passcode; null where links carry none.</summary>
    public string? Passcode { get; init; }

    /// <summary>What is written near the link and needed on joining.</summary>
    public Beside Beside { get; init; }

    /// <summary>
    /// SIP addresses, without the scheme, of the same meeting: the first that can be filled.
    /// </summary>
    public Template[] Dial { get; init; } = [];

    /// <summary>What the link has in the gaps of the path; null when it is not of this rule.</summary>
    public IReadOnlyList<string>? Match(Link link)
    {
        if (!IsOf(link.Host) || FirstOf(Paths, link) is not { } captured)
        {
            return null;
        }

        return link.IsFile
            || FirstOf(Except, link) is not null
            || (Needs.Length > 0 && !Needs.Any(name => link.Parameter(name) is { Length: > 0 }))
            || (Refuses is not null
                && Uri.UnescapeDataString(link.Query).Contains(Refuses, StringComparison.OrdinalIgnoreCase))
            ? null
            : captured;
    }

    public string? PasscodeOf(Link link) =>
        Passcode is not null && link.Parameter(Passcode) is { Length: > 0 } passcode ? passcode : null;

    public string? IdOf(Link link, IReadOnlyList<string> captured) =>
        Id?.Fill(name => ValueOf(name, link, captured));

    /// <summary>
    /// The SIP URI of the same meeting; null where the provider has none, or the link too little.
    /// </summary>
    public string? SipOf(Link link, IReadOnlyList<string> captured) =>
        Dial.Select(dial => dial.Fill(name => ValueOf(name, link, captured)))
            .FirstOrDefault(SipAddress.IsWellFormed) is { } address
            ? $"sip:{address}"
            : null;

    private bool IsOf(string host)
    {
        foreach (var pattern in Hosts)
        {
            if (pattern.Matches(host))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<string>? FirstOf(PathPattern[] paths, Link link)
    {
        foreach (var path in paths)
        {
            if (path.Match(link) is { } captured)
            {
                return captured;
            }
        }

        return null;
    }

    private static string? ValueOf(string name, Link link, IReadOnlyList<string> captured) => name switch
    {
        "host" => link.Host,
        [>= '1' and <= '9'] => captured.ElementAtOrDefault(
            int.Parse(name, NumberStyles.None, NumberFormatInfo.InvariantInfo) - 1) is { } part
            ? Decoded(part)
            : null,
        _ => link.Parameter(name),
    };

    /// <summary>An id has no blanks: one that would have them by decoding is written as it is.</summary>
    private static string Decoded(string part) =>
        Uri.UnescapeDataString(part) is var decoded && decoded.Any(char.IsWhiteSpace) ? part : decoded;
}
