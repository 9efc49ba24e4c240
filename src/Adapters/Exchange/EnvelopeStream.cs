using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Exchange.Versions;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>What comes next on a stream of notifications. Exactly one of the nested cases.</summary>
internal abstract record StreamStep
{
    private StreamStep() { }

    internal sealed record Notice(StreamedNotice Content) : StreamStep;

    /// <param name="Reason">One of the adapter's own words.</param>
    internal sealed record Ended(string Reason) : StreamStep;
}

/// <summary>
/// An open stream of notifications. It ends in a word, never in an exception, unless the caller ends it.
/// </summary>
internal sealed class EnvelopeStream : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly TimeSpan life;
    private readonly ExchangeSettings settings;
    private readonly TimeProvider time;
    private readonly Server server;
    private readonly long began;
    private readonly EnvelopeScanner scanner = new();
    private readonly Queue<byte[]> envelopes = new();
    private readonly byte[] chunk = new byte[Bounds.ChunkBytes];
    private int idleBytes;
    private long heard;
    private bool knowsVersion;

    /// <param name="life">Longest time for all of it: signs of life do not lengthen it.</param>
    internal EnvelopeStream(
        HttpResponseMessage response,
        TimeSpan life,
        ExchangeSettings settings,
        TimeProvider time,
        Server server)
    {
        this.response = response;
        this.life = life;
        this.server = server;
        began = heard = time.GetTimestamp();
        this.settings = settings;
        this.time = time;
        Telemetry.StreamOpened(this, () => time.GetElapsedTime(Volatile.Read(ref heard)));
    }

    /// <summary>Waits for the next envelope, for the end, or for too long a silence.</summary>
    internal async Task<StreamStep> Next(CancellationToken cancellation)
    {
        while (envelopes.Count == 0)
        {
            if (await Fill(cancellation) is { } ended)
            {
                return ended;
            }
        }

        var bytes = envelopes.Dequeue();
        if (!knowsVersion && SoapHeader.Version(new MemoryStream(bytes, writable: false)) is { } version)
        {
            // One server writes all of them.
            knowsVersion = true;
            server.Saw(version);
        }

        using var envelope = new MemoryStream(bytes, writable: false);
        return new StreamStep.Notice(GetStreamingEvents.Read(envelope));
    }

    public void Dispose()
    {
        response.Dispose();
        Telemetry.StreamEnded(this);
    }

    private async Task<StreamStep.Ended?> Fill(CancellationToken cancellation)
    {
        var left = life - time.GetElapsedTime(began);
        if (left <= TimeSpan.Zero)
        {
            return new StreamStep.Ended("overdue");
        }

        using var silence = new Deadline(
            left < settings.StreamSilence ? left : settings.StreamSilence, time, cancellation);
        int length;
        try
        {
            length = await silence.Guard(async token =>
            {
                // The content hands out one and the same stream, however often it is asked.
                var bytes = await response.Content.ReadAsStreamAsync(token);
                return await bytes.ReadAsync(chunk, token);
            });
        }
        catch (HttpRequestException late) when (late.InnerException is OperationCanceledException)
        {
            return new StreamStep.Ended(left < settings.StreamSilence ? "overdue" : "silence");
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return new StreamStep.Ended("connection-broken");
        }

        if (length == 0)
        {
            return new StreamStep.Ended(scanner.IsInside ? "cut-in-an-envelope" : "connection-ended");
        }

        Volatile.Write(ref heard, time.GetTimestamp());
        var complete = scanner.Push(chunk.AsSpan(0, length));
        idleBytes = complete is [] ? Math.Min(idleBytes + length, Bounds.EnvelopeBytes + 1) : 0;
        foreach (var envelope in complete ?? [])
        {
            envelopes.Enqueue(envelope);
        }

        return complete is null || idleBytes > Bounds.EnvelopeBytes
            ? new StreamStep.Ended("envelope-too-large")
            : null;
    }
}
