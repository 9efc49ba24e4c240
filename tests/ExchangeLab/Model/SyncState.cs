using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>How far a client has read a change log; opaque to it, bound to the mailbox.</summary>
/// <param name="Base">Everything up to here was read in earlier rounds.</param>
/// <param name="Top">The newest position when this round began.</param>
/// <param name="Cursor">Within the round, what is below this position is still unread.</param>
public sealed record SyncState(long Base, long Top, long Cursor)
{
    private const int GuidBytes = 16;
    private const int CheckBytes = 32;
    private const int EpochAt = GuidBytes;
    private const int NumbersAt = EpochAt + sizeof(int);
    private const int BodyBytes = NumbersAt + (3 * sizeof(long));

    public static SyncState Beginning { get; } = new(0, 0, 0);

    /// <summary>Whether the round is over, so that the next request begins another.</summary>
    public bool RoundIsOver => Base == Top;

    public string Write(Guid mailbox, int epoch)
    {
        var bytes = new byte[BodyBytes + CheckBytes];
        mailbox.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(EpochAt), epoch);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(NumbersAt), Base);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(NumbersAt + sizeof(long)), Top);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(NumbersAt + (2 * sizeof(long))), Cursor);
        SHA256.HashData(bytes.AsSpan(0, BodyBytes), bytes.AsSpan(BodyBytes));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>
    /// The state of a text, or null when it is truncated, foreign, expired or was never given out.
    /// </summary>
    public static SyncState? Read(string text, Guid mailbox, int epoch)
    {
        var bytes = new byte[BodyBytes + CheckBytes];
        if (!Convert.TryFromBase64String(text.Trim(), bytes, out var written) || written != bytes.Length)
        {
            return null;
        }

        var check = SHA256.HashData(bytes.AsSpan(0, BodyBytes));
        var valid = bytes.AsSpan(BodyBytes).SequenceEqual(check)
            && new Guid(bytes.AsSpan(0, GuidBytes)) == mailbox
            && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(EpochAt)) == epoch;
        return valid
            ? new SyncState(
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(NumbersAt)),
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(NumbersAt + sizeof(long))),
                BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(NumbersAt + (2 * sizeof(long)))))
            : null;
    }
}
