namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>
/// How accounts may sign in now. Missing parts stay as they are when it is sent to the lab.
/// </summary>
internal sealed record AuthenticationSettings
{
    public IReadOnlyList<SignInMode>? Modes { get; init; }

    /// <summary>Whether handshakes must be bound to their TLS connection.</summary>
    public bool? ExtendedProtection { get; init; }

    /// <summary>How long a new token is good.</summary>
    public double? TokenSeconds { get; init; }

    public CertificateKind? Certificate { get; init; }

    /// <summary>What is missing in another one, from this one.</summary>
    public AuthenticationSettings With(AuthenticationSettings wish) => new()
    {
        Modes = wish.Modes ?? Modes,
        ExtendedProtection = wish.ExtendedProtection ?? ExtendedProtection,
        TokenSeconds = wish.TokenSeconds ?? TokenSeconds,
        Certificate = wish.Certificate ?? Certificate,
    };
}
