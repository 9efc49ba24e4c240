namespace HybridCalendar.Domain;

/// <summary>
/// A text that nobody can read here: ciphertext, and a keyed digest that tells equal texts.
/// </summary>
/// <remarks>
/// Sealing the same text twice gives two ciphertexts and one digest, so equality is that of the digests.
/// Digests of different mailboxes are made under different keys and never equal. Folds copy a sealed text
/// and never open it.
/// </remarks>
/// <param name="Ciphertext">Base64 of what the mailbox's data key has encrypted.</param>
/// <param name="Digest">Base64 of the keyed digest of the text.</param>
public sealed record Sealed(string Ciphertext, string Digest)
{
    public bool Equals(Sealed? other) =>
        other is not null && string.Equals(Digest, other.Digest, StringComparison.Ordinal);

    public override int GetHashCode() => Digest.GetHashCode(StringComparison.Ordinal);
}
