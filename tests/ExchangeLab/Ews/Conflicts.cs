using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>What to do with a write to an item that somebody else changed meanwhile.</summary>
internal enum ConflictResolution
{
    NeverOverwrite,
    AutoResolve,
    AlwaysOverwrite,
}

/// <summary>Finds out which of a client's changes meet a change that it has not seen.</summary>
internal static class Conflicts
{
    /// <summary>
    /// The changes whose property is another one now than at the client's change key; all of them when the
    /// key is too old.
    /// </summary>
    /// <param name="changeKey">Null when the client gave none.</param>
    public static IReadOnlyList<ItemUpdate> Find(
        ItemView now,
        IReadOnlyList<ItemUpdate> updates,
        string? changeKey,
        ConflictResolution resolution,
        EwsCall call)
    {
        if (string.IsNullOrEmpty(changeKey))
        {
            return resolution == ConflictResolution.AlwaysOverwrite ? [] : throw new EwsError(
                "ErrorChangeKeyRequiredForWriteOperations",
                "The change key is required for this operation.");
        }

        var change = ChangeKeys.Read(now.Entry.Mailbox.Id, changeKey)
            ?? throw new EwsError("ErrorInvalidChangeKey", "The change key is invalid.");
        if (change == now.Entry.ChangeNumber || resolution == ConflictResolution.AlwaysOverwrite)
        {
            return [];
        }

        if (resolution == ConflictResolution.NeverOverwrite)
        {
            throw new EwsError("ErrorIrresolvableConflict", "The send or update operation could not be "
                + "performed because the change key passed in the request does not match the current "
                + "change key for the item.");
        }

        return now.Entry.At(change) is { } before
            ? [.. updates.Where(update =>
                ItemValue.Of(update.Path, now, call)
                    != ItemValue.Of(update.Path, Seen(before, now), call))]
            : updates;
    }

    /// <summary>
    /// A client's change to a property that somebody else changed too wins, but what is to be kept from
    /// others stays so.
    /// </summary>
    public static IEnumerable<ItemUpdate> Resolve(
        IReadOnlyList<ItemUpdate> updates, IReadOnlyList<ItemUpdate> conflicts, Sensitivity now) =>
        updates.Where(update => update.Path.Field != "item:Sensitivity" || !conflicts.Contains(update)
            || XmlReading.Word<Sensitivity>(update.Value?.Value ?? "Normal", "Sensitivity") > now);

    private static ItemView Seen(CalendarEntry before, ItemView now) => now.Occurrence.Date is { } date
        && Occurrences.IsRuleDate(before.Content, date)
            ? new ItemView(before, Occurrences.At(before.Content, date))
            : ItemView.Of(before);
}
