using System.Diagnostics;

namespace HybridCalendar.Benchmarks.Reading;

/// <summary>What reading a page once costs.</summary>
internal sealed record Cost(double Milliseconds, double Bytes)
{
    /// <summary>Reads the page again and again for a time, or once.</summary>
    public static Cost Of(Page page, Way way, TimeSpan time)
    {
        GC.Collect();
        var clock = Stopwatch.StartNew();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = Environment.CpuUsage.TotalTime;
        var turns = 0;
        do
        {
            using var stream = new MemoryStream(page.Bytes, writable: false);
            GC.KeepAlive(way.Read(page, stream));
            turns++;
        }
        while (clock.Elapsed < time);

        return new Cost(
            (Environment.CpuUsage.TotalTime - began).TotalMilliseconds / turns,
            (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / turns);
    }
}
