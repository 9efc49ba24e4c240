using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>How long a Join button is up beyond the meeting itself.</summary>
/// <param name="Lead">How long before the start it comes up: zero to <see cref="Longest"/>.</param>
/// <param name="Tail">How long after the end it goes: zero to <see cref="Longest"/>.</param>
public sealed record JoinTimes(Duration Lead, Duration Tail)
{
    /// <summary>The longest lead and the longest tail.</summary>
    public static readonly Duration Longest = Duration.FromMinutes(60);

    /// <summary>What holds where nobody said otherwise.</summary>
    public static JoinTimes Default { get; } = new(Duration.FromMinutes(5), Duration.Zero);
}

/// <summary>What one mailbox has for itself of the times of its Join buttons.</summary>
/// <param name="Lead">Null: as its kind of mailbox has it.</param>
/// <param name="Tail">Null: as its kind of mailbox has it.</param>
public sealed record OwnJoinTimes(Duration? Lead = null, Duration? Tail = null)
{
    /// <summary>Nothing of its own.</summary>
    public static OwnJoinTimes None { get; } = new();

    /// <summary>What holds for the mailbox.</summary>
    /// <param name="kinds">What its kind of mailbox has.</param>
    public JoinTimes Over(JoinTimes kinds) => new(Lead ?? kinds.Lead, Tail ?? kinds.Tail);
}
