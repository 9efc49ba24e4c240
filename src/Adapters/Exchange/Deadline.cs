namespace HybridCalendar.Adapters.Exchange;

/// <summary>Ends what takes too long, and tells that apart from what the caller ends.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeSpan limit;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource either;

    internal Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        this.limit = limit;
        this.caller = caller;
        timer = new CancellationTokenSource(limit, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(caller, timer.Token);
    }

    /// <exception cref="HttpRequestException">It took longer than the limit.</exception>
    /// <exception cref="OperationCanceledException">The caller ended it.</exception>
    internal async Task<T> Guard<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException late) when (!caller.IsCancellationRequested)
        {
            var sentence = $"Exchange did not answer within {limit.TotalSeconds:0} seconds.";
            throw new HttpRequestException(HttpRequestError.Unknown, sentence, late);
        }
    }

    public void Dispose()
    {
        either.Dispose();
        timer.Dispose();
    }
}
