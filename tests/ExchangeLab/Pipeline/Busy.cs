using System.Globalization;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// Says "busy" while that fault is on, and to everything that comes before its back-off is over.
/// </summary>
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
        switch (settings.BusyCarrier)
        {
            case "fault":
                throw BusyAnswer.Fault(settings);
            case "http429":
                SayWhen(http, settings);
                await HtmlAnswer.Write(
                    http, StatusCodes.Status429TooManyRequests, "Too Many Requests", stopping);
                return true;
            case "http503":
                SayWhen(http, settings);
                await HtmlAnswer.Unavailable(http, stopping);
                return true;
            default:
                await RefusalAnswer.Send(
                    http, envelope, BusyAnswer.Error(settings), styles.Next(), stopping);
                return true;
        }
    }

    private static void SayWhen(HttpContext http, FaultSettings settings)
    {
        var seconds = (settings.BusyBackOffMilliseconds + MillisecondsOfASecond - 1) / MillisecondsOfASecond;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }
}
