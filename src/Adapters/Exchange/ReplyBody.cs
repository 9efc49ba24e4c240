using System.Buffers;
using System.Text;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Exchange.Versions;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>The bytes of a reply, of which it is not known yet whether they are SOAP.</summary>
/// <remarks>
/// In memory that the next one uses again: replies are megabytes, and come all the time, and new memory for
/// each would cost more than the reading does.
/// </remarks>
internal sealed class ReplyBody : IDisposable
{
    private static readonly byte[] LockedOut = Encoding.ASCII.GetBytes("currently locked out");

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(Bounds.ChunkBytes);
    private bool isTooLarge;

    internal int Length { get; private set; }

    /// <summary>Whether it says, in words and without SOAP, that the directory has locked the account.</summary>
    internal bool SaysLocked =>
        bytes.AsSpan(0, Math.Min(Length, Bounds.ForeignBytes)).IndexOf(LockedOut) >= 0;

    /// <summary>Reads all that there is, up to <see cref="Bounds.ReplyBytes"/>.</summary>
    internal async Task Fill(Stream body, CancellationToken cancellation)
    {
        while (!isTooLarge
            && await body.ReadAsync(bytes.AsMemory(Length), cancellation) is var read and > 0)
        {
            Length += read;
            isTooLarge = Length > Bounds.ReplyBytes;
            if (Length == bytes.Length)
            {
                Grow();
            }
        }
    }

    /// <summary>What it says; to be asked for before this is disposed of.</summary>
    internal Parsed<T> Parse<T>(Func<Stream, Parsed<T>> read) => isTooLarge
        ? new Parsed<T>.Failed(new Verdict(Verdict.TooLargeCode, $"more than {Bounds.ReplyBytes} bytes"))
        : read(Open());

    /// <summary>What the server says it is; null when it does not.</summary>
    internal ServerVersion? Version() => SoapHeader.Version(Open());

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private MemoryStream Open() => new(bytes, 0, Length, writable: false);

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
        bytes.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
