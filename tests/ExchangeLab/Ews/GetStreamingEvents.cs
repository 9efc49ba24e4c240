using HybridCalendar.ExchangeLab.Streaming;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The operation whose reply stays open and tells what happens while it does.</summary>
internal sealed class GetStreamingEvents(
    Subscriptions subscriptions, StreamSettings settings, LabOptions options, TimeProvider time)
{
    public const int SubscriptionsMax = 200;
    public const int ConnectionMinutesMax = 30;

    /// <summary>How many notifications one envelope carries at most.</summary>
    private const int EnvelopeNotificationsMax = 100;

    public async Task Answer(HttpContext http, EwsCall call, CancellationToken stopping)
    {
        var request = call.Request;
        var ids = request.Need("SubscriptionIds").Elements()
            .Select(id => id.Value.Trim()).Distinct().ToList();
        if (ids.Count is 0 or > SubscriptionsMax)
        {
            throw EwsFault.SchemaViolation("The 'SubscriptionIds' element has 1 to 200 ids.");
        }

        var minutes = XmlReading.Number(
            request.Need("ConnectionTimeout").Value.Trim(), "ConnectionTimeout", 1, ConnectionMinutesMax);
        http.Response.ContentType = "text/xml; charset=utf-8";
        var connection = new StreamConnection(
            call.BackEnd, call.Impersonated?.Address ?? "", http.Abort);
        if (Attach(ids, connection) is { } refusal)
        {
            await Write(http, refusal, stopping);
            return;
        }

        try
        {
            await Run(http, connection, ids, TimeSpan.FromMinutes(minutes), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The client went away, the stream was cut or the lab stops: nobody is left to answer.
        }
        finally
        {
            subscriptions.Detach(connection);
        }
    }

    /// <summary>Ties the subscriptions to the connection; gives what to say when that fails.</summary>
    private byte[]? Attach(List<string> ids, StreamConnection connection)
    {
        try
        {
            var unknown = subscriptions.Attach(ids, connection);
            return unknown.Count == 0
                ? null
                : StreamEnvelope.NotFound(unknown, options.ErrorSubscriptionIdsInTypes);
        }
        catch (EwsError error)
        {
            return StreamEnvelope.Refusal(error);
        }
    }

    private async Task Run(
        HttpContext http,
        StreamConnection connection,
        List<string> ids,
        TimeSpan timeout,
        CancellationToken stopping)
    {
        var end = time.GetUtcNow() + timeout;
        await Write(http, StreamEnvelope.Status("OK"), stopping);
        var lastWrite = time.GetUtcNow();
        var arrival = connection.Signals.WaitToReadAsync(stopping).AsTask();
        while (time.GetUtcNow() < end)
        {
            var next = lastWrite + settings.Heartbeat;
            await WaitFor(arrival, (next < end ? next : end) - time.GetUtcNow(), stopping);
            if (arrival.IsCompleted)
            {
                await arrival;
                var due = await Drain(connection, ids, stopping);
                if (due.Forgotten.Count > 0)
                {
                    await Write(http, StreamEnvelope.NotFound(
                        due.Forgotten, options.ErrorSubscriptionIdsInTypes), stopping);
                    return;
                }

                foreach (var part in due.News.Chunk(EnvelopeNotificationsMax))
                {
                    await Write(http, StreamEnvelope.Notifications(part), stopping);
                    lastWrite = time.GetUtcNow();
                }

                arrival = connection.Signals.WaitToReadAsync(stopping).AsTask();
            }

            if (time.GetUtcNow() >= lastWrite + settings.Heartbeat)
            {
                await Write(http, StreamEnvelope.Heartbeat(ids), stopping);
                lastWrite = time.GetUtcNow();
            }
        }

        await Write(http, StreamEnvelope.Status("Closed"), stopping);
    }

    private async Task<(List<StreamSignal> News, List<string> Forgotten)> Drain(
        StreamConnection connection, List<string> ids, CancellationToken stopping)
    {
        var news = new List<StreamSignal>();
        var forgotten = new List<string>();
        while (connection.Signals.TryRead(out var signal))
        {
            if (signal.IsForgotten && ids.Contains(signal.SubscriptionId))
            {
                forgotten.Add(signal.SubscriptionId);
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

        return (news, forgotten);
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

    private static async Task Write(HttpContext http, byte[] envelope, CancellationToken stopping)
    {
        await http.Response.Body.WriteAsync(envelope, stopping);
        await http.Response.Body.FlushAsync(stopping);
    }
}
