using System.Buffers;

namespace HybridCalendar.Domain.Joining;

/// <summary>Everything in a line that has the form of a web link, in one pass.</summary>
internal static class LinkScan
{
    /// <summary>Characters, of a web link; a longer one is none that somebody was meant to join by.</summary>
    private const int LinkCharsMax = 8192;

    private const string Scheme = "http";

    /// <summary>What stands between two links that are listed without a blank.</summary>
    private const string Separating = ",;()'";

    private const char Quote = '\'';

    private const string Trailing = ".,;:!?)>]}'\"*";

    private static readonly SearchValues<string> Starts = SearchValues.Create(
        [Scheme, .. NativeLink.Schemes], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> LinkChars = SearchValues.Create(
    [
        .. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()*+,;=%",
        .. Letters('\u00c0', '\u024f'),
        .. Letters('\u0370', '\u052f'),
    ]);

    /// <summary>
    /// The web links, in order, without the punctuation after them; native ones as web links.
    /// </summary>
    /// <remarks>
    /// A link ends before the first character that RFC 3986 does not allow in one, brackets included; letters
    /// of alphabets whose words are set apart by blanks go on. One that is percent-encoded as a whole is
    /// decoded.
    /// </remarks>
    public static IEnumerable<Link> Of(string line)
    {
        var position = 0;
        while (position < line.Length && line.AsSpan(position).IndexOfAny(Starts) is var start and >= 0)
        {
            position += start;
            var length = LengthOf(line.AsSpan(position));
            if (position > 0 && line[position - 1] == Quote
                && line.AsSpan(position, length).IndexOf(Quote) is var end and > 0)
            {
                length = Math.Max(Scheme.Length, end);
            }

            if (length <= LinkCharsMax && Parse(line.AsSpan(position, length)) is { } link)
            {
                yield return IsCut(line, position, length) ? link with { IsCut = true } : link;
            }

            position += length;
        }
    }

    /// <summary>The link that a whole text is, whatever its characters; null when it is none.</summary>
    public static Link? Whole(string text) =>
        (text.Length <= LinkCharsMax && text.AsSpan().IndexOfAny(" \t\r\n<>\"") < 0 ? Link.Parse(text) : null)
        ?? Of(text).FirstOrDefault();

    /// <summary>Latin ones with marks, Greek and Cyrillic.</summary>
    private static IEnumerable<char> Letters(char first, char last) =>
        Enumerable.Range(first, last - first + 1).Select(c => (char)c).Where(char.IsLetter);

    private static Link? Parse(ReadOnlySpan<char> text)
    {
        var bare = text.TrimEnd(Trailing).ToString();
        return Link.Parse(bare)
            ?? (IsEncoded(bare) ? Link.Parse(Uri.UnescapeDataString(bare)) : NativeLink.Parse(bare));
    }

    private static bool IsCut(string line, int position, int length) =>
        line.AsSpan(position, length).EndsWith("...")
        || (position + length < line.Length && line[position + length] == '…');

    private static bool IsEncoded(string text) =>
        text.StartsWith("https%3A%2F%2F", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("http%3A%2F%2F", StringComparison.OrdinalIgnoreCase);

    /// <summary>How far a link reaches: at most one character further than is allowed.</summary>
    private static int LengthOf(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, LinkCharsMax + 1)];
        var length = text.IndexOfAnyExcept(LinkChars);
        length = length < 0 ? text.Length : length;
        var next = text[Scheme.Length..Math.Max(length, Scheme.Length)]
            .IndexOf(Scheme, StringComparison.OrdinalIgnoreCase) + Scheme.Length;
        var listed = next > Scheme.Length && Separating.Contains(text[next - 1], StringComparison.Ordinal);
        return Math.Max(Scheme.Length, listed ? next : length);
    }
}
