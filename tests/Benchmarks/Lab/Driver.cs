using System.Diagnostics;

namespace HybridCalendar.Benchmarks.Lab;

/// <summary>Sends requests over some connections as fast as they are answered.</summary>
internal static class Driver
{
    private const int Connections = 8;

    /// <summary>How many requests were answered a second.</summary>
    public static async Task<double> Rate(
        Uri server, IReadOnlyList<byte[]> requests, TimeSpan duration, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(number =>
            Task.Run(() => Send(server, requests, number, start, duration, cancellation), cancellation)));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<int> Send(
        Uri server,
        IReadOnlyList<byte[]> requests,
        int first,
        long start,
        TimeSpan duration,
        CancellationToken cancellation)
    {
        using var client = await RawClient.Connect(server, cancellation);
        var count = 0;
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            await client.Send(requests[(first + (count * Connections)) % requests.Count], cancellation);
            count++;
        }

        return count;
    }
}
