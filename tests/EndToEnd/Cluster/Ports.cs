using System.Net;
using System.Net.Sockets;

namespace HybridCalendar.EndToEnd.Cluster;

/// <summary>Loopback ports for what a test starts.</summary>
internal static class Ports
{
    // Below those that Linux gives to outgoing connections (32768 on), any of which could come between.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>A port of 127.0.0.1 that nobody listens on.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }
}
