using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>An item as a client can ask for it: an entry of a folder, or one occurrence of it.</summary>
internal sealed record ItemView(CalendarEntry Entry, Occurrence Occurrence)
{
    public ItemKind Kind =>
        Occurrence.Date is not null ? Occurrence.IsException ? ItemKind.Exception : ItemKind.Occurrence
        : Entry.Content.Recurrence is not null ? ItemKind.RecurringMaster
        : ItemKind.Single;

    public string Id => Occurrence.OriginalStart is { } start
        ? ItemIds.Occurrence(Entry.Mailbox.Id, Entry.Serial, start)
        : Entry.Id;

    /// <summary>What the mailbox keeps with it: an exception has its own.</summary>
    public ItemDetails Details => Entry.DetailsOf(Occurrence.IsException ? Occurrence.Date : null);

    /// <summary>That of an exception that has its own, or the meeting's; null for none.</summary>
    public OnlineMeeting? OnlineMeeting => Occurrence.Own?.OnlineMeeting ?? Entry.Content.OnlineMeeting;

    /// <summary>The entry itself: a single item or a master.</summary>
    public static ItemView Of(CalendarEntry entry) => new(entry, Occurrences.Single(entry.Content));
}
