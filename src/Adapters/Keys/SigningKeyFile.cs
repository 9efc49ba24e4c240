using System.Security.Cryptography;

namespace HybridCalendar.Adapters.Keys;

/// <summary>
/// The key that signs heads of the record, in a file that only its owner can read: PEM (PKCS #8, RFC 5958) of
/// an ECDSA key over P-256, made on first start.
/// </summary>
/// <remarks>
/// Whoever has the file can sign what never was. Whoever loses it can sign no more in its name; what it
/// signed can still be checked.
/// </remarks>
public static class SigningKeyFile
{
    /// <summary>The curve's object identifier (RFC 5480).</summary>
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Reads the key; makes the file (mode 0600) and its folder when there is none.</summary>
    /// <exception cref="InvalidDataException">The file holds no such key, or others may read it.</exception>
    public static ECDsa OpenOrCreate(string path)
    {
        var text = SecretFile.ReadOrCreate(path, Make);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            if (key.ExportParameters(includePrivateParameters: true).Curve.Oid.Value == P256)
            {
                return key;
            }
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            // Told below, in the same words as a key of another kind.
        }

        key.Dispose();
        throw new InvalidDataException(
            $"The key file {path} does not hold a P-256 key in PEM: restore it from its copy.");
    }

    private static string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
