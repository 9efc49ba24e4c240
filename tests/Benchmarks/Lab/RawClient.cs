using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace HybridCalendar.Benchmarks.Lab;

/// <summary>
/// One kept connection that sends prepared requests and reads answers with a Content-Length: it costs so little that
/// what is measured is the server.
/// </summary>
internal sealed class RawClient : IDisposable
{
    private const string LengthName = "\r\nContent-Length: ";
    private const int BufferBytes = 256 * 1024;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[BufferBytes];

    public static async Task<RawClient> Connect(Uri address, CancellationToken cancellation)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(address.Host, address.Port, cancellation);
        return client;
    }

    /// <summary>The bytes of a POST.</summary>
    public static byte[] Prepare(Uri address, string path, string authorization, string body) =>
        Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: {authorization}\r\n"
            + "Content-Type: text/xml; charset=utf-8\r\nContent-Length: "
            + Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture) + "\r\n\r\n" + body);

    /// <summary>Sends a request and reads the whole answer; gives its body, which the next call overwrites.</summary>
    public async Task<ReadOnlyMemory<byte>> Send(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        await _socket.SendAsync(request, cancellation);
        var (read, body, end) = (0, 0, int.MaxValue);
        while (read < end)
        {
            if (read == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var count = await _socket.ReceiveAsync(_buffer.AsMemory(read), cancellation);
            read += count > 0 ? count : throw new IOException("The server closed the connection.");
            if (body == 0 && _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) is >= 0 and var head)
            {
                body = head + 4;
                end = body + LengthIn(Encoding.ASCII.GetString(_buffer, 0, head + 2));
            }
        }

        return _buffer.AsMemory(body, end - body);
    }

    public void Dispose() => _socket.Dispose();

    private static int LengthIn(string head)
    {
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new IOException($"The answer is {head.Split('\r')[0]}.");
        }

        var start = head.IndexOf(LengthName, StringComparison.OrdinalIgnoreCase) + LengthName.Length;
        return int.Parse(head.AsSpan(start, head.IndexOf('\r', start) - start), CultureInfo.InvariantCulture);
    }
}
