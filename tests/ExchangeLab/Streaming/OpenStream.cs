namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>A stream from its first envelope to its last.</summary>
internal sealed class OpenStream(
    StreamConnection connection,
    IReadOnlyList<string> ids,
    ChunkWriter writer,
    StreamSettings settings,
    StreamEnvelopes envelopes,
    TimeProvider time)
{
    /// <summary>How many notifications one envelope carries at most.</summary>
    private const int EnvelopeNotificationsMax = 100;

    private DateTimeOffset _lastWrite;

    /// <summary>Writes what happens until the time is over, or something ends the stream earlier.</summary>
    public async Task Run(TimeSpan timeout, CancellationToken stopping)
    {
        var end = time.GetUtcNow() + timeout;
        await Write(IsTogether
            ? [envelopes.Status("OK"), envelopes.Heartbeat(ids)]
            : [envelopes.Status("OK")], stopping);
        var arrival = connection.Signals.WaitToReadAsync(stopping).AsTask();
        while (time.GetUtcNow() < end)
        {
            var next = _lastWrite + settings.Heartbeat;
            await WaitFor(arrival, (next < end ? next : end) - time.GetUtcNow(), stopping);
            if (arrival.IsCompleted)
            {
                if (!await arrival)
                {
                    await WriteEnding(stopping);
                    return;
                }

                var (news, failure) = await Drain(stopping);
                await WriteNews(news, stopping);
                if (failure is not null)
                {
                    await Write([envelopes.Refusal(failure, settings.Manners)], stopping);
                    return;
                }

                arrival = connection.Signals.WaitToReadAsync(stopping).AsTask();
            }

            if (time.GetUtcNow() >= _lastWrite + settings.Heartbeat)
            {
                await Write([envelopes.Heartbeat(ids)], stopping);
            }
        }

        await Write([envelopes.Status("Closed")], stopping);
        if (settings.Manners.Silent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
        }
    }

    private bool IsTogether => settings.Manners.Chunking == Chunking.Together;

    private async Task WriteNews(List<StreamSignal> news, CancellationToken stopping)
    {
        var parts = news.Chunk(IsTogether ? 1 : EnvelopeNotificationsMax)
            .Select(envelopes.Notifications).ToList();
        if (parts.Count > 0)
        {
            await Write(parts, stopping);
        }
    }

    private async Task WriteEnding(CancellationToken stopping)
    {
        if (connection.Ending == StreamEnding.Closed)
        {
            await Write([envelopes.Status("Closed")], stopping);
        }
        else if (connection.Ending == StreamEnding.Overflow)
        {
            var refusal = new StreamRefusal(StreamFailures.Of(StreamFailures.Invalid), ids, []);
            await Write([envelopes.Refusal(refusal, settings.Manners)], stopping);
        }
    }

    /// <summary>Takes what waits, each when it is due; and what ends the stream.</summary>
    private async Task<(List<StreamSignal> News, StreamRefusal? Failure)> Drain(CancellationToken stopping)
    {
        var news = new List<StreamSignal>();
        var ended = new List<StreamSignal>();
        while (connection.Signals.TryRead(out var signal))
        {
            if (signal.End is not null)
            {
                ended.Add(signal);
            }
            else if (signal.Change is not null)
            {
                var wait = time.GetElapsedTime(time.GetTimestamp(), signal.DueTimestamp);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, stopping);
                }

                news.Add(signal);
            }
        }

        var bad = ended.ConvertAll(signal => signal.SubscriptionId);
        return (news, ended.Count == 0 ? null : new StreamRefusal(ended[0].End!, bad, [.. ids.Except(bad)]));
    }

    private async Task WaitFor(Task arrival, TimeSpan longest, CancellationToken stopping)
    {
        if (arrival.IsCompleted || longest <= TimeSpan.Zero)
        {
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(arrival, Task.Delay(longest, time, enough.Token));
        await enough.CancelAsync();
    }

    private async Task Write(IReadOnlyCollection<byte[]> parts, CancellationToken stopping)
    {
        await writer.Write(parts, stopping);
        _lastWrite = time.GetUtcNow();
    }
}
