using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>How a meeting takes up its owner's time (EWS: LegacyFreeBusyStatus).</summary>
public enum ShownAs
{
    Free,
    Tentative,
    Busy,
    OutOfOffice,
    WorkingElsewhere,
    NoData,
}

/// <summary>Who may see what a meeting is about (EWS: Sensitivity).</summary>
public enum Sensitivity
{
    Normal,
    Personal,
    Private,
    Confidential,
}

/// <summary>What somebody answered to an invitation (EWS: ResponseType).</summary>
public enum Response
{
    Unknown,
    Organizer,
    Tentative,
    Accepted,
    Declined,
    None,
}

/// <summary>In which capacity somebody, or a room, is invited.</summary>
public enum ParticipantRole
{
    Required,
    Optional,
    Resource,
}

/// <summary>A person: address, and the name it is shown with.</summary>
public sealed record Person(Sealed Address, Sealed? Name);

/// <summary>Somebody, or a room, who is invited.</summary>
/// <param name="Response">Kept up to date by Exchange in the organizer's own calendar only.</param>
public sealed record Participant(Person Person, ParticipantRole Role, Response Response);

/// <summary>An occurrence of a series that differs from the rest of it.</summary>
/// <param name="OriginalStart">Where the pattern puts it: the occurrence's name within the series.</param>
/// <param name="End">Exclusive.</param>
public sealed record ChangedOccurrence(
    Instant OriginalStart,
    Instant Start,
    Instant End,
    bool AllDay,
    Sealed? Title,
    Sealed? Location,
    ShownAs ShownAs,
    bool IsCancelled,
    ValueList<JoinTarget> JoinTargets);

/// <summary>Everything that a calendar says about one meeting and that is kept.</summary>
public sealed record MeetingFacts
{
    public required When When { get; init; }

    public Sealed? Title { get; init; }

    public Sealed? Location { get; init; }

    /// <summary>Who invited; null for what somebody noted for himself.</summary>
    public Person? Organizer { get; init; }

    /// <summary>In Exchange's order: required, optional, resources.</summary>
    public ValueList<Participant> Participants { get; init; } = [];

    /// <summary>What the calendar's owner answered.</summary>
    public Response Response { get; init; }

    public ShownAs ShownAs { get; init; }

    public Sensitivity Sensitivity { get; init; }

    /// <summary>Ways to join, the best first.</summary>
    public ValueList<JoinTarget> JoinTargets { get; init; } = [];

    /// <summary>By original start.</summary>
    public ValueList<ChangedOccurrence> ChangedOccurrences { get; init; } = [];

    /// <summary>Original starts of the occurrences that do not take place, in order.</summary>
    public ValueList<Instant> DroppedOccurrences { get; init; } = [];

    public bool IsCancelled { get; init; }

    /// <summary>
    /// When the meeting takes place as the server shows it; null while the pattern is known to say it.
    /// </summary>
    public Correction? Correction { get; init; }
}
