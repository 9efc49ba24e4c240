using HybridCalendar.Adapters.Exchange.Autodiscover;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>The questions that the service asks a calendar server. Nothing of the server's protocol shows
/// here.</summary>
public interface ICalendars
{
    /// <summary>One page of what changed in a calendar since a cursor, each item read in full.</summary>
    /// <param name="cursor">Where the last page ended; null reads everything.</param>
    /// <param name="again">Items to read once more although they did not change, e.g. because they were
    /// unreadable.</param>
    /// <returns><see cref="Reply{T}.Gone"/> when the server does not know the cursor any more: begin with
    /// null.</returns>
    Task<Reply<CalendarPage>> ReadChanges(
        WatchedMailbox mailbox,
        string? cursor,
        IReadOnlyCollection<string> again,
        CancellationToken cancellation);

    /// <summary>
    /// What the server itself shows of a calendar in a span of time, series taken apart into occurrences.
    /// </summary>
    /// <returns>Each entry that overlaps the span; <see cref="Reply{T}.Refused"/> when there are too many to
    /// be listed, or one has no readable time.</returns>
    Task<Reply<IReadOnlyList<WindowEntry>>> ReadWindow(
        WatchedMailbox mailbox, Instant from, Instant to, CancellationToken cancellation);

    /// <summary>Whether the mailbox answers by itself that its owner is away.</summary>
    Task<Reply<AutomaticReplies>> ReadAutomaticReplies(
        WatchedMailbox mailbox, CancellationToken cancellation);

    /// <summary>
    /// Where mailboxes are. To be asked now and then: it searches those that are new, old or in doubt.
    /// </summary>
    /// <returns>What is known of each; who is missing was not searched yet.</returns>
    Task<IReadOnlyDictionary<MailboxId, Discovery>> Locate(
        IReadOnlyCollection<WatchedMailbox> mailboxes, CancellationToken cancellation);

    /// <summary>Signals of change in a group of calendars, without end: interruptions are mended and
    /// told.</summary>
    /// <param name="group">
    /// At most <see cref="Bounds.MailboxesPerStream"/> mailboxes of the same location.
    /// </param>
    IAsyncEnumerable<CalendarSignal> Watch(
        IReadOnlyList<WatchedMailbox> group, CancellationToken cancellation);
}

/// <summary>A mailbox to be read: which, at what address, and how its texts are sealed.</summary>
public sealed record WatchedMailbox(MailboxId Id, string Address, MailboxSeal Seal)
{
    public MailboxKind Kind { get; init; }

    // A record would print the address, and what is printed is logged.
    public override string ToString() => Id.ToString();
}

/// <summary>A page of changes.</summary>
/// <param name="Cursor">Where the next page begins. Opaque; kept as it is.</param>
/// <param name="IsLast">Whether there is nothing more for now.</param>
public sealed record CalendarPage(string Cursor, bool IsLast, IReadOnlyList<ItemRead> Items);

/// <summary>A single meeting, or one occurrence of a series, as the server shows it.</summary>
/// <param name="ItemId">Of the occurrence where it is one, and not of its series.</param>
/// <param name="GlobalId">As for <see cref="ItemRead.Meeting"/>; occurrences have that of their series.
/// </param>
/// <param name="Shown">When it is.</param>
public sealed record WindowEntry(string ItemId, string GlobalId, ShownOccurrence Shown);

/// <summary>One item of a page. Exactly one of the nested cases.</summary>
/// <param name="ItemId">The server's id of the item, case-sensitive; another one after the item was
/// moved.</param>
public abstract record ItemRead(string ItemId)
{
    /// <summary>A meeting, as it stands in the calendar.</summary>
    /// <param name="GlobalId">What its copies in all calendars share: CleanGlobalObjectId as upper-case
    /// hex, else the iCalendar UID.</param>
    public sealed record Meeting(
        string ItemId, string GlobalId, string ChangeKey, Instant? ChangedAt, MeetingFacts Facts)
            : ItemRead(ItemId)
    {
        /// <summary>
        /// Which texts it has; null for what the calendar's owner planned himself, and for what is cancelled.
        /// </summary>
        public InvitationTexts? Texts { get; init; }
    }

    /// <summary>It is not in the calendar any more.</summary>
    public sealed record Removed(string ItemId) : ItemRead(ItemId);

    /// <summary>It is there and cannot be understood.</summary>
    /// <param name="Reason">What is wrong with it, in words that hold nothing of its text.</param>
    public sealed record Unreadable(string ItemId, string Reason) : ItemRead(ItemId)
    {
        /// <summary>As for <see cref="Meeting"/>; null when the server did not even give the item.</summary>
        public string? GlobalId { get; init; }
    }
}

/// <summary>What a watched group of calendars signals. Exactly one of the nested cases.</summary>
public abstract record CalendarSignal
{
    private CalendarSignal() { }

    /// <summary>From now on changes of these mailboxes are signalled; what changed before may not have
    /// been.</summary>
    public sealed record Opened(IReadOnlyList<MailboxId> Mailboxes) : CalendarSignal;

    /// <summary>Something changed in this calendar: look.</summary>
    public sealed record Changed(MailboxId Mailbox) : CalendarSignal;

    /// <summary>Nothing changed, and the connection lives.</summary>
    public sealed record Alive : CalendarSignal;

    /// <summary>This mailbox cannot be watched for now; it is tried again with the next opening.</summary>
    public sealed record Refused(MailboxId Mailbox, string Code) : CalendarSignal
    {
        /// <summary>What is to be done about it, by its code.</summary>
        public Reaction Reaction => Codes.ReactionTo(Code);
    }

    /// <summary>These mailboxes may be on another server from now on: find it again.</summary>
    public sealed record Moved(IReadOnlyList<MailboxId> Mailboxes) : CalendarSignal;

    /// <summary>The connection ended; another is being opened.</summary>
    /// <param name="Reason">One of the adapter's own words, no text of the server's.</param>
    public sealed record Interrupted(string Reason) : CalendarSignal;
}
