using System.Diagnostics;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until there is no complaint.</summary>
    /// <param name="complaint">What does not hold yet; null when all is well.</param>
    /// <param name="limit">After this long the last complaint is the failure.</param>
    public static async Task Wait(Func<Task<string?>> complaint, TimeSpan limit)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var watch = Stopwatch.StartNew();
        while (await complaint() is { } reason)
        {
            if (watch.Elapsed > limit)
            {
                Assert.Fail($"Still so after {limit.TotalSeconds:0} s: {reason}");
            }

            await Task.Delay(Pause, cancellation);
        }
    }
}
