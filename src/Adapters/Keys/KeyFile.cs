using System.Security.Cryptography;
using HybridCalendar.Domain;

namespace HybridCalendar.Adapters.Keys;

/// <summary>
/// A key-encryption key in a file that only its owner can read:
/// base64 of 32 random bytes, made on first start.
/// </summary>
/// <remarks>
/// Whoever loses the file loses every sealed text. Keep a copy of it apart from the database's backups.
/// </remarks>
public sealed class KeyFile : IKeyEncryptionKey, IDisposable
{
    private static readonly Guid Owner = new("9a3c4c52-7d5b-5e0a-9a58-51f1c3c0d9e4");

    private readonly MailboxSeal seal;

    private KeyFile(ReadOnlySpan<byte> key) => seal = new MailboxSeal(Owner, key);

    /// <summary>Reads the key; makes the file (mode 0600) and its folder when there is none.</summary>
    /// <exception cref="InvalidDataException">The file holds no key, or others may read it.</exception>
    public static KeyFile OpenOrCreate(string path)
    {
        var text = SecretFile.ReadOrCreate(
            path, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(MailboxSeal.DataKeyBytes)));
        Span<byte> key = stackalloc byte[MailboxSeal.DataKeyBytes];
        if (!Convert.TryFromBase64String(text.Trim(), key, out var length)
            || length != key.Length)
        {
            throw new InvalidDataException(
                $"The key file {path} does not hold base64 of {key.Length} bytes: restore it from its copy.");
        }

        return new KeyFile(key);
    }

    public Task<byte[]> Wrap(ReadOnlyMemory<byte> dataKey, CancellationToken cancellation) =>
        Task.FromResult(Convert.FromBase64String(seal.Seal(Convert.ToBase64String(dataKey.Span)).Ciphertext));

    public Task<byte[]> Unwrap(ReadOnlyMemory<byte> wrapped, CancellationToken cancellation) =>
        Task.FromResult(
            Convert.FromBase64String(seal.Open(new Sealed(Convert.ToBase64String(wrapped.Span), ""))));

    public void Dispose() => seal.Dispose();
}
