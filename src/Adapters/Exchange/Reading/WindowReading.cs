using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Reads a view of a calendar: <see cref="CalendarWindow.Read"/>.</summary>
internal delegate Task<Reply<IReadOnlyList<RawItem>>> ReadView(
    Instant from, Instant to, CancellationToken cancellation);

/// <summary>Reads what the server shows of a calendar in a span of time, and makes entries of it.</summary>
internal sealed class WindowReading(ReadView readView, FetchItems fetch)
{
    private static readonly string[] Uid = ["calendar:UID"];

    internal async Task<Reply<IReadOnlyList<WindowEntry>>> Read(
        Instant from, Instant to, CancellationToken cancellation)
    {
        var reply = await readView(from, to, cancellation);
        if (reply is not Reply<IReadOnlyList<RawItem>>.Answer { Value: var items })
        {
            return reply.Failure<IReadOnlyList<WindowEntry>>()!;
        }

        if (await FindUids(items, cancellation) is { } failure)
        {
            return failure;
        }

        var entries = items.Select(Understand).ToList();
        return entries.Contains(null)
            ? new Reply<IReadOnlyList<WindowEntry>>.Refused(Verdict.MalformedCode, "")
            : new Reply<IReadOnlyList<WindowEntry>>.Answer([.. entries.OfType<WindowEntry>()]);
    }

    // Items that other systems put there may have no global id: only these are opened for their UID.
    private async Task<Reply<IReadOnlyList<WindowEntry>>?> FindUids(
        IReadOnlyList<RawItem> items, CancellationToken cancellation)
    {
        var nameless = items
            .Where(item => item.ItemId is { } && RawValues.Hex(item.CleanGlobalObjectId) is null)
            .ToDictionary(item => item.ItemId!, StringComparer.Ordinal);
        var reply = await fetch([.. nameless.Keys], 0, Uid, cancellation);
        if (reply is not Reply<IReadOnlyList<Fetched>>.Answer { Value: var found })
        {
            return reply.Failure<IReadOnlyList<WindowEntry>>();
        }

        foreach (var one in found)
        {
            nameless[one.ItemId].Uid = one.Item?.Uid;
        }

        return null;
    }

    private static WindowEntry? Understand(RawItem item) =>
        (item.ItemId, RawValues.Time(item.Start), RawValues.Time(item.End)) is ({ } id, { } start, { } end)
            ? new WindowEntry(id, MeetingReading.GlobalId(id, item), new ShownOccurrence(
                start,
                end,
                RawValues.Flag(item.AllDay) ?? false,
                RawValues.Flag(item.IsCancelled) ?? false,
                RawValues.Time(item.OriginalStart)))
            : null;
}
