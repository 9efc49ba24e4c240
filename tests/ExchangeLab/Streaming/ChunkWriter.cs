using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>Writes envelopes to a chunked reply, cut as the settings say.</summary>
internal sealed class ChunkWriter(Stream body, StreamSettings settings, RepeatableRandom dice)
{
    /// <summary>The largest drawn chunk: shorter than the shortest envelope.</summary>
    private const int RandomBytesMax = 200;

    /// <summary>Writes and flushes; a silent stream writes nothing.</summary>
    public async Task Write(IReadOnlyCollection<byte[]> envelopes, CancellationToken stopping)
    {
        var manners = settings.Manners;
        if (manners.Silent)
        {
            return;
        }

        ReadOnlyMemory<byte> bytes = envelopes.Count == 1
            ? envelopes.First()
            : envelopes.SelectMany(envelope => envelope).ToArray();
        var sizes = manners.Chunking == Chunking.Together || envelopes.Count == 1
            ? [bytes.Length]
            : envelopes.Select(envelope => envelope.Length);
        foreach (var size in sizes)
        {
            await Cut(bytes[..size], manners.Chunking, stopping);
            bytes = bytes[size..];
        }
    }

    private async Task Cut(ReadOnlyMemory<byte> bytes, Chunking chunking, CancellationToken stopping)
    {
        while (!bytes.IsEmpty)
        {
            var size = chunking switch
            {
                Chunking.Bytes => 1,
                Chunking.Random => Math.Min(bytes.Length, 1 + dice.Below(RandomBytesMax)),
                _ => bytes.Length,
            };
            await body.WriteAsync(bytes[..size], stopping);
            await body.FlushAsync(stopping);
            bytes = bytes[size..];
        }
    }
}
