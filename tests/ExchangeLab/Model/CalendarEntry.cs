using System.Collections.Immutable;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>One mailbox's own copy of a meeting: an item in one of its folders.</summary>
public sealed class CalendarEntry(Mailbox mailbox, int serial, string uid, Folder folder, Instant created)
{
    /// <summary>How many of its states an entry remembers.</summary>
    private const int StatesMax = 16;

    private readonly SortedDictionary<long, EntryState> _states = [];
    private ImmutableDictionary<LocalDate, ItemDetails> _ofExceptions =
        ImmutableDictionary<LocalDate, ItemDetails>.Empty;
    private string? _id;

    public Mailbox Mailbox { get; } = mailbox;

    public int Serial { get; } = serial;

    public string Uid { get; } = uid;

    public Folder Folder { get; } = folder;

    public Instant Created { get; } = created;

    /// <summary>
    /// What it says. An exception has a copy of the series' details from the time when it came to be.
    /// </summary>
    public required MeetingContent Content
    {
        get;
        set
        {
            field = value;
            _ofExceptions = value.Changed.Keys.ToImmutableDictionary(
                date => date, date => _ofExceptions.GetValueOrDefault(date, Details));
        }
    }

    /// <summary>What this mailbox keeps with it.</summary>
    public ItemDetails Details { get; set; } = new();

    public required Response Response { get; set; }

    /// <summary>A copy that a person made by hand: later updates of the meeting pass it by.</summary>
    public bool IsDetached { get; init; }

    /// <summary>A message that strayed into the calendar folder: no view of the calendar shows it.</summary>
    public bool IsMessage { get; init; }

    /// <summary>Whether synchronization passes it by; views of the calendar show it.</summary>
    public bool IsHidden { get; set; }

    /// <summary>When the owner of the mailbox answered; null for organizers and before an answer.</summary>
    public Instant? RepliedAt { get; set; }

    public Instant Modified { get; set; } = created;

    public long ChangeNumber { get; private set; }

    /// <summary>What the attendees answered, by address; known in the organizer's copy only.</summary>
    public ImmutableDictionary<string, AttendeeReply> Replies { get; set; } =
        ImmutableDictionary.Create<string, AttendeeReply>(StringComparer.OrdinalIgnoreCase);

    public bool IsOrganizer => Response == Response.Organizer;

    public string Id => _id ??= ItemIds.Item(Mailbox.Id, Serial);

    public string ChangeKey => ChangeKeys.Of(Mailbox.Id, ChangeNumber);

    /// <summary>The details of the entry, or of one of its occurrences.</summary>
    public ItemDetails DetailsOf(LocalDate? date) =>
        date is { } day ? _ofExceptions.GetValueOrDefault(day, Details) : Details;

    /// <summary>Gives details to the entry, or to one of its exceptions.</summary>
    public void SetDetails(LocalDate? date, ItemDetails details)
    {
        if (date is { } day)
        {
            _ofExceptions = _ofExceptions.SetItem(day, details);
        }
        else
        {
            Details = details;
        }
    }

    /// <summary>Makes this item's details those of another item, as a move does.</summary>
    public void TakeDetails(CalendarEntry other)
    {
        Details = other.Details;
        _ofExceptions = other._ofExceptions;
        Keep(ChangeNumber);
    }

    /// <summary>Gives the entry a new change key, and remembers what it says under it.</summary>
    public void Keep(long change)
    {
        ChangeNumber = change;
        _states[change] = new EntryState(Content, Details, _ofExceptions);
        if (_states.Count > StatesMax)
        {
            _states.Remove(_states.Keys.First());
        }
    }

    /// <summary>
    /// The entry as it was at one of its changes; null when it is too old to be remembered.
    /// </summary>
    public CalendarEntry? At(long change) => !_states.TryGetValue(change, out var state) ? null
        : new CalendarEntry(Mailbox, Serial, Uid, Folder, Created)
        {
            Content = state.Content,
            Response = Response,
            IsMessage = IsMessage,
            Details = state.Details,
            ChangeNumber = ChangeNumber,
            Modified = Modified,
            _ofExceptions = state.OfExceptions,
        };

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
