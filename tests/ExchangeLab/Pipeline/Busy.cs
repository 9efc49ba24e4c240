using System.Globalization;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>Says "busy" while that fault is on, and to everything that comes before its back-off is over.</summary>
internal sealed class Busy(Faults faults, BackOff backOff, Statistics statistics, ReplyStyles styles)
{
    private const int MillisecondsOfASecond = 1000;

    /// <summary>Whether the request has been answered so.</summary>
    public async Task<bool> Strike(HttpContext http, RequestEnvelope envelope, CancellationToken stopping)
    {
        var isTooEarly = backOff.IsRunning;
        if (isTooEarly)
        {
            statistics.CountRequestDuringBackOff();
        }

        if (!isTooEarly && !faults.IsBusy())
        {
            return false;
        }

        statistics.CountBusyAnswer();
        var settings = faults.Settings;
        backOff.Announce(settings.BusyBackOffMilliseconds);
        if (settings.BusyCarrier == "fault")
        {
            throw BusyAnswer.Fault(settings);
        }

        if (settings.BusyCarrier == "http503")
        {
            var seconds = (settings.BusyBackOffMilliseconds + MillisecondsOfASecond - 1)
                / MillisecondsOfASecond;
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await HtmlAnswer.Unavailable(http, stopping);
            return true;
        }

        using var reply = new ReplyWriter(
            styles.Next(), isStreamed: envelope.Operation == nameof(GetStreamingEvents));
        BusyAnswer.Write(reply, envelope.Request, settings);
        await Sending.Send(http, StatusCodes.Status200OK, reply.Finish(), stopping);
        return true;
    }
}
