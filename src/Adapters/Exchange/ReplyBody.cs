using System.Text;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Exchange.Versions;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>The bytes of a reply, of which it is not known yet whether they are SOAP.</summary>
internal sealed class ReplyBody
{
    private static readonly byte[] LockedOut = Encoding.ASCII.GetBytes("currently locked out");

    private readonly ArraySegment<byte> bytes;
    private readonly bool isTooLarge;

    private ReplyBody(MemoryStream read, bool isTooLarge)
    {
        bytes = new ArraySegment<byte>(read.GetBuffer(), 0, (int)read.Length);
        this.isTooLarge = isTooLarge;
    }

    internal int Length => bytes.Count;

    /// <summary>Whether it says, in words and without SOAP, that the directory has locked the account.</summary>
    internal bool SaysLocked =>
        bytes.AsSpan(0, Math.Min(Length, Bounds.ForeignBytes)).IndexOf(LockedOut) >= 0;

    /// <summary>Reads a reply up to <see cref="Bounds.ReplyBytes"/>.</summary>
    internal static async Task<ReplyBody> Read(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var read = new MemoryStream();
        var chunk = new byte[Bounds.ChunkBytes];
        while (await body.ReadAsync(chunk, cancellation) is var length and > 0)
        {
            if (read.Length + length > Bounds.ReplyBytes)
            {
                return new ReplyBody(read, isTooLarge: true);
            }

            read.Write(chunk, 0, length);
        }

        return new ReplyBody(read, isTooLarge: false);
    }

    internal Parsed<T> Parse<T>(Func<Stream, Parsed<T>> read) => isTooLarge
        ? new Parsed<T>.Failed(new Verdict(Verdict.TooLargeCode, $"more than {Bounds.ReplyBytes} bytes"))
        : read(Stream());

    /// <summary>What the server says it is; null when it does not.</summary>
    internal ServerVersion? Version() => SoapHeader.Version(Stream());

    private MemoryStream Stream() => new(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
}
