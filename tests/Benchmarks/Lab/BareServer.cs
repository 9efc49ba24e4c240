using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HybridCalendar.Benchmarks.Lab;

/// <summary>The least that a web server can do: read a request, and send bytes that are there already.</summary>
internal static class BareServer
{
    public static async Task<WebApplication> Start(
        IReadOnlyList<byte[]> answers, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/{number:int}", (int number, HttpContext http) => Answer(http, answers[number]));
        await app.StartAsync(cancellation);
        return app;
    }

    private static async Task Answer(HttpContext http, byte[] answer)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        http.Response.ContentType = "text/xml; charset=utf-8";
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }
}
