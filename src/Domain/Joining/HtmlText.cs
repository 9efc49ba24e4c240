using System.Buffers;
using System.Net;
using System.Text;

namespace HybridCalendar.Domain.Joining;

/// <summary>
/// HTML as plain text in which links can be found: each href on a line of its own, before its text.
/// </summary>
/// <remarks>
/// One pass, no tree: mail is rarely well-formed. What is quoted is marked as plain text marks it, by ">"
/// at the head of each line, from the elements in which mail programs put quotes.
/// </remarks>
internal static class HtmlText
{
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "b", "i", "u", "s", "em", "strong", "span", "font", "wbr", "small", "big", "mark",
        "/b", "/i", "/u", "/s", "/em", "/strong", "/span", "/font", "/small", "/big", "/mark",
    };

    private static readonly HashSet<string> Hidden =
        new(StringComparer.OrdinalIgnoreCase) { "style", "script", "head" };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> IsInline =
        Inline.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> IsHidden =
        Hidden.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Ids and classes of elements that hold a quote.</summary>
    private static readonly SearchValues<string> QuoteMarks = SearchValues.Create(
        [
            "gmail_quote", "divRplyFwdMsg", "appendonsend", "yahoo_quoted", "protonmail_quote",
            "tutanota_quote", "OLK_SRC_BODY_SECTION", "ms-outlook-mobile-reference-message",
        ],
        StringComparison.OrdinalIgnoreCase);

    private const string ForbiddenChars = " \"<>\\^`{|}";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(ForbiddenChars);

    private static readonly SearchValues<char> Unusual = SearchValues.Create(
        [.. ForbiddenChars, .. Enumerable.Range(0, 0xa0).Select(c => (char)c).Where(char.IsControl)]);

    public static string Flatten(string html)
    {
        var text = new StringBuilder(html.Length);
        var quotes = 0;
        var position = 0;
        while (position < html.Length)
        {
            var open = html.IndexOf('<', position);
            var textEnd = open < 0 ? html.Length : open;
            Append(text, html.AsSpan(position..textEnd), quotes);
            if (open < 0)
            {
                break;
            }

            var tag = TagAt(html, open);
            position = tag.End;
            quotes = Math.Max(0, quotes + Quotes(tag));
            if (tag.BreaksLine)
            {
                NewLine(text, quotes);
            }

            if (tag.Href is { } href && Compact(href) is var link && !IsProgram(link))
            {
                text.Append(link);
                NewLine(text, quotes);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> encoded, int quotes)
    {
        if (quotes == 0 && !encoded.Contains('&'))
        {
            text.Append(encoded);
            return;
        }

        var decoded = WebUtility.HtmlDecode(encoded.ToString());
        text.Append(quotes == 0 ? decoded : decoded.ReplaceLineEndings("\n> "));
    }

    private static void NewLine(StringBuilder text, int quotes) => text.Append(quotes == 0 ? "\n" : "\n> ");

    /// <summary>
    /// A browser ignores line breaks within an href, and blanks around it, and encodes what is not allowed.
    /// </summary>
    private static string Compact(string href)
    {
        var text = MailText.Legible(WebUtility.HtmlDecode(href)).Trim();
        return Link.InAscii(!text.AsSpan().ContainsAny(Unusual) ? text : string.Concat(text
            .Where(c => !char.IsControl(c))
            .Select(c => Forbidden.Contains(c) ? Uri.HexEscape(c) : $"{c}")));
    }

    private static bool IsProgram(string link) =>
        link.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase);

    private static int Quotes(Tag tag) => tag.StartsQuote ? 1 : tag.EndsQuote ? -1 : 0;

    private static Tag TagAt(string html, int open)
    {
        if (string.CompareOrdinal(html, open, "<!--", 0, 4) == 0)
        {
            // "<!-->" is a whole one: its hyphens begin and end it.
            return new Tag(After(html, "-->", open + 2));
        }

        var nameEnd = open + 1;
        while (nameEnd < html.Length && IsNameChar(html[nameEnd]))
        {
            nameEnd++;
        }

        var name = html.AsSpan(open + 1, nameEnd - open - 1);
        if (name.IsEmpty
            || char.IsAsciiDigit(name[0])
            || name.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            // "Join<https://…>" within badly made HTML is text, and so is a lone "<" or the one in "2<3".
            return new Tag(open + 1);
        }

        if (IsHidden.Contains(name))
        {
            return new Tag(After(html, ">", EndOfHidden(html, name, nameEnd))) { BreaksLine = true };
        }

        var isLink = Is(name, "a") || Is(name, "area");
        string? href = null;
        var end = EndOf(html, nameEnd, isLink, ref href);
        return new Tag(end)
        {
            Href = href,
            BreaksLine = !IsInline.Contains(name),
            StartsQuote = Is(name, "blockquote")
                || (name[0] != '/' && html.AsSpan(nameEnd..end).ContainsAny(QuoteMarks)),
            EndsQuote = Is(name, "/blockquote"),
        };
    }

    private static bool Is(ReadOnlySpan<char> name, string other) =>
        name.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the text after a tag begins; on the way the link of one that has it.</summary>
    private static int EndOf(string html, int position, bool isLink, ref string? href)
    {
        var start = position;
        while (html.AsSpan(position).IndexOfAny('>', '<', '=') is var next and >= 0)
        {
            position += next;
            if (html[position] != '=')
            {
                return html[position] == '>' ? position + 1 : position;
            }

            var attribute = html.AsSpan(start..position).TrimEnd();
            position = SkipWhile(html, position + 1, char.IsWhiteSpace);
            var value = Value(html, ref position);
            if (isLink
                && attribute.EndsWith("href", StringComparison.OrdinalIgnoreCase)
                && (attribute.Length == 4 || attribute[^5] == '/' || char.IsWhiteSpace(attribute[^5])))
            {
                href = html[value];
            }

            start = position;
        }

        return html.Length;
    }

    private static Range Value(string html, ref int position)
    {
        if (position >= html.Length)
        {
            return position..position;
        }

        var quoted = html[position] is '"' or '\'';
        var start = quoted ? position + 1 : position;
        var end = quoted
            ? html.IndexOf(html[position], start)
            : SkipWhile(html, start, c => c != '>' && !char.IsWhiteSpace(c));
        end = end < 0 ? html.Length : end;
        position = quoted ? Math.Min(end + 1, html.Length) : end;
        return start..end;
    }

    private static bool IsNameChar(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or ':' or '!';

    private static int SkipWhile(string html, int position, Func<char, bool> condition)
    {
        while (position < html.Length && condition(html[position]))
        {
            position++;
        }

        return position;
    }

    private static int EndOfHidden(string html, ReadOnlySpan<char> name, int position)
    {
        do
        {
            position = After(html, "</", position);
        }
        while (position < html.Length
            && !html.AsSpan(position).StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return position;
    }

    private static int After(string html, string mark, int position)
    {
        var found = html.IndexOf(mark, Math.Min(position, html.Length), StringComparison.Ordinal);
        return found < 0 ? html.Length : found + mark.Length;
    }

    /// <param name="End">Where the text after it begins.</param>
    private readonly record struct Tag(int End)
    {
        public string? Href { get; init; }

        public bool BreaksLine { get; init; }

        public bool StartsQuote { get; init; }

        public bool EndsQuote { get; init; }
    }
}
