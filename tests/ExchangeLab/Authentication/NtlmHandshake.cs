using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using HybridCalendar.ExchangeLab.Pipeline;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>The server's side of one NTLM handshake: a challenge, and the check of the proof.</summary>
/// <remarks>
/// NTLMv2 only. The proof, the integrity of the three messages where the client vouches for it, and the
/// binding to the TLS connection are checked; times are not.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/openspecs/windows_protocols/ms-nlmp/">MS-NLMP 3.2, 3.3.2</seealso>
internal sealed class NtlmHandshake(ServiceAccounts accounts, TimeProvider time)
{
    private const int HashLength = 16;
    private const int ClientBlobHeader = 28;
    private const int CodePosition = 72;
    private const ushort Flags = 6;
    private const ushort ChannelBinding = 10;
    private const int VouchesForIntegrity = 2;

    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(8);
    private byte[] _negotiate = [];
    private byte[] _challenge = [];

    /// <summary>What both sides know after a good proof.</summary>
    public byte[] SessionKey { get; private set; } = [];

    /// <summary>Answers the first message.</summary>
    public byte[] Challenge(byte[] negotiate)
    {
        _negotiate = negotiate;
        return _challenge = NtlmMessages.Challenge(negotiate, _nonce, time.GetUtcNow());
    }

    /// <summary>Checks the last message.</summary>
    /// <param name="binding">The hash that a client bound to this connection sends; null asks for
    /// none.</param>
    /// <returns>Who proved to know the password; null for nobody.</returns>
    public Caller? Check(byte[] authenticate, byte[]? binding)
    {
        var response = NtlmMessages.Field(authenticate, 20);
        var domain = Encoding.Unicode.GetString(NtlmMessages.Field(authenticate, 28));
        var name = Encoding.Unicode.GetString(NtlmMessages.Field(authenticate, 36));
        // A shorter response is one of the older, weaker kinds.
        if (_challenge.Length == 0 || response.Length <= HashLength + ClientBlobHeader
            || accounts.Find(name, domain) is not var (caller, password))
        {
            return null;
        }

        var key = Md5Keyed(Md4(password), Encoding.Unicode.GetBytes(name.ToUpperInvariant() + domain));
        var blob = response[HashLength..];
        var proof = Md5Keyed(key, [.. _nonce, .. blob]);
        if (!CryptographicOperations.FixedTimeEquals(proof, response[..HashLength]))
        {
            return null;
        }

        SessionKey = Key(Md5Keyed(key, proof), authenticate);
        var information = blob[ClientBlobHeader..];
        return IsWhole(authenticate, NtlmMessages.Attribute(information, Flags))
            && (binding is null
                || NtlmMessages.Attribute(information, ChannelBinding).SequenceEqual(binding))
                ? caller
                : null;
    }

    private static byte[] Key(byte[] session, byte[] authenticate)
    {
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(authenticate.AsSpan(60));
        var exchanged = NtlmMessages.Field(authenticate, 52);
        return (flags & NtlmMessages.KeyExchange) != 0 && exchanged.Length == HashLength
            ? Rc4(session, exchanged)
            : session;
    }

    // Only where the client says that it vouches for all three messages.
    private bool IsWhole(byte[] authenticate, ReadOnlySpan<byte> flags)
    {
        if (flags.Length != 4 || (flags[0] & VouchesForIntegrity) == 0)
        {
            return true;
        }

        var without = (byte[])authenticate.Clone();
        without.AsSpan(CodePosition, HashLength).Clear();
        var code = Md5Keyed(SessionKey, [.. _negotiate, .. _challenge, .. without]);
        return CryptographicOperations.FixedTimeEquals(code, authenticate.AsSpan(CodePosition, HashLength));
    }

    private static byte[] Md4(string password)
    {
        var digest = new MD4Digest();
        digest.BlockUpdate(Encoding.Unicode.GetBytes(password));
        var hash = new byte[HashLength];
        digest.DoFinal(hash, 0);
        return hash;
    }

    private static byte[] Rc4(byte[] key, ReadOnlySpan<byte> bytes)
    {
        var engine = new RC4Engine();
        engine.Init(forEncryption: true, new KeyParameter(key));
        var result = new byte[bytes.Length];
        engine.ProcessBytes(bytes, result);
        return result;
    }

    private static byte[] Md5Keyed(byte[] key, byte[] bytes) => HMACMD5.HashData(key, bytes);
}
