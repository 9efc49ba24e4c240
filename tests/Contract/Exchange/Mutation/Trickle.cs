namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>Bytes that come in pieces, as from a connection; and how often they were asked for.</summary>
/// <param name="piece">Length of a piece.</param>
internal sealed class Trickle(byte[] bytes, int piece) : Stream
{
    // The end may be met more than once: by the decoder, by the parser, and by who asked for them.
    private const int EndsMost = 8;

    private readonly MemoryStream content = new(bytes, writable: false);
    private int ends;

    /// <summary>Whether it was asked for more again and again when there was no more.</summary>
    internal bool IsOverread => ends > EndsMost;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var length = content.Read(buffer[..Math.Min(buffer.Length, piece)]);
        ends += length == 0 ? 1 : 0;
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
