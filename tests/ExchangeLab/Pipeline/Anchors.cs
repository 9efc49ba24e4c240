using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Streaming;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// Counts the requests in the name of a mailbox that have no X-AnchorMailbox, or another mailbox there. Those
/// about subscriptions are anchored at their group and do not count.
/// </summary>
internal sealed class Anchors(Statistics statistics)
{
    private static readonly string[] OfGroups =
        [nameof(Subscribe), nameof(GetStreamingEvents), nameof(Unsubscribe)];

    public void Count(HttpRequest request, EwsCall call)
    {
        if (call.Impersonated is not { } mailbox || OfGroups.Contains(call.Request.Name.LocalName))
        {
            return;
        }

        var anchor = BackEnds.AnchorOf(request);
        if (anchor.Length == 0)
        {
            statistics.CountMissingAnchor();
        }
        else if (!anchor.Equals(mailbox.Address, StringComparison.OrdinalIgnoreCase))
        {
            statistics.CountWrongAnchor();
        }
    }
}
