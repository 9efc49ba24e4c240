using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>A calendar item as Exchange wrote it: in the clear, not yet understood, in memory only.</summary>
/// <remarks>Null is what the item does not have. A class, so that nothing prints it.</remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/calendaritem"/>
internal sealed class RawItem
{
    /// <summary>
    /// Local name of the element that is a calendar item; all others in a calendar folder are something else.
    /// </summary>
    internal const string ElementName = "CalendarItem";

    /// <summary>Something else than a calendar item; nothing more is known of it.</summary>
    internal bool IsOfOtherClass { get; init; }

    internal string? ItemId { get; set; }

    internal string? ChangeKey { get; set; }

    internal string? LastModifiedTime { get; set; }

    internal string? Uid { get; set; }

    /// <summary>Base64.</summary>
    internal string? CleanGlobalObjectId => Extended.GetValueOrDefault(ExtendedName.CleanGlobalObjectId);

    /// <summary>The extended properties that have one value.</summary>
    internal Dictionary<ExtendedName, string> Extended { get; } = [];

    internal string? Subject { get; set; }

    internal string? Location { get; set; }

    internal string? Body { get; set; }

    internal BodyFormat BodyFormat { get; set; }

    /// <summary>Whether the server gave only the beginning of the text.</summary>
    internal bool BodyIsTruncated { get; set; }

    /// <summary>The link of the online meeting, as Exchange itself keeps it.</summary>
    internal string? JoinOnlineMeetingUrl { get; set; }

    /// <summary>What was found in all of these; null while nobody has looked.</summary>
    internal IReadOnlyList<FoundTarget>? Targets { get; set; }

    /// <summary>Which texts there are; null while nobody has looked.</summary>
    internal InvitationTexts? Texts { get; set; }

    internal string? Start { get; set; }

    internal string? End { get; set; }

    internal RawZone? StartZone { get; set; }

    internal RawZone? EndZone { get; set; }

    internal string? OriginalStart { get; set; }

    internal string? AllDay { get; set; }

    internal string? FreeBusy { get; set; }

    internal string? Sensitivity { get; set; }

    internal string? IsCancelled { get; set; }

    internal string? IsMeeting { get; set; }

    internal string? Type { get; set; }

    internal string? MyResponse { get; set; }

    internal RawPerson? Organizer { get; set; }

    internal List<RawAttendee> Attendees { get; } = [];

    internal RawRecurrence? Recurrence { get; set; }

    internal List<RawOccurrence> Modified { get; } = [];

    /// <summary>Original starts.</summary>
    internal List<string> Deleted { get; } = [];
}

/// <summary>A person as Exchange wrote it.</summary>
internal readonly record struct RawPerson(string Name, string Address)
{
    // What is printed is logged.
    public override string ToString() => nameof(RawPerson);
}

/// <summary>Somebody invited, as Exchange wrote it.</summary>
internal readonly record struct RawAttendee(RawPerson Person, ParticipantRole Role, string Response);

/// <summary>An occurrence that differs from its series, as the series mentions it.</summary>
internal readonly record struct RawOccurrence(
    string ItemId, string OriginalStart, string Start = "", string End = "");

/// <summary>
/// A recurrence as Exchange wrote it: the names of its pattern and range, and all their values.
/// </summary>
internal sealed record RawRecurrence(IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> Values)
{
    internal string Of(string name) => Values.GetValueOrDefault(name, "");
}
