using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Reads the ids of all single meetings and series of a calendar, page by page.</summary>
internal sealed class CalendarListing(EwsClient client, string address)
{
    /// <param name="equal">Only items with this property and value; null for all.</param>
    /// <remarks>
    /// Pages may be shorter than asked for, and what they say of themselves may be contradictory: it goes on
    /// as long as any of it speaks for more. A page that leads nowhere, though there is more, is malformed.
    /// </remarks>
    internal async Task<Reply<IReadOnlyList<RawItem>>> Read(
        (ExtendedName Name, string Value)? equal, CancellationToken cancellation)
    {
        var items = new List<RawItem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var offset = 0;
        for (var left = Bounds.RequestsPerListing; left > 0; left--)
        {
            var at = offset;
            var request = new EwsRequest("FindItem", address, xml => FindPage.Write(xml, at, equal));
            var reply = await client.Call(request, FindPage.Read, cancellation);
            if (reply is not Reply<FoundPage>.Answer { Value: var page })
            {
                return reply.Failure<IReadOnlyList<RawItem>>()!;
            }

            items.AddRange(page.Items.Where(item => item.ItemId is null || seen.Add(item.ItemId)));
            var next = page.NextOffset > offset
                ? page.NextOffset.Value
                : (int)Math.Min((long)offset + page.Items.Count, int.MaxValue);
            if (!IsMore(page, next))
            {
                return new Reply<IReadOnlyList<RawItem>>.Answer(items);
            }

            if (next == offset)
            {
                return new Reply<IReadOnlyList<RawItem>>.Refused(Verdict.MalformedCode, "");
            }

            offset = next;
        }

        return new Reply<IReadOnlyList<RawItem>>.Refused(CalendarWindow.TooLargeCode, "");
    }

    // An empty page after the last item is an end, whatever else it says.
    private static bool IsMore(FoundPage page, int next) => (page.IsLast, page.Total) switch
    {
        (true, var total) => page.Items.Count > 0 && total > next,
        (_, { } total) => next < total || page is { IsLast: false, Items.Count: > 0 },
        _ => page.IsLast == false || page.Items.Count > 0,
    };
}
