using System.Security.Cryptography;
using System.Text;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>Checks the service account's name and password, sent with Basic authentication.</summary>
internal static class BasicAuthentication
{
    public const string Challenge = "Basic realm=\"lab.example\"";
    private const string Scheme = "Basic ";

    public static bool IsAccount(string? header, LabOptions options)
    {
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out var length))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return parts.Length == 2
            && parts[0].Equals(options.Account, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(parts[1]), Encoding.UTF8.GetBytes(options.Password));
    }
}
