using System.Globalization;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Pipeline;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.WireFaults;

/// <summary>Lets the faults that are on strike a request.</summary>
internal sealed class WireStrike(
    Faults faults, LabOptions options, Statistics statistics, ReplyStyles styles, TimeProvider time)
{
    private readonly Lock _gate = new();
    private IReadOnlyList<WireFault> _wishes = [];
    private List<ArmedFault> _armed = [];

    /// <summary>Whether the request has been answered by a fault.</summary>
    public async Task<bool> Strike(HttpContext http, RequestEnvelope envelope, CancellationToken stopping)
    {
        foreach (var armed in Armed())
        {
            if (!armed.Strikes(envelope.OperationName, Impersonation.NameOf(envelope.Header)))
            {
                continue;
            }

            statistics.CountFault(armed.Fault.Kind);
            if (await Strike(http, envelope, armed.Fault, stopping))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> Strike(
        HttpContext http, RequestEnvelope envelope, WireFault fault, CancellationToken stopping)
    {
        switch (fault.Kind)
        {
            case WireFaultKind.Delay:
                await Task.Delay(TimeSpan.FromMilliseconds(fault.Milliseconds), time, stopping);
                return false;
            case WireFaultKind.Truncated or WireFaultKind.ResetInBody:
                http.Features.Set(new Damage(fault.Kind));
                return false;
            case WireFaultKind.Reset:
                http.Abort();
                return true;
            case WireFaultKind.Fault:
                throw new EwsFault(fault.Code!, RefusalTexts.Of(fault.Code!));
            case WireFaultKind.Error:
                var error = new EwsError(fault.Code!, RefusalTexts.Of(fault.Code!));
                await RefusalAnswer.Send(http, envelope, error, styles.Next(), stopping);
                return true;
            default:
                await AnswerWithoutSoap(http, fault, stopping);
                return true;
        }
    }

    private Task AnswerWithoutSoap(HttpContext http, WireFault fault, CancellationToken stopping)
    {
        var headers = http.Response.Headers;
        if (fault.RetryAfter != RetryAfter.None)
        {
            headers.RetryAfter = fault.RetryAfter == RetryAfter.Seconds
                ? fault.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture)
                : time.GetUtcNow().AddSeconds(fault.RetryAfterSeconds).ToString("R");
        }

        if (fault.CasErrorCode is { } code)
        {
            headers["X-CasErrorCode"] = code;
        }

        if (LocationOf(fault) is { } location)
        {
            headers.Location = location;
        }

        var (status, title) = HtmlOf(fault.Kind);
        return HtmlAnswer.Write(http, status, title, stopping);
    }

    private static string? LocationOf(WireFault fault) => fault.Kind switch
    {
        WireFaultKind.ErrorPage => "/ews/genericerrorpage.htm?aspxerrorpath=/ews/exchange.asmx",
        WireFaultKind.LoginPage => "/owa/auth/logon.aspx?replaceCurrent=1&reason=2",
        WireFaultKind.Redirect => fault.Location,
        _ => null,
    };

    private static (int Status, string Title) HtmlOf(WireFaultKind kind) => kind switch
    {
        WireFaultKind.BadRequest => (StatusCodes.Status400BadRequest, "Bad Request"),
        WireFaultKind.Forbidden => (StatusCodes.Status403Forbidden, "Forbidden"),
        WireFaultKind.NotFound => (StatusCodes.Status404NotFound, "Not Found"),
        WireFaultKind.MethodNotAllowed => (StatusCodes.Status405MethodNotAllowed, "Method Not Allowed"),
        WireFaultKind.TooLarge => (StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large"),
        WireFaultKind.TooManyRequests => (StatusCodes.Status429TooManyRequests, "Too Many Requests"),
        WireFaultKind.ServerError => (
            StatusCodes.Status500InternalServerError, "Server Error in '/EWS' Application."),
        WireFaultKind.BadGateway => (StatusCodes.Status502BadGateway, "Bad Gateway"),
        WireFaultKind.Unavailable => (StatusCodes.Status503ServiceUnavailable, "Service Unavailable"),
        WireFaultKind.GatewayTimeout => (StatusCodes.Status504GatewayTimeout, "Gateway Timeout"),
        _ => (StatusCodes.Status302Found, "Object moved"),
    };

    /// <summary>The faults that are on; setting them again arms them afresh.</summary>
    private List<ArmedFault> Armed()
    {
        var wishes = faults.Settings.Wire;
        lock (_gate)
        {
            if (!ReferenceEquals(wishes, _wishes))
            {
                _wishes = wishes;
                _armed = [.. wishes.Select(wish => new ArmedFault(wish, options.Seed))];
            }

            return _armed;
        }
    }
}
