using System.Buffers;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>The bytes of one reply, in memory that the next one uses again.</summary>
/// <remarks>
/// Replies are megabytes, and come all the time: new memory for each would cost more than the reading does.
/// </remarks>
internal sealed class ReplyBytes : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Bounds.ChunkBytes);
    private int length;

    /// <summary>Takes all that there is; false when that is more than so many bytes.</summary>
    internal async Task<bool> Fill(Stream body, int most, CancellationToken cancellation)
    {
        while (await body.ReadAsync(buffer.AsMemory(length), cancellation) is var read and > 0)
        {
            length += read;
            if (length > most)
            {
                return false;
            }

            if (length == buffer.Length)
            {
                Grow();
            }
        }

        return true;
    }

    /// <summary>What was taken; to be read before this is disposed of.</summary>
    internal Stream Open() => new MemoryStream(buffer, 0, length, writable: false);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
