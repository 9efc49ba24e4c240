namespace HybridCalendar.Domain.Joining;

/// <summary>What kind of address a way to join is.</summary>
public enum JoinKind
{
    /// <summary>A web link, always https.</summary>
    Https,

    /// <summary>A SIP or SIPS URI without parameters (RFC 3261, 19.1).</summary>
    Sip,

    /// <summary>
    /// An H.323 URL (RFC 3508), or h323: before an IPv4 address, "##" and the meeting's number, as the
    /// systems of Polycom and Zoom are dialled.
    /// </summary>
    H323,

    /// <summary>
    /// A telephone number of a bridge: tel:, the number as E.164, and what is dialled after it, in the commas
    /// and "#" of telephones.
    /// </summary>
    Phone,
}

/// <summary>Which part of an invitation a way to join was found in, the stronger first.</summary>
public enum FoundIn
{
    /// <summary>A property that the calendar itself keeps for the address of the online meeting.</summary>
    OnlineMeeting,
    Location,
    Body,
}

/// <summary>What puts a way to join before the next: the order in which they are compared.</summary>
public enum RankedBy
{
    /// <summary>Telephone numbers come after everything else.</summary>
    NotByPhone,

    /// <summary>The invitation's own text comes before messages quoted in it.</summary>
    OwnText,

    /// <summary>What surely leads into a meeting comes before what may.</summary>
    Certainty,

    /// <summary>The online-meeting property comes before the location, and that before the body.</summary>
    Place,

    /// <summary>Web links come before SIP, and that before H.323.</summary>
    Kind,

    /// <summary>
    /// One meeting comes before somebody's room, a written URI before what is told by its form.
    /// </summary>
    Aim,

    /// <summary>What the rule found that found something first.</summary>
    RuleOrder,

    /// <summary>Of one rule, what carries the passcode.</summary>
    Passcode,

    /// <summary>The first in the text.</summary>
    Position,
}

/// <summary>A way to join, in the clear: exists in memory only, until it is sealed.</summary>
/// <param name="Provider">Stable lower-case name, as the table of providers has it; sip, h323 or phone where
/// only the address is known, other for a link that only the calendar calls one to join by.</param>
/// <param name="Rule">The name of the rule that found it, for the question "why this one?".</param>
public sealed record FoundTarget(
    JoinKind Kind, string Provider, FoundIn FoundIn, string Rule, string Address)
{
    /// <summary>
    /// The meeting's id or number at its provider; null where it has none or joins without.
    /// </summary>
    public string? MeetingId { get; init; }

    /// <summary>What the provider asks for on joining, of the link or written beside it.</summary>
    public string? Passcode { get; init; }

    /// <summary>What put it before the next one; null for the last.</summary>
    public RankedBy? Ahead { get; init; }

    /// <summary>What is printed is logged: no address.</summary>
    public override string ToString() => $"{nameof(FoundTarget)} {Kind} {Provider} {FoundIn} {Rule}";
}

/// <summary>A way to join a meeting, as it is kept.</summary>
public sealed record JoinTarget(JoinKind Kind, string Provider, FoundIn FoundIn, string Rule, Sealed Address)
{
    /// <summary>
    /// The meeting's id or number at its provider; null where there is none, and in events from
    /// before it was kept.
    /// </summary>
    public Sealed? MeetingId { get; init; }

    /// <summary>
    /// What the provider asks for on joining; null where there is none, and in events from before
    /// it was kept.
    /// </summary>
    public Sealed? Passcode { get; init; }

    /// <summary>
    /// What put it before the next one; null for the last, and in events from before it was kept.
    /// </summary>
    public RankedBy? Ahead { get; init; }
}
