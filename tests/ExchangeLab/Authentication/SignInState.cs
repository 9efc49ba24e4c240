namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>The ways to sign in as they are set now.</summary>
internal sealed class SignInState(AuthenticationOptions options)
{
    private volatile AuthenticationSettings _settings = new()
    {
        Modes = options.ReadModes(),
        ExtendedProtection = options.ExtendedProtection,
        TokenSeconds = options.TokenSeconds,
        Certificate = options.ReadCertificate(),
    };

    public AuthenticationSettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    public bool Allows(SignInMode mode) => Settings.Modes!.Contains(mode);
}
