using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>
/// Finds the rules of the zone in which a mailbox's owner works; null when nobody knows them.
/// </summary>
internal delegate Task<Reply<ZoneDefinition?>> FindOwnersZone(CancellationToken cancellation);

/// <summary>Gets items in full: <see cref="ItemFetch.Fetch"/>.</summary>
internal delegate Task<Reply<IReadOnlyList<Fetched>>> FetchItems(
    IReadOnlyList<string> ids,
    int decisive,
    IReadOnlyList<string> properties,
    CancellationToken cancellation);

/// <summary>Reads items of one mailbox's calendar and makes meetings of them.</summary>
/// <param name="findOwnersZone">Asked when there is a series that says no zone which is known.</param>
internal sealed class CalendarReading(
    FetchItems fetch, MeetingReading meetings, FindOwnersZone findOwnersZone)
{
    private static readonly string[] OfMeetings = Shapes.OfMeetings;
    private static readonly string[] OfOccurrences = Shapes.OfOccurrences;

    /// <summary>What stands behind each id, in their order.</summary>
    /// <param name="changed">Items that changed just now: one of them at least must be readable.</param>
    /// <param name="again">Items that could not be read before; they may be so still.</param>
    internal async Task<Reply<IReadOnlyList<ItemRead>>> Read(
        IReadOnlyList<string> changed, IReadOnlyList<string> again, CancellationToken cancellation)
    {
        var items = await fetch([.. changed, .. again], changed.Count, OfMeetings, cancellation);
        if (items is not Reply<IReadOnlyList<Fetched>>.Answer { Value: var found })
        {
            return items.Failure<IReadOnlyList<ItemRead>>()!;
        }

        var named = found.Select(one => one.Item).OfType<RawItem>().Where(item => !HasTooMany(item))
            .SelectMany(item => item.Modified).Select(occurrence => occurrence.ItemId);
        string[] wanted = [.. named.Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)];
        var occurrences = await fetch(wanted, 0, OfOccurrences, cancellation);
        if (occurrences is not Reply<IReadOnlyList<Fetched>>.Answer { Value: var changes })
        {
            return occurrences.Failure<IReadOnlyList<ItemRead>>()!;
        }

        ZoneDefinition? owners = null;
        if (found.Any(one => one.Item is { } item && new ItemTimes(item).NeedsOwnersZone))
        {
            var zone = await findOwnersZone(cancellation);
            if (zone.Failure<IReadOnlyList<ItemRead>>() is Reply<IReadOnlyList<ItemRead>>.Busy busy)
            {
                return busy;
            }

            owners = (zone as Reply<ZoneDefinition?>.Answer)?.Value;
        }

        var byId = changes.ToDictionary(one => one.ItemId, StringComparer.Ordinal);
        ItemRead[] read = [.. found.Select(one => Named(Understand(one, byId, owners), one.Item))];
        Telemetry.Count("meeting", read.Count(item => item is ItemRead.Meeting));
        Telemetry.Count("unreadable", read.Count(item => item is ItemRead.Unreadable));
        Telemetry.Count("other-class", found.Count(one => one.Item is { IsOfOtherClass: true }));
        return new Reply<IReadOnlyList<ItemRead>>.Answer(read);
    }

    private static ItemRead Named(ItemRead read, RawItem? item) =>
        read is ItemRead.Unreadable unreadable && item is { }
            ? unreadable with { GlobalId = MeetingReading.GlobalId(read.ItemId, item) }
            : read;

    private ItemRead Understand(
        Fetched one, Dictionary<string, Fetched> occurrences, ZoneDefinition? owners)
    {
        if (!one.Succeeded)
        {
            return one.IsGone
                ? new ItemRead.Removed(one.ItemId)
                : new ItemRead.Unreadable(one.ItemId, $"GetItem: {one.Verdict.Code}");
        }

        if (one.Item is not { } item)
        {
            return new ItemRead.Unreadable(one.ItemId, "GetItem: no item");
        }

        if (item.IsOfOtherClass)
        {
            return new ItemRead.Removed(one.ItemId);
        }

        if (HasTooMany(item))
        {
            var most = Bounds.ExceptionsPerSeries;
            return new ItemRead.Unreadable(one.ItemId, $"ModifiedOccurrences: more than {most}");
        }

        var changed = new List<ChangedOccurrence>();
        foreach (var occurrence in item.Modified)
        {
            switch (Understand(occurrence, item, occurrences, owners))
            {
                case Understood<ChangedOccurrence>.Value value:
                    changed.Add(value.Content);
                    break;
                case Understood<ChangedOccurrence>.Wrong wrong:
                    return new ItemRead.Unreadable(one.ItemId, wrong.Problem);
            }
        }

        return meetings.Read(one.ItemId, item, changed, owners);
    }

    private static bool HasTooMany(RawItem item) => item.Modified.Count > Bounds.ExceptionsPerSeries;

    // Null for an occurrence that was taken out meanwhile: the series has changed, and the next look will
    // tell. One that is only not found has been moved, or may not be seen: the series says when it is.
    private Understood<ChangedOccurrence>? Understand(
        RawOccurrence occurrence,
        RawItem series,
        Dictionary<string, Fetched> occurrences,
        ZoneDefinition? owners)
    {
        if (!occurrences.TryGetValue(occurrence.ItemId, out var one))
        {
            return Wrong("an occurrence has no ItemId");
        }

        return one switch
        {
            { Verdict.Code: Codes.OccurrenceDeleted } => null,
            { IsGone: true } => meetings.ReadOccurrence(occurrence, series, null, owners),
            { Succeeded: false } => Wrong(one.Verdict.Code),
            { Item: { IsOfOtherClass: false } item } =>
                meetings.ReadOccurrence(occurrence, series, item, owners),
            _ => Wrong("an occurrence is no calendar item"),
        };
    }

    private static Understood<ChangedOccurrence> Wrong(string what) =>
        new Understood<ChangedOccurrence>.Wrong($"ModifiedOccurrences: {what}");
}
