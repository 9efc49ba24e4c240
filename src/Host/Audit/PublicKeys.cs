using System.Security.Cryptography;

namespace HybridCalendar.Host.Audit;

/// <summary>Keys whose signatures count, as heads name them.</summary>
internal static class PublicKeys
{
    /// <summary>Every key of a PEM text (SubjectPublicKeyInfo, RFC 7468), in base64.</summary>
    /// <exception cref="FormatException">It holds none.</exception>
    public static HashSet<string> In(string pem)
    {
        var keys = new HashSet<string>();
        while (PemEncoding.TryFind(pem, out var fields))
        {
            keys.Add(pem[fields.Base64Data].ReplaceLineEndings(""));
            pem = pem[fields.Location.End..];
        }

        return keys.Count > 0 ? keys : throw new FormatException("The file holds no public key in PEM.");
    }
}
