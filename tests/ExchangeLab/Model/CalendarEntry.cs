using System.Collections.Immutable;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>One mailbox's own copy of a meeting: an item in one of its folders.</summary>
public sealed class CalendarEntry(Mailbox mailbox, int serial, string uid, Folder folder, Instant created)
{
    private string? _id;

    public Mailbox Mailbox { get; } = mailbox;

    public int Serial { get; } = serial;

    public string Uid { get; } = uid;

    public Folder Folder { get; } = folder;

    public Instant Created { get; } = created;

    public required MeetingContent Content { get; set; }

    public required Response Response { get; set; }

    /// <summary>A copy that a person made by hand: later updates of the meeting pass it by.</summary>
    public bool IsDetached { get; init; }

    /// <summary>A message that strayed into the calendar folder: no view of the calendar shows it.</summary>
    public bool IsMessage { get; init; }

    /// <summary>When the owner of the mailbox answered; null for organizers and before an answer.</summary>
    public Instant? RepliedAt { get; set; }

    public Instant Modified { get; set; } = created;

    public long ChangeNumber { get; set; }

    /// <summary>What the attendees answered, by address; known in the organizer's copy only.</summary>
    public ImmutableDictionary<string, AttendeeReply> Replies { get; set; } =
        ImmutableDictionary.Create<string, AttendeeReply>(StringComparer.OrdinalIgnoreCase);

    public bool IsOrganizer => Response == Response.Organizer;

    public string Id => _id ??= ItemIds.Item(Mailbox.Id, Serial);

    public string ChangeKey => ChangeKeys.Of(Mailbox.Id, ChangeNumber);

    /// <summary>
    /// The entry as it is now: it can be read without the organization's lock, and nobody changes it.
    /// </summary>
    public CalendarEntry Snapshot()
    {
        _ = Id;
        return (CalendarEntry)MemberwiseClone();
    }

    /// <summary>What others see: an unanswered invitation is tentative, a cancelled one free.</summary>
    public ShowAs ShowAsOf(Occurrence occurrence)
    {
        var wanted = occurrence.Own?.ShowAs ?? Content.ShowAs;
        return Response switch
        {
            Response.Organizer or Response.Unknown => wanted,
            _ when Content.Cancelled => ShowAs.Free,
            Response.Accept => wanted,
            _ => wanted == ShowAs.Free ? ShowAs.Free : ShowAs.Tentative,
        };
    }

    /// <summary>Bits of the MAPI appointment state: 1 meeting, 2 received, 4 cancelled.</summary>
    public int State => !Content.IsMeeting ? 0
        : 1 + (IsOrganizer ? 0 : 2) + (Content.Cancelled ? 4 : 0);

    /// <summary>The subject as this mailbox shows it.</summary>
    public string SubjectOf(Occurrence occurrence) =>
        Content.Cancelled && !IsOrganizer
            ? MeetingContent.CancelledPrefix + occurrence.Subject
            : occurrence.Subject;
}
