namespace HybridCalendar.Domain.Joining.Providers;

/// <summary>Whose SIP addresses have which host, and how they are dialled: a line of the table.</summary>
/// <param name="Name">Unique; kept with every target that the rule finds, so never changed.</param>
/// <param name="User">The part before the "@" that is one; null for any, which may be a person's
/// name.</param>
/// <param name="Dial">What is dialled, without the scheme: the first that can be filled.</param>
/// <param name="Beside">What is written near the address and becomes part of it.</param>
internal sealed record SipRule(
    string Name, string Provider, HostPattern[] Hosts, string? User, Template[] Dial, Beside Beside)
{
    /// <summary>An address without "sip:" is one too, unless it stands after "mailto:".</summary>
    public bool IsBare { get; init; }

    public bool Matches(string user, string host) =>
        Hosts.Any(pattern => pattern.Matches(host))
        && (User is null || User.Equals(user, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The URI to dial. An address whose user has a dot has the number and the passcode already.
    /// </summary>
    /// <returns>Null when the address is none without what should be written near it.</returns>
    public string? UriOf(string scheme, string user, string host, string? id, string? passcode)
    {
        var dot = user.LastIndexOf('.');
        string? Value(string name) => name switch
        {
            "user" => user,
            "host" => host,
            "head" => dot < 0 ? null : user[..dot],
            "tail" => dot < 0 ? null : user[(dot + 1)..].ToLowerInvariant(),
            "id" => dot < 0 ? id : null,
            _ => dot < 0 ? passcode : null,
        };
        return Dial.Select(dial => dial.Fill(Value)).FirstOrDefault(SipAddress.IsWellFormed) is { } address
            ? $"{scheme}:{address}"
            : null;
    }
}
