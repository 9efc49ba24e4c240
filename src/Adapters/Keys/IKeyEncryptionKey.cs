namespace HybridCalendar.Adapters.Keys;

/// <summary>
/// The key that wraps the data keys. It never leaves its keeper: a file, a key service, a hardware module.
/// </summary>
public interface IKeyEncryptionKey
{
    /// <summary>Wraps a data key; the result may be stored anywhere.</summary>
    Task<byte[]> Wrap(ReadOnlyMemory<byte> dataKey, CancellationToken cancellation);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Another key wrapped it,
    /// or it was altered.</exception>
    Task<byte[]> Unwrap(ReadOnlyMemory<byte> wrapped, CancellationToken cancellation);
}
