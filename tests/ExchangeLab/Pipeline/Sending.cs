using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Style;
using HybridCalendar.ExchangeLab.WireFaults;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>Sends whole envelopes that the schemas allow.</summary>
internal static class Sending
{
    public static async Task Send(
        HttpContext http, int status, ReadOnlyMemory<byte> envelope, CancellationToken stopping)
    {
        http.RequestServices.GetRequiredService<SchemaGate>().CheckReply(envelope);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/xml; charset=utf-8";
        if (http.Features.Get<Damage>() is { } damage)
        {
            await damage.Send(http, envelope, stopping);
            return;
        }

        http.Response.ContentLength = envelope.Length;
        await http.Response.Body.WriteAsync(envelope, stopping);
    }

    public static async Task Fault(
        HttpContext http, EwsFault fault, ReplyStyle style, CancellationToken stopping)
    {
        using var reply = new ReplyWriter(style);
        reply.Fault(fault);
        await Send(http, StatusCodes.Status500InternalServerError, reply.Finish(), stopping);
    }
}
