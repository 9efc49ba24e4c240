using HybridCalendar.Adapters.Exchange.Operations;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Reads all that stands in a calendar in a span of time, however long and however full.</summary>
internal sealed class CalendarWindow(EwsClient client, string address)
{
    /// <summary>The answer would need more requests than one listing may take.</summary>
    internal const string TooLargeCode = "listing-too-large";

    /// <summary>No span is split that is not longer than this.</summary>
    private static readonly Duration Shortest = Duration.FromMinutes(1);

    /// <summary>
    /// The entries that overlap the span, each once; in Exchange's order within each part of it.
    /// </summary>
    /// <remarks>
    /// A view has no pages. What the server finds too long or too full is asked for in halves; a view that
    /// was cut goes on from the last start in it, and what comes twice is dropped.
    /// </remarks>
    internal async Task<Reply<IReadOnlyList<RawItem>>> Read(
        Instant start, Instant end, CancellationToken cancellation)
    {
        var items = new List<RawItem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var spans = new Stack<(Instant Start, Instant End)>([(start, end)]);
        for (var left = Bounds.RequestsPerListing; spans.Count > 0; left--)
        {
            if (left == 0)
            {
                return new Reply<IReadOnlyList<RawItem>>.Refused(TooLargeCode, "");
            }

            var span = spans.Pop();
            var reply = await Ask(span.Start, span.End, cancellation);
            if (reply is Reply<CalendarView>.Answer { Value: var view })
            {
                items.AddRange(view.Items.Where(item => item.ItemId is null || seen.Add(item.ItemId)));
                if (view.IsComplete)
                {
                    continue;
                }

                // One that begins and ends in the same instant is shown only by a view that begins before it.
                var last = view.Items.Max(item => RawValues.Time(item.Start)) - Duration.FromSeconds(1);
                if (last > span.Start)
                {
                    spans.Push((last.Value, span.End));
                    continue;
                }
            }
            else if (reply is not Reply<CalendarView>.Refused { Code: var code } || !IsTooMuch(code))
            {
                return reply.Failure<IReadOnlyList<RawItem>>()!;
            }

            if (span.End - span.Start <= Shortest)
            {
                return new Reply<IReadOnlyList<RawItem>>.Refused(TooLargeCode, "");
            }

            var middle = Instant.FromUnixTimeSeconds(
                (span.Start.ToUnixTimeSeconds() + span.End.ToUnixTimeSeconds()) / 2);
            spans.Push((middle, span.End));
            spans.Push((span.Start, middle));
        }

        return new Reply<IReadOnlyList<RawItem>>.Answer(items);
    }

    private static bool IsTooMuch(string code) =>
        code is "ErrorExceededFindCountLimit" or "ErrorCalendarViewRangeTooBig";

    private Task<Reply<CalendarView>> Ask(Instant start, Instant end, CancellationToken cancellation) =>
        client.Call(new EwsRequest("FindItem", address, xml => FindItem.Write(xml, start, end)),
            FindItem.Read, cancellation);
}
