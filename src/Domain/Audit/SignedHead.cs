using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Domain.Audit;

/// <summary>
/// One signature over all events up to a position: whoever keeps it can show later that none of them was
/// changed, removed or joined by another.
/// </summary>
/// <param name="Position">The last event that it covers.</param>
/// <param name="Size">How many events it covers: the leaves of the tree.</param>
/// <param name="Root">The tree's root (<see cref="MerkleTree"/>).</param>
/// <param name="Previous">The hash of the head before it, as it is written; null for the first.</param>
/// <param name="SignedAt">By the service's clock.</param>
/// <param name="PublicKey">Who signed: base64 of the key's SubjectPublicKeyInfo (RFC 5280).</param>
/// <param name="Signature">Base64 of ECDSA over P-256 with SHA-256 (FIPS 186-5), r and s of 32 bytes each, of
/// the head as it is written without this member.</param>
public sealed record SignedHead(
    long Position,
    long Size,
    Hash Root,
    Hash? Previous,
    Instant SignedAt,
    string PublicKey,
    string Signature)
{
    private static readonly InstantPattern Time = InstantPattern.ExtendedIso;

    /// <summary>What is signed: canonical JSON of all members but the signature.</summary>
    public byte[] Statement => Write(signature: null);

    /// <summary>The hash of the whole head, which the next one holds.</summary>
    public Hash Hash => Hash.Of(Write(Signature));

    /// <summary>Signs the state of a log.</summary>
    public static SignedHead Sign(
        long position, MerkleTree tree, SignedHead? previous, Instant now, ECDsa key)
    {
        var publicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        var head = new SignedHead(position, tree.Size, tree.Root, previous?.Hash, now, publicKey, "");
        return head with
        {
            Signature = Convert.ToBase64String(key.SignData(head.Statement, HashAlgorithmName.SHA256)),
        };
    }

    /// <exception cref="FormatException">The text is not a head.</exception>
    public static SignedHead Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var head = document.RootElement;
            var previous = head.GetProperty("previous").GetString();
            return new SignedHead(
                head.GetProperty("position").GetInt64(),
                head.GetProperty("size").GetInt64(),
                Hash.Parse(Text(head, "root")),
                previous is null ? null : Hash.Parse(previous),
                Time.Parse(Text(head, "signedAt")).GetValueOrThrow(),
                Text(head, "publicKey"),
                Text(head, "signature"));
        }
        catch (Exception wrong) when (wrong
            is JsonException or InvalidOperationException or KeyNotFoundException or UnparsableValueException)
        {
            throw new FormatException("This is not a signed head.", wrong);
        }
    }

    /// <summary>Whether the signature is that key's, of this very head.</summary>
    public bool IsSigned()
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(PublicKey), out _);
            return key.VerifyData(Statement, Convert.FromBase64String(Signature), HashAlgorithmName.SHA256);
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The head as one line of canonical JSON.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Write(Signature));

    private static string Text(JsonElement head, string name) =>
        head.GetProperty(name).GetString() ?? throw new FormatException($"The head has no {name}.");

    private byte[] Write(string? signature)
    {
        var members = new Dictionary<string, object?>
        {
            ["position"] = Position,
            ["previous"] = Previous?.ToString(),
            ["publicKey"] = PublicKey,
            ["root"] = Root.ToString(),
            ["signedAt"] = Time.Format(SignedAt),
            ["size"] = Size,
        };
        if (signature is not null)
        {
            members["signature"] = signature;
        }

        var output = new System.Buffers.ArrayBufferWriter<byte>();
        CanonicalJson.Write(JsonSerializer.SerializeToUtf8Bytes(members), output);
        return output.WrittenSpan.ToArray();
    }
}
