using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HybridCalendar.Host;

/// <summary>
/// Until callers are checked, the service opens sealed text for callers on this machine only.
/// </summary>
internal static class Loopback
{
    /// <exception cref="SettingsException">The service is told to listen
    /// where others could reach it.</exception>
    public static void Check(ListenOptions endpoint)
    {
        if (endpoint.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
        {
            throw new SettingsException(
                $"{address} can be reached from other machines, and callers are not checked yet: "
                + "listen on 127.0.0.1.");
        }
    }
}
