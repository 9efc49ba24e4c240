using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>What the service writes into calendars, and what it asks before it does. Nothing of the server's
/// protocol shows here.</summary>
public interface ICalendarEditing
{
    /// <summary>Looks at a meeting, and writes what is decided from that look, unless somebody else writes in
    /// between: then it looks and decides again, at most <see cref="Bounds.LooksPerEdit"/> times.</summary>
    /// <param name="itemId">The server's id of a single meeting, a series or an occurrence. An occurrence
    /// that is written becomes an exception of its series.</param>
    /// <param name="decide">What to write; null for nothing, as when it is there already. It may be asked
    /// several times, and after a broken connection it does not know whether the last write was done: so it
    /// decides from what it sees.</param>
    /// <returns><see cref="Reply{T}.Gone"/> when there is no such meeting any more.</returns>
    /// <exception cref="InvalidOperationException">A text was to be written that had not been given in
    /// full.</exception>
    Task<Reply<WrittenMeeting>> Edit(
        WatchedMailbox mailbox,
        string itemId,
        Func<EditableMeeting, MeetingEdit?> decide,
        CancellationToken cancellation);

    /// <summary>Puts a meeting into its organizer's calendar, unless one with the same key is there
    /// already: to be repeated without harm.</summary>
    /// <remarks>A meeting that its owner deleted is not found any more. Two creations with one key at the
    /// same time can both succeed: one caller, one key.</remarks>
    Task<Reply<WrittenMeeting>> Create(
        WatchedMailbox organizer, NewMeeting meeting, CancellationToken cancellation);

    /// <summary>When people and rooms are free.</summary>
    /// <param name="asker">In whose name to ask: how much is told depends on that.</param>
    /// <param name="addresses">SMTP addresses, any number.</param>
    /// <param name="question">The span of time, and how finely it is cut.</param>
    /// <returns>One result an address, in their order.</returns>
    Task<Reply<IReadOnlyList<FreeBusy>>> ReadFreeBusy(
        WatchedMailbox asker,
        IReadOnlyList<string> addresses,
        FreeBusyQuestion question,
        CancellationToken cancellation);
}

/// <summary>What the service keeps with a meeting, invisible to people and not sent to anybody. A fixed few:
/// servers have room for few names.</summary>
/// <remarks>Stored for ever: none is renamed.</remarks>
public enum MeetingMark
{
    /// <summary>Which space belongs to the meeting.</summary>
    Space,

    /// <summary>Which join information was written.</summary>
    JoinInformation,

    /// <summary>Which wish the meeting came of.</summary>
    CreationKey,
}

/// <summary>Who is told of a write.</summary>
public enum Telling
{
    Nobody,

    /// <summary>Everybody who is invited, by mail.</summary>
    Attendees,
}

/// <summary>A meeting as it stands, in the clear, to decide what to write. In memory only.</summary>
/// <remarks>A class, so that nothing prints it.</remarks>
public sealed class EditableMeeting
{
    /// <summary>What other copies have of it is overwritten with the organizer's next update.</summary>
    public required bool IsOrganizersOwn { get; init; }

    public required string Title { get; init; }

    public required string Location { get; init; }

    /// <summary>The whole text; null when the server did not give all of it: then it must not be
    /// written.</summary>
    public required string? Body { get; init; }

    public required BodyFormat BodyFormat { get; init; }

    /// <summary>Those that there are. An exception has had its own since it was made.</summary>
    public required IReadOnlyDictionary<MeetingMark, string> Marks { get; init; }
}

/// <summary>What to write; null leaves what is there.</summary>
/// <remarks>A class, so that nothing prints it.</remarks>
public sealed class MeetingEdit
{
    public string? Location { get; init; }

    /// <summary>The whole text, in the format that it had.</summary>
    public string? Body { get; init; }

    /// <summary>The marks to be set; those with null are taken away.</summary>
    public IReadOnlyDictionary<MeetingMark, string?> Marks { get; init; } =
        new Dictionary<MeetingMark, string?>();

    public Telling Telling { get; init; }
}

/// <summary>A meeting to be made.</summary>
/// <remarks>A class, so that nothing prints it.</remarks>
public sealed class NewMeeting
{
    /// <summary>The wish that it comes of; a second meeting with it is not made.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    /// <summary>All-day: from midnight to midnight in its zone. A series begins with its first
    /// occurrence.</summary>
    public required When When { get; init; }

    public string Location { get; init; } = "";

    public string Body { get; init; } = "";

    public BodyFormat BodyFormat { get; init; }

    public ShownAs ShownAs { get; init; } = ShownAs.Busy;

    public Sensitivity Sensitivity { get; init; }

    /// <summary>Who is invited, by SMTP address.</summary>
    public IReadOnlyList<(string Address, ParticipantRole Role)> Invited { get; init; } = [];

    /// <summary>Marks besides <see cref="MeetingMark.CreationKey"/>.</summary>
    public IReadOnlyDictionary<MeetingMark, string> Marks { get; init; } =
        new Dictionary<MeetingMark, string>();

    public Telling Telling { get; init; }
}

/// <summary>A meeting after it was written, or was found to need no writing.</summary>
/// <param name="ChangeKey">Its version. A look that gives the same one has seen this write and no
/// other.</param>
/// <param name="WasWritten">False when there was nothing to do.</param>
public sealed record WrittenMeeting(string ItemId, string ChangeKey, bool WasWritten);
