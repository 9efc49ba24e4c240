using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>Answers requests in the name of mailboxes that are set to fail.</summary>
internal sealed class FailingMailboxes(Faults faults)
{
    /// <summary>Whether the request has been answered so.</summary>
    public async Task<bool> Strike(HttpContext http, EwsCall call, CancellationToken stopping)
    {
        if (!faults.IsFailing(call.Impersonated))
        {
            return false;
        }

        await HtmlAnswer.Write(http, StatusCodes.Status502BadGateway, "Bad Gateway", stopping);
        return true;
    }
}
