using System.Net.Sockets;
using System.Text;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>A request over a bare connection: what comes back is seen byte for byte.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The answer, as Latin-1, until it contains a text or the connection ends.</summary>
    public static async Task<string> Send(LabServer lab, string envelope, string until)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(LabServer.Stop);
        patience.CancelAfter(Patience);
        var address = lab.Http.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, patience.Token);
        var stream = client.GetStream();
        var head = $"POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: {address.Authority}\r\n"
            + $"Authorization: {lab.Http.DefaultRequestHeaders.Authorization}\r\n"
            + $"Content-Type: text/xml\r\nContent-Length: {Encoding.UTF8.GetByteCount(envelope)}\r\n\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + envelope), patience.Token);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains(until, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, patience.Token);
            if (count == 0)
            {
                break;
            }

            answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return answer.ToString();
    }
}
