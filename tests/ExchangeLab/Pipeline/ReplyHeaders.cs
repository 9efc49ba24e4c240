using System.Globalization;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Streaming;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>The HTTP headers that servers put into every reply, for diagnosis.</summary>
internal sealed class ReplyHeaders(Organization organization)
{
    private long _lastRequest;

    /// <summary>Names the request and the front end; the first back end, until it is known which.</summary>
    public void Write(HttpContext http)
    {
        var number = Interlocked.Increment(ref _lastRequest);
        var name = string.Create(CultureInfo.InvariantCulture, $"request/{number}");
        var headers = http.Response.Headers;
        headers["request-id"] = Derived.Guid(organization.Seed, name).ToString();
        headers["X-FEServer"] = "MBX01";
        WriteBackEnd(http, BackEnds.First);
    }

    public static void WriteBackEnd(HttpContext http, int backEnd)
    {
        var name = BackEnds.NameOf(backEnd);
        var shortName = name.Split('.')[0].ToUpperInvariant();
        var headers = http.Response.Headers;
        headers["X-CalculatedBETarget"] = name;
        headers["X-DiagInfo"] = shortName;
        headers["X-BEServer"] = shortName;
    }
}
