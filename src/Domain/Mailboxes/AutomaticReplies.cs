using NodaTime;

namespace HybridCalendar.Domain.Mailboxes;

/// <summary>Whether a mailbox answers by itself that its owner is away.</summary>
public enum AutomaticRepliesState
{
    Disabled,
    Enabled,
    Scheduled,
}

/// <summary>A mailbox's automatic replies, as Exchange has them (EWS: GetUserOofSettings).</summary>
/// <param name="State">Scheduled counts only within the span.</param>
/// <param name="Start">First instant away (inclusive); null unless scheduled.</param>
/// <param name="End">First instant back (exclusive); null unless scheduled.</param>
public sealed record AutomaticReplies(AutomaticRepliesState State, Instant? Start = null, Instant? End = null)
{
    /// <summary>What a mailbox has before anybody looked: no automatic replies.</summary>
    public static AutomaticReplies Disabled { get; } = new(AutomaticRepliesState.Disabled);

    /// <summary>
    /// Whether the owner is away at an instant. Nothing is announced at the borders: ask again then.
    /// </summary>
    public bool AwayAt(Instant now) => State switch
    {
        AutomaticRepliesState.Disabled => false,
        AutomaticRepliesState.Enabled => true,
        AutomaticRepliesState.Scheduled => Start <= now && now < End,
        _ => throw new System.Diagnostics.UnreachableException($"{State} is not known"),
    };
    /// <summary>The next instant at which the owner goes or comes back; null when none is known.</summary>
    public Instant? ChangesAt(Instant now) =>
        State != AutomaticRepliesState.Scheduled ? null
        : now < Start ? Start
        : now < End ? End
        : null;
}
