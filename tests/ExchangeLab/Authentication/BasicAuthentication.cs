using System.Security.Cryptography;
using System.Text;
using HybridCalendar.ExchangeLab.Pipeline;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>Checks an account's name and password, sent with Basic authentication (RFC 7617).</summary>
internal static class BasicAuthentication
{
    public const string Challenge = "Basic realm=\"lab.example\"";

    /// <param name="proof">What follows the scheme in the header.</param>
    public static Caller? Check(string proof, ServiceAccounts accounts)
    {
        var bytes = new byte[proof.Length];
        if (!Convert.TryFromBase64String(proof, bytes, out var length))
        {
            return null;
        }

        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var name, var password]
            && accounts.Find(name) is var (caller, known)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(known))
                ? caller
                : null;
    }
}
