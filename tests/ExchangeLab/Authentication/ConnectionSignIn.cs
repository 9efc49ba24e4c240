using HybridCalendar.ExchangeLab.Pipeline;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>What a connection's handshake has come to: the account belongs to the connection then.</summary>
/// <param name="generation">Of the accounts, when the connection was new to them.</param>
internal sealed class ConnectionSignIn(int generation)
{
    private NtlmHandshake? _handshake;

    public int Generation { get; } = generation;

    /// <summary>Who signed in on this connection; null for nobody.</summary>
    public Caller? Caller { get; private set; }

    /// <summary>Takes the next token of a handshake.</summary>
    /// <param name="begin">Makes the server's side of a new handshake.</param>
    /// <param name="binding">What the handshake must be bound to; null for nothing.</param>
    /// <returns>What to send back; null when the handshake is over.</returns>
    public byte[]? Take(byte[] token, Func<NtlmHandshake> begin, byte[]? binding)
    {
        Caller = null;
        // Some clients send NTLM as it is where Negotiate was asked for, and so it is answered.
        var isBare = NtlmMessages.Kind(token) != 0;
        var isNtlm = true;
        var message = isBare ? token : Spnego.Unwrap(token, out isNtlm);
        if (message is null)
        {
            return isNtlm ? Spnego.Wrap(Spnego.State.Incomplete, null) : null;
        }

        switch (NtlmMessages.Kind(message))
        {
            case 1:
                _handshake = begin();
                var challenge = _handshake.Challenge(message);
                return isBare ? challenge : Spnego.Wrap(Spnego.State.Incomplete, challenge);
            case 3:
                // A challenge is good for one answer.
                Caller = _handshake?.Check(message, binding);
                _handshake = null;
                return null;
            default:
                return null;
        }
    }
}
