using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Streaming;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// Refuses requests in the name of a mailbox that is being moved, or that has moved to another address than
/// the one that was asked.
/// </summary>
internal sealed class MovedMailboxes(ReplyStyles styles)
{
    /// <summary>Whether the request has been answered so.</summary>
    public async Task<bool> Refuse(
        HttpContext http, RequestEnvelope envelope, Mailbox? mailbox, CancellationToken stopping)
    {
        if (mailbox is null || ObjectionTo(mailbox, http.Request) is not { } error)
        {
            return false;
        }

        await RefusalAnswer.Send(http, envelope, error, styles.Next(), stopping);
        return true;
    }

    private static EwsError? ObjectionTo(Mailbox mailbox, HttpRequest request) =>
        mailbox.IsMoving ? StreamFailures.Of("ErrorMailboxMoveInProgress")
        : mailbox.Site.EwsUrl is { } url && !IsAt(request, url) ? new EwsError(
            "ErrorCrossSiteRequest",
            "The request failed because it was sent to a server that does not serve the mailbox.")
        : null;

    private static bool IsAt(HttpRequest request, Uri url) =>
        url.AbsolutePath.Equals(request.Path, StringComparison.OrdinalIgnoreCase)
        && url.Port == (request.Host.Port ?? url.Port);
}
