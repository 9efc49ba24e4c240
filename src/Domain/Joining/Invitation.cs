namespace HybridCalendar.Domain.Joining;

/// <summary>In which form Exchange gave a body (EWS: BodyType).</summary>
public enum BodyFormat
{
    Text,
    Html,
}

/// <summary>
/// What an invitation says, where ways to join are looked for: in the clear, in memory only.
/// </summary>
/// <remarks>A class, so that nothing prints it.</remarks>
public sealed class Invitation
{
    /// <summary>
    /// What properties say that are there for nothing else, the surest first; each a link or an address.
    /// </summary>
    public IReadOnlyList<string> OnlineMeeting { get; init; } = [];

    /// <summary>Plain text; null when there is none.</summary>
    public string? Location { get; init; }

    /// <summary>In the form of <see cref="BodyFormat"/>; null when there is none.</summary>
    public string? Body { get; init; }

    public BodyFormat BodyFormat { get; init; }

    /// <summary>
    /// Mail addresses of those who take part: written as SIP they are somebody, not a meeting.
    /// </summary>
    public IReadOnlyCollection<string> People { get; init; } = [];
}
