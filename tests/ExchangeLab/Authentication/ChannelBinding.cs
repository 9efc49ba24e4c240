using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>What ties a handshake to the TLS connection on which it is made.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc5929#section-4">tls-server-end-point</seealso>
internal static class ChannelBinding
{
    private const int LengthPosition = 16;
    private const int HeaderLength = 20;

    /// <summary>
    /// The hash of the binding to a server's certificate, as NTLM sends it (MS-NLMP 3.1.5.1.2).
    /// </summary>
    public static byte[] Of(X509Certificate2 certificate)
    {
        byte[] data = [.. "tls-server-end-point:"u8, .. certificate.GetCertHash(HashAlgorithmName.SHA256)];
        var bindings = new byte[HeaderLength + data.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bindings.AsSpan(LengthPosition), data.Length);
        data.CopyTo(bindings, HeaderLength);
        return MD5.HashData(bindings);
    }
}
