using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HybridCalendar.Domain;

namespace HybridCalendar.Adapters.Keys;

/// <summary>
/// Seals and opens the texts of one mailbox under its data key (AES-256-GCM, NIST SP 800-38D).
/// </summary>
/// <remarks>
/// Ciphertext: one version byte, a random nonce of 12 bytes, the encrypted text, a tag of 16 bytes.
/// Digest: HMAC-SHA-256 of the text under a second key. Both keys are derived from the data key (HKDF,
/// RFC 5869), and the ciphertext is bound to its owner: what was sealed for one mailbox does not open as
/// another's. Safe for use by several threads, which a cipher instance is not: each use takes one for itself,
/// of which one is kept for the next, since making one takes as long as using it.
/// </remarks>
public sealed class MailboxSeal : IDisposable
{
    /// <summary>Length of a data key, in bytes.</summary>
    public const int DataKeyBytes = 32;

    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + NonceBytes;

    /// <summary>Sealed texts up to this length, in bytes, are opened without a buffer on the heap.</summary>
    private const int ShortBytes = 512;

    private readonly byte[] textKey;
    private readonly byte[] digestKey;
    private readonly byte[] owner;
    private AesGcm? spare;
    private bool isDisposed;

    /// <param name="owner">Whose texts these are; authenticated with each of them.</param>
    /// <param name="dataKey">32 bytes; not kept.</param>
    public MailboxSeal(Guid owner, ReadOnlySpan<byte> dataKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(dataKey.Length, DataKeyBytes);
        this.owner = owner.ToByteArray(bigEndian: true);
        textKey = Derive(dataKey, "text");
        digestKey = Derive(dataKey, "digest");
    }

    public Sealed Seal(string text)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var plain = Encoding.UTF8.GetBytes(text);
        var message = new byte[HeaderBytes + plain.Length + TagBytes];
        message[0] = Version;
        RandomNumberGenerator.Fill(message.AsSpan(1, NonceBytes));
        var cipher = TakeCipher();
        cipher.Encrypt(
            message.AsSpan(1, NonceBytes),
            plain,
            message.AsSpan(HeaderBytes, plain.Length),
            message.AsSpan(HeaderBytes + plain.Length),
            owner);
        GiveBack(cipher);
        return new Sealed(Convert.ToBase64String(message), Convert.ToBase64String(Digest(text)));
    }

    /// <summary>Seals a text; no text, or an empty one, stays none.</summary>
    public Sealed? SealIfAny(string? text) => string.IsNullOrEmpty(text) ? null : Seal(text);

    /// <exception cref="CryptographicException">It was sealed for another mailbox or under another key,
    /// or was altered.</exception>
    public string Open(Sealed text)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var size = Base64.GetMaxDecodedFromUtf8Length(text.Ciphertext.Length);
        if (size > ShortBytes)
        {
            return Open(text, new byte[size], new byte[size]);
        }

        return Open(text, stackalloc byte[size], stackalloc byte[size]);
    }

    private string Open(Sealed text, Span<byte> message, Span<byte> plain)
    {
        if (!Convert.TryFromBase64String(text.Ciphertext, message, out var length)
            || length < HeaderBytes + TagBytes || message[0] != Version)
        {
            throw new CryptographicException("This is not a sealed text of a known version.");
        }

        message = message[..length];
        plain = plain[..(length - HeaderBytes - TagBytes)];
        var cipher = TakeCipher();
        try
        {
            cipher.Decrypt(
                message.Slice(1, NonceBytes),
                message.Slice(HeaderBytes, plain.Length),
                message[^TagBytes..],
                plain,
                owner);
            return Encoding.UTF8.GetString(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            GiveBack(cipher);
        }
    }

    private AesGcm TakeCipher() => Interlocked.Exchange(ref spare, null) ?? new AesGcm(textKey, TagBytes);

    private void GiveBack(AesGcm cipher)
    {
        if (isDisposed || Interlocked.CompareExchange(ref spare, cipher, null) is { })
        {
            cipher.Dispose();
        }
    }

    /// <summary>Whether a sealed text is as long as another text: what is not need not be opened.</summary>
    public static bool IsAsLongAs(Sealed text, string other) =>
        Base64.GetMaxEncodedToUtf8Length(HeaderBytes + Encoding.UTF8.GetByteCount(other) + TagBytes)
            == text.Ciphertext.Length;

    /// <summary>
    /// The keyed digest of a text: 32 bytes, equal for equal texts, meaningless without the key.
    /// </summary>
    public byte[] Digest(string text) => HMACSHA256.HashData(digestKey, Encoding.UTF8.GetBytes(text));

    public void Dispose()
    {
        isDisposed = true;
        Interlocked.Exchange(ref spare, null)?.Dispose();
        CryptographicOperations.ZeroMemory(textKey);
        CryptographicOperations.ZeroMemory(digestKey);
    }

    private static byte[] Derive(ReadOnlySpan<byte> dataKey, string purpose)
    {
        var derived = new byte[DataKeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, derived, [], Encoding.ASCII.GetBytes(purpose));
        return derived;
    }
}
