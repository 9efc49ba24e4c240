namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>What the web server says when no part of Exchange answers.</summary>
internal static class HtmlAnswer
{
    public static Task Unavailable(HttpContext http, CancellationToken stopping) =>
        Write(http, StatusCodes.Status503ServiceUnavailable, "Service Unavailable", stopping);

    public static Task Write(HttpContext http, int status, string title, CancellationToken stopping)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=us-ascii";
        return http.Response.WriteAsync(
            $"<html><body><h2>{title}</h2><p>HTTP Error {status}.</p></body></html>", stopping);
    }
}
