using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Domain.Joining;

/// <summary>What may become a way to join, and everything by which it is compared.</summary>
/// <param name="Aim">Among those of one kind, the lower the surer.</param>
/// <param name="Line">In the text of its place.</param>
/// <param name="Address">As it is written, before what is near it becomes part of it.</param>
internal sealed record Candidate(
    JoinKind Kind,
    string Provider,
    FoundIn Place,
    string Rule,
    string Address,
    bool Quoted,
    int Aim,
    int Line)
{
    /// <summary>The host has much else, or only the form of the address tells.</summary>
    public bool Maybe { get; init; }

    /// <summary>Of the address itself.</summary>
    public string? MeetingId { get; init; }

    /// <summary>Of the address itself.</summary>
    public string? Passcode { get; init; }

    /// <summary>What is looked for near the address.</summary>
    public Beside Beside { get; init; }

    /// <summary>How the address is dialled; null where it is dialled as it is written.</summary>
    public SipRule? Dialled { get; init; }

    /// <summary>The first that its rule found in the same place, quoted or not.</summary>
    public int RuleFirst { get; init; }
}
