using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>Turns refusals of the control API into problem details (RFC 9457).</summary>
internal static class ControlErrors
{
    public static async Task Answer(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (LabRefusal refusal)
        {
            var status = refusal.IsMissing ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
            await Write(http, status, refusal.Message);
        }
        catch (BadHttpRequestException bad)
        {
            var reason = bad.InnerException?.Message ?? bad.Message;
            await Write(http, bad.StatusCode,
                $"The request cannot be read: {reason} Send what the lab's README shows.");
        }

        if (!http.Response.HasStarted && http.Response.StatusCode == StatusCodes.Status404NotFound
            && http.GetEndpoint() is null)
        {
            await Write(http, StatusCodes.Status404NotFound,
                $"The control API has no {http.Request.Method} {http.Request.Path}: "
                + "the lab's README lists what it has.");
        }
    }

    private static Task Write(HttpContext http, int status, string sentence) =>
        Results.Problem(detail: sentence, statusCode: status).ExecuteAsync(http);
}
