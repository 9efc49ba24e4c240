using System.Buffers;
using System.Text;

namespace HybridCalendar.Domain.Joining;

/// <summary>Takes back what mail does to a text on its way. One pass each.</summary>
internal static class MailText
{
    private const char SoftHyphen = '\u00ad';

    /// <summary>Lines that one link may be broken into.</summary>
    private const int LinkLinesMax = 16;

    /// <summary>
    /// Nobody sees them: soft hyphen, zero-width space and joiners, direction marks, byte order mark.
    /// </summary>
    private static readonly SearchValues<char> Invisible = SearchValues.Create(
        $"{SoftHyphen}\u200b\u200c\u200d\u200e\u200f\u2060\ufeff");

    private static readonly SearchValues<string> BracketedLink = SearchValues.Create(
        ["<http"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> EndsOfBracket = SearchValues.Create("<> \t\r\n");

    /// <summary>
    /// The text that was sent as quoted-printable (RFC 2045, 6.7), where nobody decoded it; else the same.
    /// </summary>
    /// <remarks>
    /// It is taken for that when it has "=3D", a line that ends with "=", and no "=" but before two capital
    /// hexadecimal digits or the end of a line: a link in any other text breaks this.
    /// </remarks>
    public static string Decoded(string text)
    {
        if (!text.Contains("=3D", StringComparison.Ordinal) || !IsQuotedPrintable(text))
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        for (var position = 0; position < text.Length;)
        {
            var equals = text.IndexOf('=', position);
            var end = equals < 0 ? text.Length : equals;
            bytes.AddRange(Encoding.UTF8.GetBytes(text[position..end]));
            if (equals < 0)
            {
                break;
            }

            var lineEnd = LineEndAt(text, equals + 1);
            if (lineEnd == 0)
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(equals + 1, 2))[0]);
            }

            position = equals + 1 + (lineEnd == 0 ? 2 : lineEnd);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>
    /// The text without characters that nobody sees, and with links in angle brackets in one piece: there
    /// line breaks mean nothing (RFC 3986, appendix C).
    /// </summary>
    public static string Legible(string text)
    {
        if (text.AsSpan().ContainsAny(Invisible))
        {
            text = string.Concat(text.Where(c => !Invisible.Contains(c)));
        }

        var joined = new StringBuilder();
        var copied = 0;
        for (var open = Bracket(text, 0); open >= 0; open = Bracket(text, open + 1))
        {
            if (Pieces(text, open + 1) is { } pieces)
            {
                joined.Append(text, copied, open + 1 - copied);
                pieces.ForEach(piece => joined.Append(text.AsSpan(piece)));
                copied = pieces[^1].End.Value;
            }
        }

        return copied == 0 ? text : joined.Append(text, copied, text.Length - copied).ToString();
    }

    private static int Bracket(string text, int from) =>
        text.AsSpan(from).IndexOfAny(BracketedLink) is var found and >= 0 ? from + found : -1;

    /// <summary>
    /// The parts of a link, up to ">", that stand in lines of their own; null when it is not in parts.
    /// </summary>
    private static List<Range>? Pieces(string text, int start)
    {
        var pieces = new List<Range>();
        while (pieces.Count < LinkLinesMax)
        {
            var length = text.AsSpan(start).IndexOfAny(EndsOfBracket);
            if (length < 0)
            {
                return null;
            }

            pieces.Add(start..(start + length));
            start += length;
            if (text[start] == '>')
            {
                return pieces.Count > 1 ? pieces : null;
            }

            var after = start;
            while (after < text.Length && char.IsWhiteSpace(text[after]))
            {
                after++;
            }

            if (text[start] == '<' || text.AsSpan(start..after).IndexOfAny('\r', '\n') < 0)
            {
                return null;
            }

            start = after;
        }

        return null;
    }

    private static bool IsQuotedPrintable(string text)
    {
        var endsLine = false;
        for (var equals = text.IndexOf('=', StringComparison.Ordinal);
             equals >= 0;
             equals = text.IndexOf('=', equals + 1))
        {
            var isByte = equals + 2 < text.Length && IsHex(text[equals + 1]) && IsHex(text[equals + 2]);
            var isLast = LineEndAt(text, equals + 1) > 0;
            if (!isByte && !isLast)
            {
                return false;
            }

            endsLine |= isLast;
        }

        return endsLine;
    }

    /// <summary>Characters of the line's end that is there; zero when none is.</summary>
    private static int LineEndAt(string text, int position) =>
        text.AsSpan(position) is ['\r', '\n', ..] ? 2 : text.AsSpan(position) is ['\r' or '\n', ..] ? 1 : 0;

    private static bool IsHex(char c) => char.IsAsciiDigit(c) || c is >= 'A' and <= 'F';
}
