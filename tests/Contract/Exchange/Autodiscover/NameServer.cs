using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>A name server on this machine, over UDP and TCP (RFC 1035, RFC 2782).</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private const int HeaderBytes = 12;
    private const int NoSuchName = 3;
    private const ushort Truncated = 0x0200;

    private const int Attempts = 20;

    private readonly UdpClient udp;
    private readonly TcpListener tcp;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<string, List<byte[]>> records = [];
    private readonly Task serving;

    private NameServer(TcpListener tcp, UdpClient udp)
    {
        (this.tcp, this.udp) = (tcp, udp);
        EndPoint = (IPEndPoint)tcp.LocalEndpoint;
        serving = Task.WhenAll(ServeUdp(), ServeTcp());
    }

    internal IPEndPoint EndPoint { get; }

    /// <summary>The names that were asked for.</summary>
    internal ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What is answered instead; null for nothing at all.</summary>
    internal Func<byte[], byte[]?>? Instead { get; set; }

    /// <summary>Whether an answer over UDP says that it is cut off.</summary>
    internal bool Truncates { get; set; }

    /// <summary>How many answers went over TCP.</summary>
    internal int OverTcp { get; private set; }

    internal static NameServer Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var tcp = new TcpListener(IPAddress.Loopback, 0);
            tcp.Start();
            try
            {
                return new NameServer(tcp, new UdpClient((IPEndPoint)tcp.LocalEndpoint));
            }
            catch (SocketException) when (attempt < Attempts)
            {
                // Somebody has the same number for UDP.
                tcp.Stop();
            }
        }
    }

    internal NameServer Add(string name, int priority, int weight, int port, string target)
    {
        var data = new List<byte>();
        foreach (var number in new[] { priority, weight, port })
        {
            data.AddRange(Big(number));
        }

        data.AddRange(Name(target));
        records.GetOrAdd(name, _ => []).Add([.. data]);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        udp.Dispose();
        tcp.Stop();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private async Task ServeUdp()
    {
        while (true)
        {
            var question = await udp.ReceiveAsync(end.Token);
            if (Answer(question.Buffer, Truncates) is { } answer)
            {
                await udp.SendAsync(answer, question.RemoteEndPoint, end.Token);
            }
        }
    }

    private async Task ServeTcp()
    {
        while (true)
        {
            using var client = await tcp.AcceptTcpClientAsync(end.Token);
            var stream = client.GetStream();
            var length = new byte[2];
            await stream.ReadExactlyAsync(length, end.Token);
            var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(question, end.Token);
            if (Answer(question, isTruncated: false) is { } answer)
            {
                OverTcp++;
                await stream.WriteAsync((byte[])[.. Big(answer.Length), .. answer], end.Token);
            }
        }
    }

    private byte[]? Answer(byte[] question, bool isTruncated)
    {
        var labels = new List<string>();
        var at = HeaderBytes;
        for (; question[at] > 0; at += question[at] + 1)
        {
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        }

        var asked = string.Join('.', labels);
        Asked.Enqueue(asked);
        if (Instead is { } other)
        {
            return other(question);
        }

        var known = records.GetValueOrDefault(asked);
        var flags = 0x8180 | (known is null ? NoSuchName : 0) | (isTruncated ? Truncated : 0);
        var answers = isTruncated ? [] : known ?? [];
        return
        [
            .. question[..2], .. Big(flags), .. Big(1), .. Big(answers.Count), .. Big(0), .. Big(0),
            // The question again, without what followed it.
            .. question[HeaderBytes..(at + 5)],
            // The name by a pointer to the question; SRV, IN, 60 seconds.
            .. answers.SelectMany(data => (byte[])
                [0xC0, HeaderBytes, .. Big(33), .. Big(1), 0, 0, 0, 60, .. Big(data.Length), .. data]),
        ];
    }

    private static byte[] Big(int number) => [(byte)(number >> 8), (byte)(number & 0xFF)];

    private static IEnumerable<byte> Name(string name) =>
    [
        .. name.Split('.', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]),
        0,
    ];
}
