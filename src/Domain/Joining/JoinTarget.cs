namespace HybridCalendar.Domain.Joining;

/// <summary>What kind of address a way to join is.</summary>
public enum JoinKind
{
    /// <summary>A web link, always https.</summary>
    Https,

    /// <summary>A SIP or SIPS URI (RFC 3261).</summary>
    Sip,
}

/// <summary>Which part of an invitation a way to join was found in, the stronger first.</summary>
public enum FoundIn
{
    Location,
    Body,
}

/// <summary>A way to join, in the clear: exists in memory only, until it is sealed.</summary>
/// <param name="Provider">Stable lower-case name: webex, teams, zoom, google-meet;
/// or sip where only the URI is known.</param>
/// <param name="Rule">The name of the rule that found it, for the question "why this one?".</param>
public sealed record FoundTarget(
    JoinKind Kind, string Provider, FoundIn FoundIn, string Rule, string Address);

/// <summary>A way to join a meeting, as it is kept.</summary>
public sealed record JoinTarget(JoinKind Kind, string Provider, FoundIn FoundIn, string Rule, Sealed Address);
