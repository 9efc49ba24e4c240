using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Domain.Joining;

/// <summary>An address with "@" that may be dialled.</summary>
/// <param name="Scheme">sip, sips or h323 where it is written; null where only the form may tell.</param>
/// <param name="Host">Lower case.</param>
/// <param name="Provider">Whose scheme it is; null when it is anybody's.</param>
/// <param name="MailTo">It stands after "mailto:".</param>
internal readonly record struct DialAddress(
    string? Scheme, string User, string Host, string? Provider, bool MailTo);

/// <summary>
/// Everything in a line that has the form of an address for video systems, in one pass each.
/// </summary>
internal static class DialScan
{
    private const string MailToScheme = "mailto:";

    /// <summary>
    /// What is written, and what it is dialled as. A longer one first, where one ends in the other.
    /// </summary>
    private static readonly (string Written, string Scheme, string? Provider)[] Schemes =
    [
        ("sips:", "sips", null), ("sip:", "sip", null), ("lync:", "sip", null), ("h323:", "h323", null),
        ("pexip://", "sip", "pexip"), ("pexip:", "sip", "pexip"),
    ];

    /// <summary>The addresses with "@", in order, without parameters (RFC 3261, 19.1).</summary>
    public static IEnumerable<DialAddress> Addresses(string line)
    {
        for (var at = line.IndexOf('@', StringComparison.Ordinal); at >= 0; at = line.IndexOf('@', at + 1))
        {
            var host = HostAfter(line, at);
            var start = UserBefore(line, at);
            if (host.Length == 0 || start == at || line.AsSpan(at + 1 + host.Length).StartsWith(";gruu"))
            {
                continue;
            }

            var before = line.AsSpan(0, start);
            var user = line[start..at];
            if (SchemeOf(before) is ({ } scheme, var provider))
            {
                yield return new DialAddress(scheme, user, host, provider, MailTo: false);
            }
            else if (before.EndsWith(MailToScheme, StringComparison.OrdinalIgnoreCase))
            {
                yield return new DialAddress(null, user, host, null, MailTo: true);
            }
            else if (MayStandAlone(before))
            {
                yield return new DialAddress(null, user, host, null, MailTo: false);
            }
        }
    }

    /// <summary>
    /// Addresses as "192.0.2.1##1234#5678": a system's, a meeting's number, and a passcode.
    /// </summary>
    public static IEnumerable<(string Address, string Number, string? Passcode)> Numbers(string line)
    {
        for (var mark = line.IndexOf("##", StringComparison.Ordinal);
             mark >= 0;
             mark = line.IndexOf("##", mark + 2, StringComparison.Ordinal))
        {
            var before = line.AsSpan(Math.Max(0, mark - 16), Math.Min(16, mark));
            var address = before[(before.LastIndexOfAnyExcept("0123456789.") + 1)..];
            var number = Digits(line.AsSpan(mark + 2));
            if (!IsAddress(address) || number.Length == 0)
            {
                continue;
            }

            var rest = line.AsSpan(mark + 2 + number.Length);
            var passcode = rest.StartsWith("#") ? Digits(rest[1..]) : "";
            yield return (address.ToString(), number, passcode.Length == 0 ? null : passcode);
        }
    }

    /// <summary>The IPv4 address with which a line begins, after a bullet; null when it does not.</summary>
    public static string? LeadingAddress(string line)
    {
        line = line.TrimStart('•', '-', '*', '·', ' ', '\t');
        var length = line.AsSpan().IndexOfAnyExcept("0123456789.");
        var address = length < 0 ? line : line[..length];
        return IsAddress(address) ? address : null;
    }

    private static bool IsAddress(ReadOnlySpan<char> text)
    {
        var numbers = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            numbers++;
            if (part.Length is 0 or > 3 || !byte.TryParse(part, out _))
            {
                return false;
            }
        }

        return numbers == 4;
    }

    private static string Digits(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, 24)];
        var length = text.IndexOfAnyExceptInRange('0', '9');
        return (length < 0 ? text : text[..length]).ToString();
    }

    private static string HostAfter(string line, int at)
    {
        var rest = line.AsSpan(at + 1, Math.Min(SipAddress.SideCharsMax, line.Length - at - 1));
        var length = rest.IndexOfAnyExcept(SipAddress.HostChars);
        var host = (length < 0 ? rest : rest[..length]).TrimEnd("-.");
        return host.Contains('.') && host[0] != '.' ? host.ToString().ToLowerInvariant() : "";
    }

    private static int UserBefore(string line, int at)
    {
        var earliest = Math.Max(0, at - SipAddress.SideCharsMax);
        return earliest + line.AsSpan(earliest, at - earliest).LastIndexOfAnyExcept(SipAddress.UserChars) + 1;
    }

    /// <summary>The scheme before an address; "SIP: " with a blank is a label that says the same.</summary>
    private static (string? Scheme, string? Provider) SchemeOf(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd(" \t\u00a0<");
        foreach (var (written, scheme, provider) in Schemes)
        {
            if (before.EndsWith(written, StringComparison.OrdinalIgnoreCase)
                && (before.Length == written.Length || MayPrecede(before[^(written.Length + 1)])))
            {
                return (scheme, provider);
            }
        }

        return (null, null);
    }

    private static bool MayPrecede(char c) => !char.IsLetterOrDigit(c) && c is not (':' or '=');

    /// <summary>Not in the middle of a link, nor after another scheme.</summary>
    private static bool MayStandAlone(ReadOnlySpan<char> before) =>
        before.IsEmpty || (!char.IsLetterOrDigit(before[^1]) && before[^1] is not ('/' or '?' or '#' or '@')
            && (before[^1] != ':' || before.Length == 1 || !char.IsAsciiLetterOrDigit(before[^2])));
}
