using System.Buffers;

namespace HybridCalendar.Domain.Joining;

/// <summary>
/// Everything in a line that has the form of a web link or of a SIP address, in one pass each.
/// </summary>
internal static class AddressScan
{
    /// <summary>Characters, of a web link; a longer one is none that somebody was meant to join by.</summary>
    private const int LinkCharsMax = 8192;

    /// <summary>Characters, of each side of a SIP address.</summary>
    private const int SipSideCharsMax = 253;

    private const string Scheme = "http";

    /// <summary>What stands between two links that are listed without a blank.</summary>
    private const string Separating = ",;()'";

    private const string Trailing = ".,;:!?)>]}'\"*";

    private static readonly SearchValues<char> LinkChars = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()*+,;=%");

    private static readonly SearchValues<char> HostChars = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    private static readonly SearchValues<char> UserChars = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'&=+$%");

    /// <summary>The web links, in order, without the punctuation after them.</summary>
    /// <remarks>
    /// A link ends before the first character that RFC 3986 does not allow in one, brackets included.
    /// </remarks>
    public static IEnumerable<Link> Links(string line)
    {
        var position = 0;
        while ((position = line.IndexOf(Scheme, position, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            var length = LinkLength(line.AsSpan(position));
            if (length <= LinkCharsMax
                && Link.Parse(line.AsSpan(position, length).TrimEnd(Trailing).ToString()) is { } link)
            {
                yield return link;
            }

            position += length;
        }
    }

    /// <summary>How far a link reaches: at most one character further than is allowed.</summary>
    private static int LinkLength(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, LinkCharsMax + 1)];
        var length = text.IndexOfAnyExcept(LinkChars);
        length = length < 0 ? text.Length : length;
        var next = text[Scheme.Length..Math.Max(length, Scheme.Length)]
            .IndexOf(Scheme, StringComparison.OrdinalIgnoreCase) + Scheme.Length;
        var listed = next > Scheme.Length && Separating.Contains(text[next - 1], StringComparison.Ordinal);
        return Math.Max(Scheme.Length, listed ? next : length);
    }

    /// <summary>
    /// The SIP and SIPS URIs, and addresses of digits only, as URIs without parameters (RFC 3261, 19.1).
    /// </summary>
    /// <remarks>An address that is not digits only and has no scheme is taken for one of mail.</remarks>
    public static IEnumerable<(string Uri, bool Written)> SipUris(string line)
    {
        for (var at = line.IndexOf('@', StringComparison.Ordinal);
             at >= 0;
             at = line.IndexOf('@', at + 1))
        {
            var host = HostAfter(line, at);
            if (host.Length == 0)
            {
                continue;
            }

            var userStart = UserBefore(line, at);
            var user = line[userStart..at];
            var before = line.AsSpan(0, userStart);
            if (user.Length > 0 && SchemeOf(before) is { } scheme)
            {
                yield return ($"{scheme}:{user}@{host}", true);
            }
            else if (IsNumber(user) && MayStandAlone(before) && !JoinRules.MailHosts.Contains(host))
            {
                yield return ($"sip:{user}@{host}", false);
            }
        }
    }

    private static string HostAfter(string line, int at)
    {
        var rest = line.AsSpan(at + 1, Math.Min(SipSideCharsMax, line.Length - at - 1));
        var length = rest.IndexOfAnyExcept(HostChars);
        var host = (length < 0 ? rest : rest[..length]).TrimEnd("-.").ToString().ToLowerInvariant();
        return host.Contains('.', StringComparison.Ordinal) && !host.StartsWith('.') ? host : "";
    }

    private static int UserBefore(string line, int at)
    {
        var earliest = Math.Max(0, at - SipSideCharsMax);
        return earliest + line.AsSpan(earliest, at - earliest).LastIndexOfAnyExcept(UserChars) + 1;
    }

    private static string? SchemeOf(ReadOnlySpan<char> before) =>
        EndsWithScheme(before, "sip:") ? "sip" : EndsWithScheme(before, "sips:") ? "sips" : null;

    private static bool EndsWithScheme(ReadOnlySpan<char> before, string scheme) =>
        before.EndsWith(scheme, StringComparison.OrdinalIgnoreCase)
        && (before.Length == scheme.Length
            || (!char.IsLetterOrDigit(before[^(scheme.Length + 1)]) && before[^(scheme.Length + 1)] != ':'));

    /// <summary>Not in the middle of a link, nor after another scheme than that of mail.</summary>
    private static bool MayStandAlone(ReadOnlySpan<char> before) =>
        before.IsEmpty
        || before.EndsWith("mailto:", StringComparison.OrdinalIgnoreCase)
        || (!char.IsLetterOrDigit(before[^1]) && before[^1] is not (':' or '/' or '?' or '#' or '@'));

    /// <summary>
    /// Digits, or groups of digits with dots between, as a passcode after a meeting's number.
    /// </summary>
    private static bool IsNumber(string user) =>
        user.Length > 0
        && char.IsAsciiDigit(user[0])
        && char.IsAsciiDigit(user[^1])
        && user.All(c => char.IsAsciiDigit(c) || c == '.');
}
