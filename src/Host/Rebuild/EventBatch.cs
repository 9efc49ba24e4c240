using System.Buffers;

namespace HybridCalendar.Host.Rebuild;

/// <summary>Where an event of a batch lies.</summary>
internal readonly record struct BatchedEvent(
    long Sequence, Guid Stream, long Version, int Type, int Offset, int Length);

/// <summary>Some events on their way from the one who reads to one who folds.</summary>
internal sealed class EventBatch : IDisposable
{
    /// <summary>Bytes of a batch, unless a single event has more.</summary>
    public const int BytesMax = 1 << 18;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(BytesMax);
    private int used;

    public List<BatchedEvent> Events { get; } = [];

    public bool Fits(int length) => used == 0 || used + length <= bytes.Length;

    public void Add(long sequence, Guid stream, long version, int type, ReadOnlySpan<byte> json)
    {
        if (used + json.Length > bytes.Length)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = ArrayPool<byte>.Shared.Rent(json.Length);
        }

        json.CopyTo(bytes.AsSpan(used));
        Events.Add(new BatchedEvent(sequence, stream, version, type, used, json.Length));
        used += json.Length;
    }

    public ReadOnlySpan<byte> Json(BatchedEvent e) => bytes.AsSpan(e.Offset, e.Length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);
}
