using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>Who may sign in, how, and how the lab proves itself (--Lab:X or Lab__X).</summary>
internal sealed class AuthenticationOptions
{
    /// <summary>The ways in which accounts may sign in, from the start: words with commas between.</summary>
    public string Authentication { get; init; } = "basic";

    public string Account { get; init; } = "svc-calendar@lab.example";

    public string Password { get; init; } = "lab-password";

    /// <summary>A second service account, for changing passwords one at a time.</summary>
    public string SecondAccount { get; init; } = "svc-calendar-2@lab.example";

    public string SecondPassword { get; init; } = "lab-password-2";

    /// <summary>The application that may ask for tokens.</summary>
    public string ClientId { get; init; } = "6f0d7a3e-5b1c-4a3e-9d59-1f3f0c6d2a11";

    public string ClientSecret { get; init; } = "lab-client-secret";

    /// <summary>A PEM file with the certificate by which the application may prove itself instead.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>How long a token is good.</summary>
    public double TokenSeconds { get; init; } = 3600;

    /// <summary>Whether handshakes must be bound to the TLS connection on which they are made.</summary>
    public bool ExtendedProtection { get; init; }

    /// <summary>Where to write the certificate of the lab's own authority, as PEM.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>What the lab shows over https.</summary>
    public string Certificate { get; init; } = nameof(CertificateKind.Good);

    /// <summary>The newest version of TLS that is offered: 1.1, 1.2 or 1.3.</summary>
    public string Tls { get; init; } = "1.3";

    public IReadOnlyList<SignInMode> ReadModes() =>
    [
        .. Authentication
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Word<SignInMode>("Authentication", word)),
    ];

    public CertificateKind ReadCertificate() => Word<CertificateKind>("Certificate", Certificate);

    private static T Word<T>(string name, string word)
        where T : struct, Enum =>
        Enum.TryParse<T>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value)
            ? value
            : throw new LabRefusal(
                $"Lab:{name} is \"{word}\": give one of {string.Join(", ", Enum.GetNames<T>())}.");
}
